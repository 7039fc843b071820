package routes.inbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.store.Causes;
import routes.store.Database;

/**
 * Erases events, one or all of a subject: first what the inbox has of them but for a tombstone, then, when no attempt can be under way any
 * more, their rows in the business tables. What has been asked for is stored, so that it is done whatever happens meanwhile.
 */
@BindToRegistry("erasures")
public class Erasures extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final int BATCH = 200;
    private static final byte[] NOTHING = {};

    /** What is to be erased; public for the mapper. */
    public record Row(
            UUID erasureId,
            String state,
            String sender,
            String tenant,
            String subject,
            UUID eventId,
            String reason,
            OffsetDateTime requestedAt,
            String requestedBy) {

        /** Ids only: this may end up in a log. */
        @Override
        public String toString() {
            return "Erasure[" + erasureId + "]";
        }
    }

    private Database database;
    private Duration lease;

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        lease = Duration.ofSeconds(settings().positive("delivery.lease-seconds"));
    }

    /**
     * Erases the events of what is due, and looks for one whose rows in the business tables are to go now. Sets the variables {@code erasure},
     * to null when there is none, and {@code sender}.
     */
    public void next(Exchange exchange) {
        for (Optional<Row> due = claim(); due.isPresent(); due = claim()) {
            Row row = due.get();
            // all of them, and then the rows once more: what was being committed when it was asked for is there by then
            int erased = allErased(row);
            if (row.state.equals("rows") && erased == 0) {
                exchange.setVariable("erasure", row);
                exchange.setVariable("sender", row.sender);
                return;
            }
            database.inTransaction(handle -> update(handle, "erasure_rows", row));
            LOG.info("erased erasure={} events={}", row.erasureId, erased);
        }
        exchange.setVariable("erasure", null);
    }

    private Optional<Row> claim() {
        return database.inTransaction(handle -> {
            Optional<Row> due = database.query(handle, "erasure_due")
                    .map(ConstructorMapper.of(Row.class))
                    .findOne();
            due.ifPresent(row -> update(handle, "erasure_claim", row));
            return due;
        });
    }

    private int update(Handle handle, String statement, Row row) {
        return handle.createUpdate(database.sql(statement))
                .bind("erasureId", row.erasureId)
                .bind("leaseMillis", lease.toMillis())
                .execute();
    }

    private int allErased(Row row) {
        int all = 0;
        int erased = 1;
        while (erased > 0) {
            erased = database.inTransaction(handle -> eraseSome(handle, row));
            all += erased;
        }
        return all;
    }

    private int eraseSome(Handle handle, Row row) {
        List<UUID> ids = database.query(handle, row.eventId == null ? "erasure_events" : "erasure_event")
                .bindMethods(row)
                .bind("limit", BATCH)
                .mapTo(UUID.class)
                .list();
        if (!ids.isEmpty()) {
            handle.createUpdate(database.sql("event_erase"))
                    .bind("nothing", NOTHING)
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("event_erase_deliveries"))
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("event_erase_audit"))
                    .bind("actor", row.requestedBy)
                    .bind("detail", "erasure " + row.erasureId)
                    .bindArray("ids", UUID.class, ids)
                    .execute();
            handle.createUpdate(database.sql("erasure_count"))
                    .bind("erasureId", row.erasureId)
                    .bind("events", ids.size())
                    .execute();
        }
        return ids.size();
    }

    /** The named parameters of the statements that erase rows: sender, tenant, subject, and event_id, which is null for all of them. */
    public Map<String, Object> parameters(Exchange exchange) {
        Row row = row(exchange);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("sender", row.sender);
        parameters.put("tenant", row.tenant);
        parameters.put("subject", row.subject);
        parameters.put("event_id", row.eventId);
        return parameters;
    }

    /** The statement that erases rows of that table. */
    public String statement(String table) {
        return database.sql(table + "_erase");
    }

    /**
     * Notes that it is done; of what it was about nothing is left. Events of the subject that came later had their rows erased as well: they
     * are written again.
     */
    public void done(Exchange exchange) {
        Row row = row(exchange);
        int rewritten = database.inTransaction(handle -> {
            handle.createUpdate(database.sql("erasure_done"))
                    .bind("erasureId", row.erasureId)
                    .execute();
            return row.eventId != null
                    ? 0
                    : handle.createUpdate(database.sql("erasure_rewrite"))
                            .bindMethods(row)
                            .execute();
        });
        LOG.info("erased for good erasure={} written again={}", row.erasureId, rewritten);
    }

    /** It is tried again after its lease. */
    public void failed(Exchange exchange, Exception failure) {
        Row row = row(exchange);
        LOG.warn("not erased yet, tried again erasure={}: {}", row == null ? "" : row.erasureId, Causes.of(failure));
    }

    private static Row row(Exchange exchange) {
        return exchange.getVariable("erasure", Row.class);
    }
}
