package routes.auth;

import routes.http.Refusal;

/** Nobody is logged in, or not any more. */
public class NoSession extends RuntimeException implements Refusal {

    public NoSession() {
        super("log in first");
    }

    @Override
    public int status() {
        return 401;
    }

    @Override
    public String error() {
        return "no_session";
    }

    @Override
    public String description() {
        return getMessage();
    }
}
