package bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What the database alone costs: a loop that inserts the rows of an accepted task, as the bundle has stored it, one commit each. */
final class InsertLoop implements Contender {

    private final String name;
    private final Properties database;
    private final Row event;
    private final Row delivery;
    private final AtomicLong sequence = new AtomicLong(1L << 40);

    /**
     * @param database with the tables of a bundle, and with one event that it has stored
     */
    InsertLoop(String name, Properties database) throws SQLException {
        this.name = name;
        this.database = database;
        try (Connection connection = Store.connect(database)) {
            event = Row.first(connection, "event");
            delivery = Row.first(connection, "delivery");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Figures measure(int connections, Duration warmUp, Duration time) throws Exception {
        List<Connection> open = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            for (int i = 0; i < connections; i++) {
                open.add(Store.connect(database));
            }
            Store.empty(open.get(0));
            long from = System.nanoTime() + warmUp.toNanos();
            long to = from + time.toNanos();
            Histogram all = new Histogram(3);
            List<Callable<Histogram>> loops = open.stream()
                    .<Callable<Histogram>>map(connection -> () -> loop(connection, from, to))
                    .toList();
            for (Future<Histogram> loop : threads.invokeAll(loops)) {
                all.add(loop.get());
            }
            return Figures.of(all, time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1), 0);
        } finally {
            threads.shutdownNow();
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private Histogram loop(Connection connection, long from, long to) throws SQLException {
        Histogram nanos = new Histogram(3);
        try (PreparedStatement events = event.insert(connection);
                PreparedStatement deliveries = delivery.insert(connection)) {
            connection.setAutoCommit(false);
            for (long start = System.nanoTime(); start < to; start = System.nanoTime()) {
                insert(events, deliveries);
                connection.commit();
                if (start >= from) {
                    nanos.recordValue(System.nanoTime() - start);
                }
            }
        }
        return nanos;
    }

    private void insert(PreparedStatement events, PreparedStatement deliveries) throws SQLException {
        UUID id = UUID.randomUUID();
        event.set(events, "event_id", id);
        event.set(events, "subject", id.toString());
        event.set(events, "commit_sequence", sequence.incrementAndGet());
        event.set(events, "payload", Task.bytes(id));
        events.executeUpdate();
        delivery.set(deliveries, "delivery_id", UUID.randomUUID());
        delivery.set(deliveries, "event_id", id);
        deliveries.executeUpdate();
    }

    @Override
    public void close() {
        // its connections are closed after each measurement
    }

    /** A row as the bundle has stored it, of which each insert changes what must differ. */
    private record Row(String table, List<String> columns, List<Object> values) {

        static Row first(Connection connection, String table) throws SQLException {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select * from " + table + " limit 1")) {
                if (!rows.next()) {
                    throw new IllegalStateException("no row in " + table);
                }
                List<String> columns = new ArrayList<>();
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnName(i));
                    values.add(rows.getObject(i));
                }
                return new Row(table, columns, values);
            }
        }

        PreparedStatement insert(Connection connection) throws SQLException {
            String marks = String.join(", ", columns.stream().map(column -> "?").toList());
            PreparedStatement insert = connection.prepareStatement(
                    "insert into " + table + " (" + String.join(", ", columns) + ") values (" + marks + ")");
            for (String column : columns) {
                set(insert, column, values.get(columns.indexOf(column)));
            }
            return insert;
        }

        void set(PreparedStatement insert, String column, Object value) throws SQLException {
            insert.setObject(columns.indexOf(column) + 1, value);
        }
    }
}
