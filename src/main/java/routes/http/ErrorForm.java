package routes.http;

/**
 * The form of errors that the callers of some paths know, where it is not ours. It holds for everything that they are refused with,
 * also by what no route gets to see.
 */
public interface ErrorForm {

    /** Whether it is this form that whoever calls that path knows. */
    boolean covers(String path);

    /** What is answered instead of that status. */
    int status(int status);

    /** What an answer with such a status says; made JSON of. */
    Object body(int status);

    /** The answer as it is sent. */
    default String text(int status) {
        return Answers.json(body(status));
    }

    default String contentType() {
        return "application/json";
    }
}
