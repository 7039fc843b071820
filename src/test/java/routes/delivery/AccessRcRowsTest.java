package routes.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRcRowsTest {

    @ParameterizedTest
    @CsvSource({
        "04/17/2026 06:42:29,           2026-04-17T06:42:29Z",
        "4/7/2026 6:2:9,                2026-04-07T06:02:09Z",
        "02/29/2028 23:59:59,           2028-02-29T23:59:59Z",
        "02/29/2026 23:59:59,",
        "17/04/2026 06:42:29,",
        "04/17/2026 24:00:00,",
        "04/17/2026,",
        "04/17/0000 06:42:29,",
        "04/17/99999 06:42:29,",
        "2026-04-17T06:42:29,           2026-04-17T06:42:29Z",
        "2026-04-17T06:42:29.123456789, 2026-04-17T06:42:29.123456789Z",
        "2026-04-17T06:42:29+02:00,     2026-04-17T04:42:29Z",
        "yesterday,",
        ","
    })
    void aTimeIsReadMonthFirstOrAsIso(String text, String time) {
        String read = AccessRcRows.time(text) == null
                ? null
                : AccessRcRows.time(text).toInstant().toString();
        assertEquals(time, read);
    }
}
