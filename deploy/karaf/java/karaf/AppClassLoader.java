package karaf;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/**
 * The class path of the routes: a folder, and the jars in its {@code lib}. They see the JDK, each other, and the container's logging API;
 * nothing of other bundles.
 */
final class AppClassLoader extends URLClassLoader implements BundleReference {

    static {
        registerAsParallelCapable();
    }

    private final Bundle bundle;

    AppClassLoader(Bundle bundle, Path folder) throws IOException {
        super(bundle.getSymbolicName(), classPath(folder), ClassLoader.getPlatformClassLoader());
        this.bundle = bundle;
    }

    private static URL[] classPath(Path folder) throws IOException {
        List<URL> path = new ArrayList<>(List.of(folder.toUri().toURL()));
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                path.add(jar.toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return name.startsWith("org.slf4j.") ? bundle.loadClass(name) : super.findClass(name);
    }

    /** By this the container's log knows whose lines these are. */
    @Override
    public Bundle getBundle() {
        return bundle;
    }
}
