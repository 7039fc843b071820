package routes.store;

import java.sql.SQLException;

/**
 * Says what went wrong without the message of the exception: databases, parsers and HTTP clients put values into their
 * messages, and those belong to patients.
 */
public final class Causes {

    private static final int MAX_LENGTH = 200;

    private Causes() {}

    /** For example {@code PSQLException 23505 at Inbox.write:42}; at most 200 characters. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StringBuilder text = new StringBuilder(root.getClass().getSimpleName());
        if (root instanceof SQLException sql && sql.getSQLState() != null) {
            text.append(' ').append(sql.getSQLState());
        }
        String ours = ours(root);
        if (ours.isEmpty() && root != thrown) {
            ours = ours(thrown);
        }
        text.append(ours);
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text.toString();
    }

    private static String ours(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith("routes.")) {
                String name =
                        frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
                return " at " + name + "." + frame.getMethodName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }
}
