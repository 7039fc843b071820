package bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Jvm;
import routes.support.Registry;

/** Our bundle, in a JVM as in production. */
final class BundleContender implements Contender {

    static final String HEAP = "1g";

    private final String name;
    private final BundleProcess process;
    private final HttpLoad load;

    private BundleContender(String name, Properties settings, Jvm jvm, List<String> tenants) throws Exception {
        this.name = name;
        process = BundleProcess.start("bench-" + name.replaceAll("\\W+", "-"), settings, jvm);
        load = new HttpLoad(process.webhook(), process.token("optum"), tenants);
    }

    /**
     * Starts one that delivers what it accepts.
     *
     * @param database that it alone uses
     * @param settings beside production's
     */
    static BundleContender delivering(String name, Properties database, Map<String, String> settings, Scale scale)
            throws Exception {
        return start(name, settings(database, settings), scale.jvm(HEAP), List.of(Bundle.TENANT));
    }

    /** Starts one whose deliveries wait in the database: accepting is all that it does. */
    static BundleContender accepting(String name, Properties database, Map<String, String> settings, Scale scale)
            throws Exception {
        return delivering(name, database, settings, scale).turn(BenchedBundle.HOLD);
    }

    /** Starts one that tells these partners, each of the tasks of the tenant that has its name. */
    static BundleContender telling(
            Receiver receiver,
            List<String> partners,
            String name,
            Properties database,
            Map<String, String> settings,
            Scale scale)
            throws Exception {
        Map<String, String> all = new HashMap<>(Registry.clients(partners));
        all.put("oauth2.client.optum.tenants", "*");
        all.putAll(settings);
        BundleContender bundle = start(name, settings(database, all), scale.jvm(HEAP), partners);
        Registry registry = new Registry(bundle.address());
        for (String partner : partners) {
            registry.grant(partner, partner);
            registry.register(partner, 1, receiver.url(partner));
        }
        return bundle;
    }

    static BundleContender start(String name, Properties settings, Jvm jvm, List<String> tenants) throws Exception {
        return new BundleContender(name, settings, jvm, tenants);
    }

    /** Production's, but for clients, ports, and these. */
    static Properties settings(Properties database, Map<String, String> settings) {
        Properties all = Bundle.settings(database);
        all.remove("delivery.sweep-interval-ms"); // the tests' own
        all.putAll(settings);
        return all;
    }

    /** Turns one of the switches of {@link BenchedBundle}. */
    BundleContender turn(String path) throws Exception {
        int status = process.send(HttpRequest.newBuilder(process.uri(path)).POST(BodyPublishers.noBody()))
                .statusCode();
        if (status / 100 != 2) {
            throw new IllegalStateException(path + " was answered " + status);
        }
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    URI address() {
        return process.uri("/");
    }

    long pid() {
        return process.pid();
    }

    HttpLoad load() {
        return load;
    }

    @Override
    public Figures measure(int connections, Duration warmUp, Duration time) throws Exception {
        turn(BenchedBundle.EMPTY);
        Figures figures = load.closed(connections, warmUp, time);
        turn(BenchedBundle.EMPTY); // what is left to deliver would take time from those who are measured next
        return figures;
    }

    @Override
    public void close() throws Exception {
        load.close();
        process.kill(); // what it has stored is of no use any more
    }
}
