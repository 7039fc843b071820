package bench;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import routes.support.Bundle;
import routes.support.BundleProcess;
import routes.support.Jvm;

/** Our bundle, in a JVM as in production. */
final class BundleContender implements Contender {

    private static final Jvm JVM = Jvm.of("-Xmx1g").main(BenchedBundle.class).with(System.getProperty("bench.jvm", "-Dx").split(" "));

    private final String name;
    private final BundleProcess process;
    private final HttpLoad load;

    /**
     * Starts it.
     *
     * @param database that it alone uses, and that is empty
     * @param settings beside production's
     */
    BundleContender(String name, Properties database, Map<String, String> settings) throws Exception {
        this.name = name;
        Properties all = Bundle.settings(database);
        all.remove("delivery.sweep-interval-ms"); // the tests' own
        all.putAll(settings);
        process = BundleProcess.start("bench-" + name.replaceAll("\\W+", "-"), all, JVM);
        load = new HttpLoad(process.webhook(), process.token("optum"));
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

    HttpLoad load() {
        return load;
    }

    @Override
    public Figures measure(int connections, Duration warmUp, Duration time) throws Exception {
        turn(BenchedBundle.EMPTY);
        return load.closed(connections, warmUp, time);
    }

    @Override
    public void close() throws Exception {
        load.close();
        process.kill(); // what it has stored is of no use any more
    }
}
