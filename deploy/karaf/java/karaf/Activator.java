package karaf;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Starts and stops the routes with the OSGi bundle that carries them. Their jars are unpacked and get an ordinary class path, as they
 * have everywhere else: what scans packages, lists folders of resources or looks for services finds the same as there.
 */
public final class Activator implements BundleActivator {

    private static final String APP = "/app";

    private AppClassLoader classes;
    private AutoCloseable routes;

    @Override
    public void start(BundleContext context) throws Exception {
        Path folder = context.getDataFile("app").toPath();
        delete(folder); // of a bundle that was updated
        unpack(context.getBundle(), folder);
        classes = new AppClassLoader(context.getBundle(), folder);
        try {
            Class<?> start = classes.loadClass("karaf.Start");
            routes = (AutoCloseable)
                    onThreadOfItsOwn((Callable<?>) start.getConstructor().newInstance());
        } catch (Exception e) {
            classes.close();
            throw e;
        }
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        try {
            onThreadOfItsOwn(() -> {
                routes.close();
                return null;
            });
        } finally {
            classes.close();
        }
    }

    /**
     * Camel, and the threads that it makes, look for classes by the context class loader. What libraries leave behind on a thread goes
     * with this one: one of the container's would keep all classes of a bundle that is gone.
     */
    private <T> T onThreadOfItsOwn(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "webhook-routes");
        thread.setContextClassLoader(classes);
        thread.start();
        return task.get();
    }

    private static void unpack(Bundle bundle, Path folder) throws IOException {
        for (URL entry : Collections.list(bundle.findEntries(APP, "*", true))) {
            if (entry.getPath().endsWith("/")) {
                continue;
            }
            Path file = folder.resolve(entry.getPath().substring(APP.length() + 1));
            Files.createDirectories(file.getParent());
            try (InputStream in = entry.openStream()) {
                Files.copy(in, file);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
