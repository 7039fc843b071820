package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bank leaves open about an echo's body, and what is made of it. In the tables, a quote is written as '. */
class EchoBodyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOTH_OR_NEITHER = "exactly one of processUniqueId and simulationUniqueId must be there";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // beside rawBody, in it, in both; in all spellings
                "{'processUniqueId':'p','rawBody':{'a':1}}                            | processUniqueId    | p",
                "{'processUniqueID':'p','rawBody':{'a':1}}                            | processUniqueId    | p",
                "{'rawBody':{'a':1,'processUniqueId':'p'}}                            | processUniqueId    | p",
                "{'rawBody':{'processUniqueID':'p','a':1}}                            | processUniqueId    | p",
                "{'processUniqueId':'p','rawBody':{'a':1,'processUniqueID':'p'}}      | processUniqueId    | p",
                "{'simulationUniqueId':'s','rawBody':{'a':1}}                         | simulationUniqueId | s",
                "{'simulationUniqueID':'s','rawBody':{'a':1}}                         | simulationUniqueId | s",
                "{'rawBody':{'a':1,'simulationUniqueId':'s'}}                         | simulationUniqueId | s",
                "{'rawBody':{'a':1,'simulationUniqueID':'s'}}                         | simulationUniqueId | s",
                // null and empty count as absent
                "{'processUniqueId':'p','simulationUniqueId':null,'rawBody':{'a':1}}  | processUniqueId    | p",
                "{'processUniqueId':'','simulationUniqueId':'s','rawBody':{'a':1}}    | simulationUniqueId | s",
                "{'processUniqueId':'p','rawBody':{'a':1,'simulationUniqueID':''}}    | processUniqueId    | p",
                "{'processUniqueId':'','rawBody':{'a':1,'processUniqueId':'p'}}       | processUniqueId    | p",
                // rawBody as a string that holds an object
                "{'processUniqueId':'p','rawBody':'{\\'a\\':1}'}                      | processUniqueId    | p",
                "{'rawBody':'{\\'a\\':1,\\'simulationUniqueID\\':\\'s\\'}'}           | simulationUniqueId | s",
                // what else is beside it is not sent on
                "{'notificationTypeID':9,'processUniqueId':'p','x':1,'rawBody':{'a':1}} | processUniqueId  | p"
            })
    void everyFormIsTheSameNotification(String body, String name, String id) throws Exception {
        EchoBody echo = read(body);
        assertEquals(id, echo.id());
        assertEquals(
                JSON.readTree(json("{'notificationTypeID':7,'" + name + "':'" + id + "','rawBody':{'a':1}}")),
                JSON.readTree(echo.notification()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'rawBody':{'a':1}}                                                 | " + BOTH_OR_NEITHER,
                "{'processUniqueId':null,'simulationUniqueId':'','rawBody':{}}       | " + BOTH_OR_NEITHER,
                "{'processUniqueId':'p','simulationUniqueId':'s','rawBody':{}}       | " + BOTH_OR_NEITHER,
                "{'processUniqueId':'p','rawBody':{'simulationUniqueId':'s'}}        | " + BOTH_OR_NEITHER,
                "{'rawBody':{'processUniqueID':'p','simulationUniqueId':'s'}}        | " + BOTH_OR_NEITHER,
                "{'rawBody':'{\\'processUniqueId\\':\\'p\\'','simulationUniqueId':''}| " + BOTH_OR_NEITHER,
                "{'processUniqueId':'p','processUniqueID':'q','rawBody':{}}          | processUniqueId is there twice, with different values",
                "{'simulationUniqueId':'s','rawBody':{'simulationUniqueId':'t'}}     | simulationUniqueId is there twice, with different values",
                "{'processUniqueId':1,'rawBody':{}}                                  | processUniqueId must be text",
                "{'rawBody':{'simulationUniqueId':{}}}                               | simulationUniqueId must be text",
                "{'processUniqueId':'p','processUniqueId':'p','rawBody':{}}          | not a JSON object in UTF-8",
                "{'processUniqueId':'p','rawBody':{}} x                              | not a JSON object in UTF-8",
                "{'processUniqueId':'p','rawBody':{'n':1e9999999999}}                | not a JSON object in UTF-8",
                "[]                                                                  | not a JSON object in UTF-8",
                "``                                                                  | not a JSON object in UTF-8"
            })
    void whatIsNotOneOfThemIsUnusable(String body, String reason) {
        assertEquals(
                reason, assertThrows(EchoBody.Unusable.class, () -> read(body)).getMessage());
    }

    /** The schema of the type says what is wrong with it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'processUniqueId':'p'}                        | {'notificationTypeID':7,'processUniqueId':'p'}",
                "{'processUniqueId':'p','rawBody':null}         | {'notificationTypeID':7,'processUniqueId':'p','rawBody':null}",
                "{'processUniqueId':'p','rawBody':'text'}       | {'notificationTypeID':7,'processUniqueId':'p','rawBody':'text'}",
                "{'processUniqueId':'p','rawBody':'{\\'n\\':1e9999999999}'} | {'notificationTypeID':7,'processUniqueId':'p','rawBody':'{\\'n\\':1e9999999999}'}",
                "{'processUniqueId':'p','rawBody':'[1]'}        | {'notificationTypeID':7,'processUniqueId':'p','rawBody':'[1]'}",
                "{'processUniqueId':'p','rawBody':[1]}          | {'notificationTypeID':7,'processUniqueId':'p','rawBody':[1]}"
            })
    void aRawBodyThatIsNoObjectIsLeftToTheSchema(String body, String notification) throws Exception {
        assertEquals(JSON.readTree(json(notification)), JSON.readTree(read(body).notification()));
    }

    @Test
    void valuesGoOutAsTheyCameIn() throws Exception {
        String raw = "{\"n\":1.10,\"big\":12345678901234567890.123456789,\"e\":1E+400,"
                + "\"text\":\"\\u00e9 \\ud83d\\ude00 \\ud800\"}";
        byte[] notification =
                read("{'processUniqueId':'p','rawBody':" + raw + "}").notification();
        assertEquals(
                "{\"notificationTypeID\":7,\"processUniqueId\":\"p\",\"rawBody\":" + raw + "}",
                new String(notification, StandardCharsets.US_ASCII)
                        .replace("\\u00E9", "\\u00e9")
                        .replace("\\uD83D\\uDE00", "\\ud83d\\ude00")
                        .replace("\\uD800", "\\ud800"));
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        byte[] body = "{\"processUniqueId\":\"p\",\"rawBody\":{}}".getBytes(StandardCharsets.UTF_16BE);
        assertThrows(EchoBody.Unusable.class, () -> EchoBody.read(7, body));
    }

    private static EchoBody read(String body) throws Exception {
        return EchoBody.read(7, json(body).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
