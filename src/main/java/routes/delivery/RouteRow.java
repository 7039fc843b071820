package routes.delivery;

import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * A row that a route puts together itself, a column a line, for a table that needs no class of its own: the named parameters of the
 * statements that follow. Values are made to fit as {@link Columns} does it. The route has unmarshalled the payload into the variable
 * {@code event}.
 */
@BindToRegistry("row")
public class RouteRow {

    private static final String PROPERTY = "row";

    /** Begins with what every row has: tenant, subject, status, occurred_at, event_id and event_order. */
    public void open(Exchange exchange) {
        Columns row = Rows.row(exchange, exchange.getVariable("event"))
                .set("subject", Rows.text(exchange, "subject"))
                .set("status", exchange.getVariable("status"))
                .set("occurred_at", exchange.getVariable("occurredAt"));
        exchange.setProperty(PROPERTY, row);
        exchange.getMessage().setHeader(JdbcConstants.JDBC_PARAMETERS, row.values());
    }

    /** An id, a code, or another word: {@code varchar(200)}. */
    public void id(Exchange exchange, String column, String path) {
        row(exchange).id(column, path);
    }

    /** Text of up to so many characters. */
    public void text(Exchange exchange, String column, String path, int length) {
        row(exchange).text(column, path, length);
    }

    /** A number: {@code numeric(19, 4)}. */
    public void number(Exchange exchange, String column, String path) {
        row(exchange).number(column, path);
    }

    /** True, false or null: {@code boolean}. */
    public void flag(Exchange exchange, String column, String path) {
        row(exchange).flag(column, path);
    }

    /** Two columns, {@code date}, and {@code varchar(64)} with the text as it came: {@code <column>_text}. */
    public void date(Exchange exchange, String column, String path) {
        row(exchange).date(column, path);
    }

    /** Two columns, {@code timestamp(6) with time zone}, and {@code varchar(64)} with the text as it came: {@code <column>_text}. */
    public void time(Exchange exchange, String column, String path) {
        row(exchange).time(column, path);
    }

    private static Columns row(Exchange exchange) {
        Columns row = exchange.getProperty(PROPERTY, Columns.class);
        if (row == null) {
            throw new IllegalStateException("bean(\"row\", ...) needs bean(\"row\", \"open\") before it");
        }
        return row;
    }
}
