package routes.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import routes.auth.SigningKeyStore;
import routes.config.ContextService;

/** The sealed signing keys in the table {@code signing_key}, shared by all instances. */
@BindToRegistry("signing-key-store")
public class KeyTable implements SigningKeyStore, CamelContextAware {

    private CamelContext camelContext;

    @Override
    public Map<String, byte[]> keys(Supplier<Map.Entry<String, byte[]>> first) {
        Database database = ContextService.started(camelContext, "database", Database.class);
        return database.inTransaction(handle -> {
            boolean none = handle.createQuery("select count(*) from signing_key")
                            .mapTo(Long.class)
                            .one()
                    == 0;
            if (none) {
                Map.Entry<String, byte[]> key = first.get();
                handle.createUpdate(database.sql("signing_key_insert"))
                        .bind("keyId", key.getKey())
                        .bind("sealed", key.getValue())
                        .execute();
            }
            return handle.createQuery("select key_id, sealed from signing_key order by created_at desc, key_id")
                    .reduceRows(new LinkedHashMap<String, byte[]>(), (keys, row) -> {
                        keys.put(row.getColumn("key_id", String.class), row.getColumn("sealed", byte[].class));
                        return keys;
                    });
        });
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
