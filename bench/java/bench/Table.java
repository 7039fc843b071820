package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of Markdown. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(Object... heads) {
        row(heads);
        lines.add("| --- " + "| ---: ".repeat(heads.length - 1) + "|");
    }

    Table row(Object... cells) {
        StringBuilder line = new StringBuilder();
        for (Object cell : cells) {
            line.append("| ")
                    .append(cell instanceof Double number ? number(number) : cell)
                    .append(' ');
        }
        lines.add(line.append('|').toString());
        return this;
    }

    /** As many digits as say something. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
