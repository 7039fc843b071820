package routes.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import routes.config.ContextService;
import routes.config.Settings;
import routes.sealing.Payloads;
import routes.store.Database;

/** The payload of an event, for the partners that get it: read when its attempt begins, and so many bytes at once at the most. */
@BindToRegistry("event-payload")
public class EventPayload extends ContextService {

    /** Why a delivery is dead that was made again too late. */
    static final String GONE = "the payload is kept no longer, or does not open";

    private static final long KIB = 1024;

    /** The bytes, their text, and what is signed or made of it. */
    private static final int COPIES = 3;

    /** Of the room a partner has this part at the most, so that a slow one leaves some to others. */
    private static final int SHARE = 8;

    private Database database;
    private Payloads payloads;
    private int most;
    private Semaphore kibs;
    private final Map<String, Semaphore> shares = new ConcurrentHashMap<>();

    @Override
    protected void doStart() {
        Settings settings = settings();
        database = bean("database", Database.class);
        payloads = bean("payloads", Payloads.class);
        most = Math.toIntExact(Math.max(1, settings.positiveNumber("callback.payload-bytes") / KIB));
        kibs = new Semaphore(most, true);
    }

    /**
     * Makes the payload the body, and holds its room until the attempt is over.
     *
     * @throws Failed when there is no room within the time of the attempt
     * @throws Dead when the payload is kept no longer
     * @throws Cancelled when the event was erased
     */
    public void read(Exchange exchange) throws InterruptedException {
        UUID event = exchange.getVariable("eventId", UUID.class);
        long bytes = database.with(handle -> database.query(handle, "event_payload_size")
                .bind("eventId", event)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new Cancelled("the event was erased")));
        int room = (int) Math.min(most, COPIES * bytes / KIB + 1);
        int share = Math.max(1, most / SHARE);
        String lane = Destination.lane(exchange.getVariable("destination", String.class));
        long end = System.nanoTime() + timeLeft(exchange);
        take(exchange, shares.computeIfAbsent(lane, none -> new Semaphore(share, true)), Math.min(room, share), end);
        take(exchange, kibs, room, end);
        exchange.getMessage().setBody(payload(event).orElseThrow(() -> new Dead(GONE)));
    }

    private Optional<byte[]> payload(UUID event) {
        return database.with(handle -> database.query(handle, "event_payload")
                .bind("eventId", event)
                .map((row, context) -> payloads.open(event, row))
                .findOne()
                .orElse(Optional.empty()));
    }

    private static void take(Exchange exchange, Semaphore from, int room, long end) throws InterruptedException {
        if (!from.tryAcquire(room, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new Failed("too many payloads at once");
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                from.release(room);
            }
        });
    }

    /** Half of it: the rest is the partner's. */
    private static long timeLeft(Exchange exchange) {
        Long deadline = Deadline.of(exchange);
        return deadline == null ? 0 : Math.max(0, (deadline - System.nanoTime()) / 2);
    }
}
