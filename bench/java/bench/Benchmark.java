package bench;

import java.util.Map;
import routes.support.DurablePostgres;

/** Measures the bundle side by side with what it is compared to, in one run: docs/performance.md. */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Scale scale = Boolean.getBoolean("bench.smoke") ? Scale.SMOKE : Boolean.getBoolean("bench.dev") ? Scale.DEV : Scale.FULL;
        try (DurablePostgres postgres = new DurablePostgres(Map.of(
                        "max_connections", "400",
                        "shared_buffers", "1GB",
                        "max_wal_size", "4GB",
                        "track_commit_timestamp", "on"))
                .start()) {
            System.out.println(new Accepts(postgres, scale).measure());
        }
        System.exit(0); // whatever threads are left
    }
}
