package routes.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.camel.BindToRegistry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.config.ContextService;
import routes.config.Settings;
import routes.telemetry.Metrics;

/**
 * The two databases, migrated at the start: the inbox ({@code database.*}) and the business tables ({@code jdbc.*}, by
 * default in the same place). Each has a pool of its own, so that slow business statements hold up no commit.
 */
@BindToRegistry("database")
public class Database extends ContextService {

    /** The name under which camel-jdbc finds the business tables. */
    public static final String BUSINESS = "business";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MIGRATE_TRIES = 3;
    private static final Map<String, String> POSTGRESQL_PROPERTIES = Map.of(
            // it would quote rows in its exceptions
            "logServerErrorDetail", "false",
            "ApplicationName", "webhook-routes",
            "reWriteBatchedInserts", "true",
            "tcpKeepAlive", "true",
            "connectTimeout", "5",
            "socketTimeout", "30");

    /**
     * What the planner believes of a table that fills up is wrong for minutes, and a plan that it then keeps may read all of it for
     * each batch: so statements of the inbox go by an index, and join in the order in which they are written.
     */
    private static final String PLANS = "set enable_seqscan = off; set join_collapse_limit = 1; set jit = off";

    /**
     * Beside the inbox a business statement need not wait for the disk: the result of its delivery is committed after it, into the
     * same log, and that commit waits for all before it. Until then the delivery counts as not made.
     */
    private static final String UNHURRIED = "set synchronous_commit = off";

    private HikariDataSource inbox;
    private HikariDataSource business;
    private Jdbi jdbi;
    private Sql sql;

    @Override
    protected void doStart() {
        Settings settings = settings();
        if (settings.text("database.url").isEmpty()) {
            throw new IllegalStateException(
                    "database.url is not set. Choose PostgreSQL (jdbc:postgresql://host/name), or,"
                            + " for one instance on a durable volume, an H2 file (jdbc:h2:file:..., see application.properties).");
        }
        sql = new Sql(getCamelContext(), settings.text("webhook.sql"));
        settings.positive("jdbc.query-timeout-seconds"); // the routes', which take anything
        boolean unhurried = settings.text("jdbc.url").equals(settings.text("database.url"))
                && !settings.flag("jdbc.synchronous-commit");
        inbox = pool(settings, "database", "inbox", PLANS);
        business = pool(settings, "jdbc", BUSINESS, unhurried ? UNHURRIED : null);
        MeterRegistry meters = bean("metrics", Metrics.class).registry();
        inbox.setMetricRegistry(meters);
        business.setMetricRegistry(meters);
        String migrations = settings.text("webhook.migrations");
        migrate(inbox, "inbox", migrations);
        migrate(business, BUSINESS, migrations);
        jdbi = Jdbi.create(inbox).registerArrayType(UUID.class, "uuid").registerArrayType(String.class, "varchar");
        getCamelContext().getRegistry().bind(BUSINESS, DataSource.class, KnownParameters.of(business));
    }

    @Override
    protected void doStop() {
        for (HikariDataSource pool : new HikariDataSource[] {business, inbox}) {
            if (pool != null) {
                pool.close();
            }
        }
    }

    /**
     * A pool with the properties {@code <prefix>.url}, {@code .user}, {@code .password} and {@code .pool-size}.
     *
     * @param session what each connection to PostgreSQL begins with, or null
     */
    private static HikariDataSource pool(Settings settings, String prefix, String name, String session) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.text(prefix + ".url"));
        if (config.getJdbcUrl().startsWith("jdbc:h2:")) {
            // H2's own shutdown hook would close the database at SIGTERM, before the last requests are committed.
            addSetting(config, "DB_CLOSE_ON_EXIT=FALSE");
            // It would write exceptions, which quote rows, to a file beside the database.
            addSetting(config, "TRACE_LEVEL_FILE=0");
        }
        config.setUsername(settings.text(prefix + ".user"));
        config.setPassword(settings.text(prefix + ".password"));
        config.setMaximumPoolSize(settings.positive(prefix + ".pool-size"));
        config.setConnectionTimeout(CONNECT_MILLIS);
        // by name: the driver may be out of sight of the JDK's own search, as under the camel CLI
        if (config.getJdbcUrl().startsWith("jdbc:h2:")) {
            config.setDriverClassName("org.h2.Driver");
        }
        if (config.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            config.setDriverClassName("org.postgresql.Driver");
            POSTGRESQL_PROPERTIES.forEach(config::addDataSourceProperty);
            config.setConnectionInitSql(session);
        }
        return new HikariDataSource(config);
    }

    /** Unless the URL has it already. */
    private static void addSetting(HikariConfig config, String setting) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        if (!config.getJdbcUrl().toUpperCase(Locale.ROOT).contains(name)) {
            config.setJdbcUrl(config.getJdbcUrl() + ";" + setting);
        }
    }

    /**
     * Each has a history of its own, so that both may live in one schema. Flyway has no lock yet while it makes a history: of
     * instances that start together on an empty database all but one may have to look again.
     */
    private static void migrate(DataSource dataSource, String name, String migrations) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(migrations + "/" + name)
                .table("migration_" + name)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // tables that an organisation adds have numbers of their own, far from ours
                .outOfOrder(true)
                // made by a later version: whoever goes back to this one must be able to start (docs/upgrade.md)
                .ignoreMigrationPatterns("*:future", "*:missing")
                .load();
        for (int tries = 1; ; tries++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (tries == MIGRATE_TRIES) {
                    throw e;
                }
                LOG.warn("migration of {} failed, trying again: {}", name, Causes.of(e));
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    /** Runs one transaction on the inbox; anything thrown rolls it back. */
    public <R, X extends Exception> R inTransaction(HandleCallback<R, X> work) throws X {
        return jdbi.inTransaction(work);
    }

    /** Runs reads on the inbox, each its own transaction. */
    public <R, X extends Exception> R with(HandleCallback<R, X> work) throws X {
        return jdbi.withHandle(work);
    }

    /** The statement of that name, to be used with a handle of this database. */
    public String sql(String name) {
        return sql.get(name);
    }

    /** A query by name. */
    public Query query(Handle handle, String name) {
        return handle.createQuery(sql(name));
    }
}
