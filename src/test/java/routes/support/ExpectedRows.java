package routes.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Rows of the database against what a fixture's file says of them: the columns that it names, and no more rows than those. */
public final class ExpectedRows {

    private ExpectedRows() {}

    public static void assertRows(JsonNode expected, List<Map<String, Object>> rows) {
        assertEquals(expected.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertColumns(expected.get(i), rows.get(i));
        }
    }

    public static void assertColumns(JsonNode expected, Map<String, Object> row) {
        for (Map.Entry<String, JsonNode> column : expected.properties()) {
            assertEquals(
                    comparable(column.getKey(), column.getValue()),
                    comparable(column.getKey(), row.get(column.getKey())),
                    column.getKey());
        }
    }

    /** Times whatever their zone. */
    private static Object comparable(String column, Object value) {
        if (!column.endsWith("_at") || text(value) == null) {
            return text(value);
        }
        return value instanceof Timestamp time
                ? time.toInstant()
                : value instanceof OffsetDateTime time
                        ? time.toInstant()
                        : OffsetDateTime.parse(text(value)).toInstant();
    }

    /** Numbers whatever their zeroes, the rest as it is. */
    public static String text(Object value) {
        if (value instanceof JsonNode json) {
            return json.isNull() ? null : json.isNumber() ? text(json.decimalValue()) : json.asText();
        }
        return value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : value == null ? null : value.toString();
    }
}
