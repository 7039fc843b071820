package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.assertError;
import static routes.support.TestRegistry.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;

/** Partners over HTTP, on both databases: what is stored, and what every mistake is answered. */
class PartnersIT extends RegistryCases {

    @Test
    void aPartnerIsCreatedReplacedShownAndRemoved() throws Exception {
        String id = "broker.1_x-" + UUID.randomUUID().toString().substring(0, 8);
        assertError(404, "030101", registry.call(registry.admin(), "GET", "/partners/" + id, null));
        HttpResponse<String> created = registry.putPartner(
                id, "{'name':'One','grants':[{'sender':'s-2','tenant':'*'},{'sender':'s-1','tenant':'Lake, side'}]}");
        assertEquals(200, created.statusCode(), created.body());
        JsonNode view = Bundle.json(created);
        assertEquals(
                Bundle.JSON.readTree(json("[{'sender':'s-1','tenant':'Lake, side'},{'sender':'s-2','tenant':'*'}]")),
                view.get("grants"));
        assertEquals("One", view.get("name").asText());
        assertEquals(id, view.get("id").asText());
        assertEquals(view.get("createdAt"), view.get("updatedAt"));
        assertEquals(view, Bundle.json(registry.call(registry.admin(), "GET", "/partners/" + id, null)));

        JsonNode replaced = Bundle.json(registry.putPartner(id, "{'grants':[{'sender':'s-2','tenant':'*'}]}"));
        assertTrue(replaced.get("name").isNull());
        assertEquals(1, replaced.get("grants").size());
        assertEquals(view.get("createdAt"), replaced.get("createdAt"));
        assertEquals(
                "partner-api/" + id + " s-2/*",
                registry.bundle()
                        .select(
                                "select string_agg(sender || '/' || tenant, ' ' order by sender) from partner_grant where partner_id = ?",
                                id),
                "the grant of its own echoes is kept, and not shown");

        assertEquals(
                204,
                registry.call(registry.admin(), "DELETE", "/partners/" + id, null)
                        .statusCode());
        assertError(404, "030101", registry.call(registry.admin(), "GET", "/partners/" + id, null));
        assertError(404, "030101", registry.call(registry.admin(), "DELETE", "/partners/" + id, null));
        assertEquals(
                List.of(
                        "admin put partner: created, grant added s-1/Lake, side, grant added s-2/*",
                        "admin put partner: name changed, grant removed s-1/Lake, side",
                        "admin delete partner: deleted, callbacks with it: 0"),
                registry.audit("partner " + id));
    }

    @Test
    void theSameGuidIsTheSamePartnerHoweverItIsSpelt() throws Exception {
        String upper = OWN.toUpperCase(Locale.ROOT);
        assertEquals(
                OWN,
                Bundle.json(registry.putPartner(upper, "{'name':'Two'}"))
                        .get("id")
                        .asText());
        assertEquals(
                "Two",
                Bundle.json(registry.call(registry.admin(), "GET", "/partners/" + OWN, null))
                        .get("name")
                        .asText());
        assertEquals(
                200,
                registry.call(registry.partner(), "GET", "/partners/" + upper + "/callbacks", null)
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b%20   | {}                                                                        | 020101",
                "TOO-LONG | {}                                                                        | 020101",
                "x | ``                                                                               | 020701",
                "x | []                                                                               | 020701",
                "x | {                                                                                | 020701",
                "x | {'name':1e9999999999}                                                            | 020701",
                "x | {} {}                                                                            | 020701",
                "x | {'name':'a','name':'b'}                                                          | 020701",
                "x | {'nmae':'a'}                                                                     | 020702",
                "x | {'name':1}                                                                       | 020501",
                "x | {'name':'LONG'}                                                                  | 020501",
                "x | {'name':'a\\u0000b'}                                                             | 020501",
                "x | {'name':'a\\ud800b'}                                                             | 020501",
                "x | {'grants':{}}                                                                    | 020601",
                "x | {'grants':[1]}                                                                   | 020601",
                "x | {'grants':[{'sender':'s'}]}                                                      | 020601",
                "x | {'grants':[{'sender':'s','tenant':'t','more':1}]}                                | 020601",
                "x | {'grants':MANY}                                                                  | 020601",
                "x | {'grants':[{'sender':'S','tenant':'t'}]}                                         | 020602",
                "x | {'grants':[{'sender':'*','tenant':'t'}]}                                         | 020602",
                "x | {'grants':[{'sender':1,'tenant':'t'}]}                                           | 020602",
                "x | {'grants':[{'sender':'partner-api','tenant':'t'}]}                               | 020602",
                "x | {'grants':[{'sender':'s','tenant':''}]}                                          | 020603",
                "x | {'grants':[{'sender':'s','tenant':' t'}]}                                        | 020603",
                "x | {'grants':[{'sender':'s','tenant':'a\\nb'}]}                                     | 020603",
                "x | {'grants':[{'sender':'s','tenant':null}]}                                        | 020603",
                "x | {'grants':[{'sender':'s','tenant':'LONG'}]}                                      | 020603",
                "x?a=b | {}                                                                           | 020001"
            })
    void aPartnerThatCannotBeIsRefused(String id, String body, String code) throws Exception {
        String path = id.replace("TOO-LONG", "a".repeat(65)).replace(" ", "");
        String many = "[" + "{'sender':'s','tenant':'t'},".repeat(1000) + "{'sender':'s','tenant':'t'}]";
        assertError(
                400,
                code,
                registry.putPartner(path, body.replace("LONG", "n".repeat(201)).replace("MANY", many)));
        assertEquals(
                "0", registry.bundle().select("select count(*) from partner where partner_id in ('x', '..', 'abc')"));
    }

    /** The router would go by another path than whoever takes the partner's id from it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"//partners/abc", "/partners//abc", "/partners/x/../abc", "/partners/./abc", "/partners/%61bc"})
    void aPathThatCanBeReadInTwoWaysMakesNoPartner(String path) throws Exception {
        String before = registry.bundle().select("select count(*) from partner");
        HttpResponse<String> response = registry.call(registry.admin(), "PUT", path, "{}");
        assertEquals(400, response.statusCode(), response.body());
        assertEquals("invalid_request", Bundle.json(response).get("error").asText());
        assertEquals(before, registry.bundle().select("select count(*) from partner"));
    }

    @Test
    void aPartnerMayHaveAThousandGrants() throws Exception {
        String grants = String.join(
                ",",
                IntStream.range(0, 1000)
                        .mapToObj(i -> "{'sender':'coverage-discovery','tenant':'tenant " + i + "'}")
                        .toList());
        assertEquals(
                1000,
                Bundle.json(registry.putPartner(OWN, "{'grants':[" + grants + "]}"))
                        .get("grants")
                        .size());
        assertEquals(
                2000, registry.audit("partner " + OWN).get(1).split(": ", 2)[1].length(), "cut to its column");
        assertEquals(
                0, Bundle.json(registry.putPartner(OWN, "{}")).get("grants").size());
        assertError(413, "050701", registry.putPartner(OWN, "{'name':'" + " ".repeat(1024 * 1024) + "'}"));
    }
}
