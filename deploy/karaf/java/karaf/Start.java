package karaf;

import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The routes as they start everywhere, on their own class path; what is returned stops them. */
public final class Start implements Callable<AutoCloseable> {

    @Override
    public AutoCloseable call() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:" + System.getProperty("karaf.etc") + "/webhook-routes.properties,"
                + "classpath:application-karaf.properties,classpath:application.properties");
        // without the hook for the end of the JVM: then, too, it is the container that stops its bundles
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        try {
            main.start();
        } catch (RuntimeException e) {
            main.stop();
            throw e;
        }
        return main::stop;
    }
}
