package routes.auth;

import java.util.Optional;
import routes.http.Refused;

/** The clients that were made by API, and all that the tokens ask of them. */
public interface ClientStore {

    /**
     * The client, unless it is disabled.
     *
     * @throws Refused 503 when the database is away
     */
    Optional<Client> find(String id);

    /** Which tokens of such clients are good. */
    GoodTokens goodTokens();
}
