package routes.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.sealing.CannotOpen;
import routes.sealing.SealedTable;
import routes.sealing.Sealing;
import routes.store.Database;

/** What is secret of callbacks, for a rotation of the keys that seal it. */
@BindToRegistry("sealed-callbacks")
public class SealedCallbacks extends ContextService implements SealedTable {

    private static final Logger LOG = LoggerFactory.getLogger(SealedCallbacks.class);
    private static final int MOST_ROWS = 200;

    private Database database;
    private Sealing sealing;
    private CallbackSecrets secrets;

    private record Row(String partner, int type, byte[] secret, byte[] settings, byte[] previous) {}

    @Override
    protected void doStart() {
        database = bean("database", Database.class);
        sealing = bean("sealing", Sealing.class);
        secrets = new CallbackSecrets(sealing);
    }

    @Override
    public String table() {
        return "callback";
    }

    @Override
    public Set<String> keysInUse() {
        return database.with(handle -> database.query(handle, "callback_prefixes").mapTo(byte[].class).list().stream()
                .map(Sealing::keyOf)
                .collect(Collectors.toSet()));
    }

    /** Goes on behind rows that do not open. */
    @Override
    public int reseal() {
        Row last = new Row("", 0, null, null, null);
        int resealed = 0;
        while (last != null && resealed == 0) {
            List<Row> rows = new ArrayList<>();
            Row after = last;
            resealed = database.inTransaction(handle -> resealAfter(handle, after, rows));
            last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        }
        return resealed;
    }

    private int resealAfter(Handle handle, Row after, List<Row> rows) {
        rows.addAll(database.query(handle, "callbacks_of_other_keys")
                .bind("prefix", sealing.prefix())
                .bind("partner", after.partner)
                .bind("type", after.type)
                .bind("limit", MOST_ROWS)
                .map((row, context) -> new Row(
                        row.getString("partner_id"),
                        row.getInt("notification_type"),
                        row.getBytes("sealed_secret"),
                        row.getBytes("sealed_settings"),
                        row.getBytes("sealed_previous")))
                .list());
        return rows.stream().mapToInt(row -> reseal(handle, row)).sum();
    }

    private int reseal(Handle handle, Row row) {
        try {
            return update(handle, row);
        } catch (CannotOpen e) {
            LOG.warn("left as it is: {}", e.getMessage());
            return 0;
        }
    }

    private int update(Handle handle, Row row) {
        return handle.createUpdate(database.sql("callback_reseal"))
                .bind("partner", row.partner)
                .bind("type", row.type)
                .bind("secret", secrets.seal(row.partner, row.type, secrets.open(row.partner, row.type, row.secret)))
                .bind(
                        "settings",
                        secrets.sealSettings(
                                row.partner, row.type, secrets.openSettings(row.partner, row.type, row.settings)))
                .bind(
                        "previous",
                        secrets.sealPrevious(
                                row.partner, row.type, secrets.openPrevious(row.partner, row.type, row.previous)))
                .execute();
    }
}
