package routes.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.BindToRegistry;
import org.jdbi.v3.core.Handle;
import routes.config.ContextService;
import routes.sealing.SealedTable;
import routes.sealing.Sealing;
import routes.store.Database;

/** What is secret of callbacks, for a rotation of the keys that seal it. */
@BindToRegistry("sealed-callbacks")
public class SealedCallbacks extends ContextService implements SealedTable {

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
    public Set<String> keysThatStay() {
        return Set.of(sealing.keyId());
    }

    @Override
    public Set<String> keysInUse() {
        return database.with(handle -> database.query(handle, "callback_prefixes").mapTo(byte[].class).list().stream()
                .map(Sealing::keyOf)
                .collect(Collectors.toSet()));
    }

    @Override
    public int reseal() {
        return database.inTransaction(handle -> {
            List<Row> rows = database.query(handle, "callbacks_of_other_keys")
                    .bind("prefix", sealing.prefix())
                    .bind("limit", MOST_ROWS)
                    .map((row, context) -> new Row(
                            row.getString("partner_id"),
                            row.getInt("notification_type"),
                            row.getBytes("sealed_secret"),
                            row.getBytes("sealed_settings"),
                            row.getBytes("sealed_previous")))
                    .list();
            rows.forEach(row -> reseal(handle, row));
            return rows.size();
        });
    }

    private void reseal(Handle handle, Row row) {
        handle.createUpdate(database.sql("callback_reseal"))
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
