package routes.auth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.Refused;

/** Who may ask for tokens: the clients of the properties, and beside them those that were made by API. */
@BindToRegistry("clients")
public class Clients extends ContextService {

    private static final String ITERATIONS = "oauth2.secret-iterations";
    private static final int MOST_WAITING = 16;

    private final HashingLane usual =
            new HashingLane(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MOST_WAITING);

    /** For who is likely to guess: so that guessing leaves room for others, and what it is told does not come quicker. */
    private final HashingLane slow = new HashingLane(1, 4);

    /** Whoever waits for a database that is away holds a thread as well. */
    private final Semaphore lookups = new Semaphore(MOST_WAITING);

    private final KnownCredentials known = KnownCredentials.none();

    private Map<String, Client> configured = Map.of();
    private ClientStore store;
    private int secretIterations;
    private int mostIterations;

    @Override
    protected void doStart() {
        Settings settings = settings();
        configured = new ConfiguredClients(getCamelContext(), settings.flag("demo.enabled")).read();
        store = bean("client-store", ClientStore.class);
        secretIterations = settings.positive(ITERATIONS);
        if (secretIterations < Pbkdf2.MIN_ITERATIONS || secretIterations > Pbkdf2.MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    ITERATIONS + " must be " + Pbkdf2.MIN_ITERATIONS + " to " + Pbkdf2.MAX_ITERATIONS);
        }
        mostIterations = configured.values().stream()
                .mapToInt(client -> client.secrets().iterations())
                .reduce(secretIterations, Math::max);
    }

    /** The clients of the properties, by their ids. */
    public Map<String, Client> configured() {
        return configured;
    }

    /** How the secrets of clients made by API are hashed. */
    public int secretIterations() {
        return secretIterations;
    }

    /**
     * The client with that id and secret. An unknown id takes as long as a wrong secret.
     *
     * @param guessing whether it is likely that somebody guesses
     * @throws Refused 503 when too many are asking at once, or the database is away and the client is not of the properties
     */
    Optional<Client> authenticate(String id, String secret, boolean guessing) {
        Optional<Client> client = find(id);
        if (client.filter(one -> known.contains(one, secret)).isPresent()) {
            return client;
        }
        ClientSecrets secrets = client.map(Client::secrets).orElse(ClientSecrets.NONE);
        HashingLane lane = guessing ? slow : usual;
        Optional<Pbkdf2> hash = lane.run(() -> secrets.matching(secret, mostIterations));
        hash.ifPresent(matching -> known.add(client.orElseThrow(), secret, matching));
        return hash.flatMap(matching -> client);
    }

    private Optional<Client> find(String id) {
        Client client = configured.get(id);
        if (client != null || !Client.isValidId(id)) {
            return Optional.ofNullable(client);
        }
        if (!lookups.tryAcquire()) {
            throw Refused.unavailable("too many token requests at once", 1);
        }
        try {
            return store.find(id);
        } finally {
            lookups.release();
        }
    }
}
