package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class KnownParametersTest {

    private final AtomicInteger prepared = new AtomicInteger();
    private final DataSource known = KnownParameters.of(database());

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        return database;
    }

    @Test
    void theNumberOfParametersIsThatOfTheStatement() throws SQLException {
        try (Connection connection = known.getConnection()) {
            for (String sql : List.of("select 1", "select ?", "select ?, ?", "select ?")) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    ParameterMetaData parameters = statement.getParameterMetaData();
                    assertEquals(sql.chars().filter(c -> c == '?').count(), parameters.getParameterCount());
                    for (int i = 1; i <= parameters.getParameterCount(); i++) {
                        statement.setInt(i, i);
                    }
                    statement.executeQuery().close();
                }
            }
        }
    }

    @Test
    void theDatabaseIsAskedOnceForEachStatement() throws SQLException {
        DataSource counting = KnownParameters.of(counting());
        for (int i = 0; i < 3; i++) {
            try (Connection connection = counting.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select ?")) {
                assertEquals(1, statement.getParameterMetaData().getParameterCount());
            }
        }
        assertEquals(1, prepared.get());
    }

    /** Counts how often it is asked for parameters. */
    private DataSource counting() {
        return wrap(DataSource.class, database());
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getParameterMetaData")) {
                        prepared.incrementAndGet();
                    }
                    Object result = method.invoke(target, arguments);
                    if (result instanceof PreparedStatement statement) {
                        return wrap(PreparedStatement.class, statement);
                    }
                    return result instanceof Connection connection ? wrap(Connection.class, connection) : result;
                }));
    }

    @Test
    void aCallCanStillBePrepared() throws SQLException {
        try (Connection connection = known.getConnection();
                CallableStatement call = connection.prepareCall("call abs(?)")) {
            call.setInt(1, -1);
            call.execute();
        }
    }

    @Test
    void whatTheDatabaseThrowsIsThrown() throws SQLException {
        try (Connection connection = known.getConnection()) {
            assertThrows(SQLException.class, () -> connection.prepareStatement("select from nowhere"));
        }
    }
}
