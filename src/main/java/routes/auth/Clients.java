package routes.auth;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.config.Settings;
import routes.http.Refused;

/** Who may ask for tokens: the clients of the properties, and beside them those that were made by API. */
@BindToRegistry("clients")
public class Clients extends ContextService {

    private static final String ITERATIONS = "oauth2.secret-iterations";
    private static final int MOST_WAITING = 16;

    private final Lane usual =
            new Lane(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MOST_WAITING, Duration.ofMinutes(1));

    /** For who is likely to guess: so that guessing leaves room for others, and what it is told does not come quicker. */
    private final Lane slow = new Lane(1, 4, Duration.ofMinutes(1));

    /** The connections are the commits' before all, and whoever waits for a database that is away holds a thread as well. */
    private final Lane lookups = new Lane(2, MOST_WAITING, Duration.ofSeconds(1));

    private final KnownCredentials known = KnownCredentials.none();

    private Map<String, Client> configured = Map.of();
    private ClientStore store;
    private int secretIterations;

    /** How many iterations the costliest client takes: those of clients that were made by API are learnt as they are looked up. */
    private final AtomicInteger mostIterations = new AtomicInteger();

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
        mostIterations.set(secretIterations);
        configured.values().forEach(this::learn);
    }

    /** The clients of the properties, by their ids. */
    public Map<String, Client> configured() {
        return configured;
    }

    /** How the secrets of clients made by API are hashed. */
    public int secretIterations() {
        return secretIterations;
    }

    private void learn(Client client) {
        mostIterations.accumulateAndGet(client.secrets().iterations(), Math::max);
    }

    /**
     * The client with that id and secret. An unknown id takes as long as a wrong secret.
     *
     * @param guessing whether it is likely that somebody guesses
     * @throws Refused 503 when too many are asking at once, or the database is away and the client is not of the properties
     */
    Optional<Client> authenticate(Credentials credentials, boolean guessing) {
        if (credentials.secrets().stream().anyMatch(secret -> known.had(credentials.id(), secret))) {
            Optional<Client> client = find(credentials.id()).filter(one -> isKnown(one, credentials));
            if (client.isPresent()) {
                return client;
            }
        }
        if (guessing) { // then the database is asked by one after the other, too
            return slow.run(() -> hashed(find(credentials.id()), credentials));
        }
        Optional<Client> client = find(credentials.id());
        return usual.run(() -> hashed(client, credentials));
    }

    private boolean isKnown(Client client, Credentials credentials) {
        return credentials.secrets().stream().anyMatch(secret -> known.contains(client, secret));
    }

    /** Each spelling takes a hash, whether there is such a client or not. */
    private Optional<Client> hashed(Optional<Client> client, Credentials credentials) {
        ClientSecrets secrets = client.map(Client::secrets).orElse(ClientSecrets.NONE);
        for (String secret : credentials.secrets()) {
            Optional<Pbkdf2> hash = secrets.matching(secret, mostIterations.get());
            if (hash.isPresent()) {
                known.add(client.orElseThrow(), secret, hash.get());
                return client;
            }
        }
        return Optional.empty();
    }

    private Optional<Client> find(String id) {
        Client client = configured.get(id);
        if (client != null || !Client.isValidId(id)) {
            return Optional.ofNullable(client);
        }
        Optional<Client> stored = lookups.run(() -> store.find(id));
        stored.ifPresent(this::learn);
        return stored;
    }
}
