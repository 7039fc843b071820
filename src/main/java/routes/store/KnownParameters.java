package routes.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * A data source that asks the database once how many parameters a statement has. camel-jdbc asks before each execution, which on
 * PostgreSQL is another round trip, and has its driver forget the plan that it had prepared.
 */
final class KnownParameters {

    private static final int MOST = 1_000;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    private KnownParameters() {}

    /** The same data source, with that knowledge. */
    static DataSource of(DataSource pool) {
        KnownParameters known = new KnownParameters();
        return around(DataSource.class, pool, (method, arguments, result) -> known.connection(result));
    }

    private Object connection(Object result) {
        return result instanceof Connection connection
                ? around(
                        Connection.class,
                        connection,
                        (method, arguments, made) -> method.getName().equals("prepareStatement")
                                ? counted((PreparedStatement) made, arguments[0].toString())
                                : made)
                : result;
    }

    private PreparedStatement counted(PreparedStatement statement, String sql) {
        InvocationHandler handler =
                (proxy, method, arguments) -> method.getName().equals("getParameterMetaData")
                        ? count(statement, sql)
                        : invoke(statement, method, arguments);
        return proxy(PreparedStatement.class, handler);
    }

    private ParameterMetaData count(PreparedStatement statement, String sql) throws SQLException {
        Integer count = counts.get(sql);
        if (count == null) {
            count = statement.getParameterMetaData().getParameterCount();
            if (counts.size() < MOST) {
                counts.put(sql, count);
            }
        }
        int known = count;
        return proxy(ParameterMetaData.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getParameterCount")) {
                return known;
            }
            return invoke(statement.getParameterMetaData(), method, arguments);
        });
    }

    /** What is made of the result of a method. */
    private interface Then {
        Object of(Method method, Object[] arguments, Object result);
    }

    private static <T> T around(Class<T> type, T target, Then then) {
        return proxy(type, (proxy, method, arguments) -> then.of(method, arguments, invoke(target, method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
