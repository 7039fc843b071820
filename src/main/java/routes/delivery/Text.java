package routes.delivery;

/** Makes text from a payload fit for a column. */
public final class Text {

    private Text() {}

    /** Without control characters and broken surrogates, without blanks around it, cut to the length; empty is null. */
    public static String clean(String text, int length) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), length));
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .dropWhile(Character::isWhitespace)
                .limit(length + 1L)
                .forEach(clean::appendCodePoint);
        String stripped = clean.toString().strip();
        String cut =
                stripped.length() <= length ? stripped : cut(stripped, length).strip();
        return cut.isEmpty() ? null : cut;
    }

    /** As it came, separators and all, but for what no database takes: NUL and broken surrogates; empty is null. */
    static String raw(String text, int length) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        StringBuilder raw = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .forEach(raw::appendCodePoint);
        return raw.length() <= length ? raw.toString() : cut(raw.toString(), length);
    }

    /** An id as {@link #clean}, and without the commas that some senders leave at its end. */
    public static String id(String text, int length) {
        String id = clean(text, length + 16);
        return id == null ? null : clean(id.replaceFirst("[,\\s]+$", ""), length);
    }

    /** A link without its query: what is signed about a link expires before anybody reads the row. */
    static String withoutQuery(String link, int length) {
        return link == null ? null : clean(link.split("[?#]", 2)[0], length);
    }

    private static String cut(String text, int length) {
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
