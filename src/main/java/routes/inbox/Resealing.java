package routes.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.auth.Caller;
import routes.config.ContextService;
import routes.http.Refused;
import routes.http.Request;
import routes.sealing.Payloads;
import routes.sealing.SealedTable;
import routes.sealing.Sealing;
import routes.store.Database;

/** What a rotation of {@code sealing.keys} needs: which keys are in use, and sealing everything anew with the first one. */
@BindToRegistry("resealing")
public class Resealing extends ContextService {

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private Collection<SealedTable> tables = List.of();
    private Sealing sealing;
    private Payloads payloads;
    private Database database;
    private Reads reads;

    @Override
    protected void doStart() {
        sealing = bean("sealing", Sealing.class);
        payloads = bean("payloads", Payloads.class);
        database = bean("database", Database.class);
        reads = bean("reads", Reads.class);
        tables = new ArrayList<>();
        for (String name : getCamelContext()
                .getRegistry()
                .findByTypeWithName(SealedTable.class)
                .keySet()) {
            tables.add(bean(name, SealedTable.class));
        }
        tables.forEach(this::check);
    }

    /** Better no start than one in which each attempt fails. */
    private void check(SealedTable table) {
        table.keysInUse().stream()
                .filter(key -> !payloads.isHere(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalStateException("the table " + table.table() + " has rows that the key " + key
                            + " has sealed, and it is not in sealing.keys");
                });
    }

    /** {@code {"keys": [{"id": "2", "seals": true, "inUse": true}, ...], "payloadsSealed": true, "plainPayloads": false, "brokenPayloads": false}}. */
    public Map<String, Object> report(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        Set<String> inUse = reads.run(this::inUse);
        List<Map<String, Object>> keys = new ArrayList<>();
        for (Integer id : sealing.keyIds()) {
            Map<String, Object> key = new LinkedHashMap<>();
            key.put("id", id.toString());
            key.put("seals", keys.isEmpty());
            key.put("inUse", inUse.contains(id.toString()));
            keys.add(key);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("keys", keys);
        report.put("payloadsSealed", payloads.areSealed());
        report.put("plainPayloads", inUse.contains(Payloads.PLAIN));
        report.put("brokenPayloads", inUse.contains(Payloads.BROKEN));
        return report;
    }

    private Set<String> inUse() {
        Set<String> inUse = new TreeSet<>();
        tables.forEach(table -> inUse.addAll(table.keysInUse()));
        return inUse;
    }

    /**
     * Seals anew what the first key has not sealed, as long as there is time: {@code {"resealed": 1200, "done": false}}. To be asked again
     * until it is done.
     *
     * @throws Refused 503 when the database is away, or another instance has sealed something with a key that is not here
     */
    public Map<String, Object> reseal(Exchange exchange) {
        Request.of(exchange).parameters(Set.of());
        if (!reads.run(this::inUse).stream().allMatch(payloads::isHere)) {
            throw Refused.unavailable("something is sealed with a key that is not in sealing.keys of this instance", 5);
        }
        String actor = Caller.of(exchange).client();
        reads.inTransaction(handle -> {
            Events.audit(database, handle, actor, "reseal", "key " + sealing.keyId(), null);
            return null;
        });
        Pass pass = reads.run(this::reseal);
        LOG.info("sealed anew: {} rows with the key {}{}", pass.resealed, sealing.keyId(), pass.done ? ", done" : "");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("resealed", pass.resealed);
        report.put("done", pass.done);
        return report;
    }

    /** @param done whether there was time for all */
    private record Pass(int resealed, boolean done) {}

    private Pass reseal() {
        long end = System.nanoTime() + BUDGET.toNanos();
        int resealed = 0;
        for (SealedTable table : tables) {
            int batch = table.reseal();
            while (batch > 0) {
                resealed += batch;
                if (System.nanoTime() - end >= 0) {
                    return new Pass(resealed, false);
                }
                batch = table.reseal();
            }
        }
        return new Pass(resealed, true);
    }
}
