package routes.fault;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.Registry;

/**
 * Where a bundle of the crash table delivers to, beside its tables: a topic and a callback of its own.
 *
 * @param name of both
 */
record Destinations(String name, KafkaBroker broker, Partner partner) {

    private static final String CLIENT = "partner";

    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Registry.clients(List.of(CLIENT)));
        settings.put("kafka.brokers", broker.bootstrap());
        settings.put("kafka.topic-prefix", name + ".");
        settings.put("callback.per-partner", "16");
        // nothing is to become dead, however long an outage is
        for (String kind : List.of("delivery", "kafka", "callback")) {
            settings.put(kind + ".retry-schedule", "1000 x 1s");
        }
        return settings;
    }

    /** Has the partner register, once. */
    void register(BundleProcess bundle) throws Exception {
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(CLIENT, Bundle.TENANT);
        partner.secret(callback(), registry.register(CLIENT, 1, partner.url(callback())));
    }

    private String callback() {
        return "/" + name;
    }

    /** @param atLeast how many records are waited for a while */
    Arrivals inTopic(int atLeast) {
        return Arrivals.in(broker, name + ".coverage-discovery", atLeast);
    }

    Arrivals atPartner() throws IOException {
        return Arrivals.at(partner, callback());
    }
}
