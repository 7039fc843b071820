package bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.support.DurablePostgres;
import routes.support.Findings;

/** Measures the bundle side by side with what it is compared to, in one run: docs/performance.md. */
public final class Benchmark {

    private static final Path PAGE = Path.of("docs", "performance.md");

    private interface Part {
        String measure(DurablePostgres postgres, Scale scale) throws Exception;
    }

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("accepts", Accepts::measure);
        PARTS.put("deliveries", Deliveries::measure);
        PARTS.put("neighbours", Neighbours::measure);
        PARTS.put("growth", Growth::measure);
        PARTS.put("instances", Instances::measure);
        PARTS.put("watching", Watching::measure);
        PARTS.put("memory", Memory::measure);
        PARTS.put("start", Start::measure);
    }

    private Benchmark() {}

    /** The parts of {@code -Dbench.parts}, or all. */
    public static void main(String[] arguments) throws Exception {
        String wanted = System.getProperty("bench.parts", "").strip();
        Collection<String> parts = wanted.isEmpty() ? PARTS.keySet() : List.of(wanted.split("\\s+"));
        for (String part : parts) {
            String found = measure(part, Scale.FULL);
            System.out.println("\n" + found);
            if (Boolean.getBoolean("bench.write")) {
                Findings.write(PAGE, part, found);
            }
        }
        System.exit(0); // whatever threads are left
    }

    /** The circumstances, and a table. */
    static String measure(String part, Scale scale) throws Exception {
        try (DurablePostgres postgres = new DurablePostgres(Map.of(
                        "max_connections", "400",
                        "shared_buffers", "1GB",
                        "max_wal_size", "4GB",
                        "track_commit_timestamp", "on"))
                .start()) {
            return Findings.circumstances() + "\n\n" + PARTS.get(part).measure(postgres, scale);
        }
    }
}
