package karaf;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The routes as they start everywhere, on their own class path; what is returned stops them. */
public final class Start implements Callable<AutoCloseable> {

    private Main main;

    @Override
    public AutoCloseable call() throws SQLException {
        main = new Main();
        main.setDefaultPropertyPlaceholderLocation(
                "file:" + System.getProperty("karaf.etc") + "/webhook-routes.properties,"
                        + "classpath:application-karaf.properties,classpath:application.properties");
        // without the hook for the end of the JVM: then, too, it is the container that stops its bundles
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        try {
            main.start();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        return this::stop;
    }

    private void stop() throws SQLException {
        main.stop();
        // The JDK would keep them, and by them all classes of a bundle that is gone.
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            DriverManager.deregisterDriver(driver);
        }
    }
}
