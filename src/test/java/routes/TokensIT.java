package routes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.SecretHash;
import routes.support.TestDatabase;

/** The token endpoint, as it is spoken to over HTTP: RFC 6749 sections 2.3.1, 4.4 and 5. */
class TokensIT {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Has every character that HTTP Basic, a form and JSON must escape, each in its own way. */
    private static final String ODD_SECRET = "a+b %41:c&d=\"ü/€";

    private static final String GOOD_FORM =
            "grant_type=client_credentials&client_id=auditor&client_secret=" + Bundle.SECRET;
    private static final String GOOD_JSON = json("client_credentials", "auditor", Bundle.SECRET);

    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of(
                        "oauth2.client.odd.secret", SecretHash.of(ODD_SECRET),
                        "oauth2.client.odd.scopes", "operations",
                        "oauth2.client.rotating.secret", Bundle.SECRET_HASH + ", " + SecretHash.of("the-next-secret"),
                        "oauth2.client.rotating.scopes", "operations",
                        "oauth2.token-lifetime-seconds", "1234"));
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    private static String json(String grantType, String id, String secret) {
        return Bundle.JSON
                .createObjectNode()
                .put("grant_type", grantType)
                .put("client_id", id)
                .put("client_secret", secret)
                .toString();
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(String contentType, String authorization) {
        return request("/oauth2/token", contentType, authorization);
    }

    private static HttpRequest.Builder request(String path, String contentType, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(bundle.uri(path)).header("X-Mine", "mine-" + Bundle.SECRET);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private static HttpResponse<String> post(String contentType, String authorization, String body) throws Exception {
        return bundle.send(request(contentType, authorization).POST(BodyPublishers.ofString(body)));
    }

    /** Nothing of a request comes back in the headers, nor in the body of an error. */
    private static void assertEchoesNothing(HttpResponse<String> response) {
        response.headers()
                .map()
                .forEach((name, values) -> assertFalse(
                        List.of("x-mine", "authorization", "client_id", "client_secret", "grant_type")
                                        .contains(name.toLowerCase(Locale.ROOT))
                                || values.stream().anyMatch(TokensIT::tellsSecret),
                        () -> "echoed: " + name));
        assertFalse(tellsSecret(response.body()));
    }

    private static boolean tellsSecret(String text) {
        return Stream.of(Bundle.SECRET, ODD_SECRET, "wrong-secret").anyMatch(text::contains);
    }

    /** A way to ask for a token. */
    private record Way(String name, String contentType, String authorization, String body) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> waysToAsk() {
        String grant = "grant_type=client_credentials";
        return Stream.of(
                new Way("JSON", JSON, null, GOOD_JSON),
                new Way("JSON in UTF-8", JSON + "; charset=utf-8", null, GOOD_JSON),
                new Way("JSON, whatever charset it claims", JSON + "; charset=utf-16", null, GOOD_JSON),
                new Way(
                        "JSON with other members",
                        JSON,
                        null,
                        GOOD_JSON.replace("}", ",\"audience\":\"x\",\"n\":[1]}")),
                new Way(
                        "JSON and Basic",
                        JSON,
                        basic("auditor", Bundle.SECRET),
                        "{\"grant_type\":\"client_credentials\"}"),
                new Way("form", FORM, null, GOOD_FORM),
                new Way("form in UTF-8", FORM + ";charset=UTF-8", null, GOOD_FORM),
                new Way("form with an empty scope", FORM, null, GOOD_FORM + "&scope="),
                new Way("form and Basic", FORM, basic("auditor", Bundle.SECRET), grant),
                new Way(
                        "form and basic in lower case",
                        FORM,
                        basic("auditor", Bundle.SECRET).replace("Basic", "basic"),
                        grant),
                new Way("one of two secrets", JSON, null, json("client_credentials", "rotating", Bundle.SECRET)),
                new Way(
                        "the other of two secrets",
                        JSON,
                        null,
                        json("client_credentials", "rotating", "the-next-secret")),
                new Way("odd secret, JSON", JSON, null, json("client_credentials", "odd", ODD_SECRET)),
                new Way("odd secret, form", FORM, null, grant + "&client_id=odd&client_secret=" + encoded(ODD_SECRET)),
                new Way("odd secret, Basic as it is", FORM, basic("odd", ODD_SECRET), grant),
                new Way("odd secret, Basic form-encoded", FORM, basic("odd", encoded(ODD_SECRET)), grant),
                new Way(
                        "odd secret, Basic percent-encoded",
                        FORM,
                        basic("odd", encoded(ODD_SECRET).replace("+", "%20")),
                        grant));
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void everyWayToAskGivesATokenThatWorks(Way way) throws Exception {
        HttpResponse<String> response = post(way.contentType, way.authorization, way.body);
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answer = Bundle.json(response);
        List<String> members = new ArrayList<>();
        answer.fieldNames().forEachRemaining(members::add);
        assertEquals(List.of("access_token", "token_type", "expires_in", "scope"), members);
        assertEquals("Bearer", answer.get("token_type").asText());
        assertEquals(1234, answer.get("expires_in").intValue());
        assertTrue(answer.get("scope").asText().startsWith("operations"));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals("no-cache", response.headers().firstValue("Pragma").orElse(""));
        assertEquals(JSON, response.headers().firstValue("Content-Type").orElse(""));
        assertEchoesNothing(response);
        bundle.get(answer.get("access_token").asText(), "/events");
    }

    @Test
    void aTokenHasAllScopesOfItsClientOrThoseAskedFor() throws Exception {
        assertAll(
                () -> assertEquals("operations payloads", scope(GOOD_FORM)),
                () -> assertEquals("payloads", scope(GOOD_FORM + "&scope=payloads")),
                () -> assertEquals("operations payloads", scope(GOOD_FORM + "&scope=payloads+operations+payloads")));
        String token = Bundle.json(post(FORM, null, GOOD_FORM + "&scope=payloads"))
                .get("access_token")
                .asText();
        HttpResponse<String> listed =
                bundle.send(HttpRequest.newBuilder(bundle.uri("/events")).header("Authorization", "Bearer " + token));
        assertEquals(403, listed.statusCode());
    }

    private static String scope(String form) throws Exception {
        return Bundle.json(post(FORM, null, form)).get("scope").asText();
    }

    /** A request that is refused, and how. */
    private record Wrong(String name, String contentType, String authorization, String body, int status, String error) {

        @Override
        public String toString() {
            return name;
        }

        static Wrong request(String name, String contentType, String body) {
            return new Wrong(name, contentType, null, body, 400, "invalid_request");
        }

        static Wrong client(String name, String contentType, String authorization, String body) {
            return new Wrong(name, contentType, authorization, body, 401, "invalid_client");
        }
    }

    static Stream<Wrong> wrongRequests() {
        String grant = "grant_type=client_credentials";
        String authorizationCode = GOOD_FORM.replace("client_credentials", "authorization_code");
        return Stream.of(
                Wrong.request("form without grant_type", FORM, GOOD_FORM.replace("grant_type", "grant")),
                Wrong.request("JSON without grant_type", JSON, GOOD_JSON.replace("grant_type", "grant")),
                Wrong.request("JSON with a number as grant_type", JSON, "{\"grant_type\":1}"),
                new Wrong("form with another grant", FORM, null, authorizationCode, 400, "unsupported_grant_type"),
                new Wrong(
                        "JSON with another grant",
                        JSON,
                        null,
                        json("password", "auditor", Bundle.SECRET),
                        400,
                        "unsupported_grant_type"),
                new Wrong(
                        "empty grant_type",
                        JSON,
                        null,
                        json("", "auditor", Bundle.SECRET),
                        400,
                        "unsupported_grant_type"),
                new Wrong("scope of others", FORM, null, GOOD_FORM + "&scope=operations+admin", 400, "invalid_scope"),
                new Wrong(
                        "scope unknown", JSON, null, GOOD_JSON.replace("}", ",\"scope\":\"x\"}"), 400, "invalid_scope"),
                Wrong.client("wrong secret", FORM, null, grant + "&client_id=auditor&client_secret=wrong-secret"),
                Wrong.client("wrong secret in JSON", JSON, null, json("client_credentials", "auditor", "wrong-secret")),
                Wrong.client(
                        "neither of two secrets", JSON, null, json("client_credentials", "rotating", "wrong-secret")),
                Wrong.client("an id that no client may have", JSON, null, json("client_credentials", "a b\0", "x")),
                Wrong.client("unknown client", JSON, null, json("client_credentials", "nobody", Bundle.SECRET)),
                Wrong.client("empty secret", JSON, null, json("client_credentials", "auditor", "")),
                Wrong.client("empty id", JSON, null, json("client_credentials", "", Bundle.SECRET)),
                Wrong.client("no secret", FORM, null, grant + "&client_id=auditor"),
                Wrong.client("no id", FORM, null, grant + "&client_secret=" + Bundle.SECRET),
                Wrong.client("secret with NUL", JSON, null, json("client_credentials", "auditor", "\0")),
                Wrong.client("Basic, wrong secret", FORM, basic("auditor", "wrong-secret"), grant),
                Wrong.client("Basic, wrong secret with percent signs", FORM, basic("auditor", "%zz%41"), grant),
                Wrong.client("Basic, unknown client", FORM, basic("nobody", Bundle.SECRET), grant),
                Wrong.client("Basic, not base64", FORM, "Basic ***", grant),
                Wrong.client("Basic, nothing", FORM, "Basic", grant),
                Wrong.client(
                        "Basic, no colon",
                        FORM,
                        "Basic " + Base64.getEncoder().encodeToString("auditor".getBytes(StandardCharsets.UTF_8)),
                        grant),
                Wrong.client("bearer instead of Basic", FORM, "Bearer x", grant),
                new Wrong(
                        "Basic and secret in the form",
                        FORM,
                        basic("auditor", Bundle.SECRET),
                        GOOD_FORM,
                        400,
                        "invalid_request"),
                new Wrong(
                        "Basic and secret in the JSON",
                        JSON,
                        basic("auditor", Bundle.SECRET),
                        GOOD_JSON,
                        400,
                        "invalid_request"),
                Wrong.request("JSON posted as a form", FORM, GOOD_JSON),
                Wrong.request("form posted as JSON", JSON, GOOD_FORM),
                Wrong.request("broken JSON", JSON, GOOD_JSON.replace("}", "")),
                Wrong.request("JSON array", JSON, "[" + GOOD_JSON + "]"),
                Wrong.request("JSON text", JSON, "\"x\""),
                Wrong.request("JSON null", JSON, "null"),
                // bytes that a parser takes for UTF-32, and then fails on
                Wrong.request("JSON after NULs", JSON, "\0\0\0\u00ab" + GOOD_JSON),
                Wrong.request("JSON and more", JSON, GOOD_JSON + "{}"),
                Wrong.request("JSON much too deep", JSON, "[".repeat(8000)),
                Wrong.request("secret twice in the form", FORM, GOOD_FORM + "&client_secret=" + Bundle.SECRET),
                Wrong.request("grant_type twice in the form", FORM, GOOD_FORM + "&" + grant),
                Wrong.request("JSON of 20 kB", JSON, GOOD_JSON.replace("}", ",\"x\":\"" + "x".repeat(20_000) + "\"}")),
                Wrong.request("JSON with nothing in it", JSON, ""),
                Wrong.request("form with nothing in it", FORM, ""),
                Wrong.request("neither body nor type", null, ""),
                new Wrong(
                        "multipart",
                        "multipart/form-data; boundary=b",
                        null,
                        "--b\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient_credentials\r\n--b--\r\n",
                        415,
                        "invalid_request"),
                new Wrong(
                        "multipart without a boundary", "multipart/form-data", null, GOOD_FORM, 415, "invalid_request"),
                Wrong.request("no JSON, in an unknown charset", JSON + "; charset=x-nothing", "{"),
                Wrong.request("no JSON, in UTF-16", JSON + "; charset=utf-16", "{"),
                Wrong.request("form with a broken escape", FORM, "grant_type=%zz&client_secret=" + Bundle.SECRET),
                Wrong.request("form field of 20 kB", FORM, GOOD_FORM + "&x=" + "x".repeat(20_000)));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void aWrongRequestGetsTheErrorOfRfc6749AsJson(Wrong wrong) throws Exception {
        HttpResponse<String> response = post(wrong.contentType, wrong.authorization, wrong.body);
        assertEquals(wrong.status, response.statusCode(), response.body());
        JsonNode answer = Bundle.json(response);
        assertEquals(wrong.error, answer.get("error").asText());
        assertFalse(answer.get("error_description").asText().isBlank());
        assertEquals(JSON, response.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        boolean basic = wrong.authorization != null && wrong.authorization.startsWith("Basic");
        assertEquals(
                wrong.status == 401 && basic ? "Basic realm=\"token\"" : "",
                response.headers().firstValue("WWW-Authenticate").orElse(""));
        assertEchoesNothing(response);
    }

    @Test
    void anUnknownClientAndAWrongSecretAreToldApartByNobody() throws Exception {
        HttpResponse<String> unknown = post(JSON, null, json("client_credentials", "nobody", "wrong-secret"));
        HttpResponse<String> wrong = post(JSON, null, json("client_credentials", "auditor", "wrong-secret"));
        assertEquals(wrong.statusCode(), unknown.statusCode());
        assertEquals(wrong.body(), unknown.body());
        assertEquals(wrong.headers(), unknown.headers());
    }

    /** No page of somebody else's may read an answer in a browser. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "OPTIONS"})
    void noOriginIsLetIn(String method) throws Exception {
        HttpResponse<String> response = bundle.send(request(FORM, null)
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method(method, BodyPublishers.ofString(GOOD_FORM)));
        assertEquals(method.equals("POST") ? 200 : 405, response.statusCode());
        assertTrue(response.headers().map().keySet().stream()
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control")));
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, FORM})
    void aHugeBodyIsRefused(String contentType) throws Exception {
        HttpResponse<String> response = post(contentType, null, GOOD_FORM + "&x=" + "x".repeat(11_000_000));
        assertEquals(413, response.statusCode());
        assertEquals("invalid_request", Bundle.json(response).get("error").asText());
        assertEchoesNothing(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void anyMethodButPostIsRefused(String method) throws Exception {
        HttpResponse<String> response =
                bundle.send(request(FORM, null).method(method, BodyPublishers.ofString(GOOD_FORM)));
        assertEquals(405, response.statusCode());
        assertEquals("POST", response.headers().firstValue("Allow").orElse(""));
        assertEquals("method_not_allowed", Bundle.json(response).get("error").asText());
        assertEchoesNothing(response);
    }

    /** RFC 6749 section 2.3.1: never in the URI, which ends up in the logs of proxies. */
    @Test
    void credentialsInTheQueryAreNotTaken() throws Exception {
        for (String type : List.of(FORM, JSON)) {
            HttpResponse<String> response = bundle.send(
                    request("/oauth2/token?" + GOOD_FORM, type, null).POST(BodyPublishers.noBody()));
            assertEquals(400, response.statusCode());
            assertEchoesNothing(response);
        }
        HttpResponse<String> added = bundle.send(request("/oauth2/token?client_secret=" + Bundle.SECRET, FORM, null)
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=auditor")));
        assertFalse(added.statusCode() < 400);
        assertEchoesNothing(added);
    }

    @Test
    void aHeaderThatDecidesMustComeOnce() throws Exception {
        List<Consumer<HttpRequest.Builder>> twice = List.of(
                request -> request.header("Authorization", basic("auditor", Bundle.SECRET)),
                request -> request.header("Content-Type", JSON));
        for (Consumer<HttpRequest.Builder> second : twice) {
            HttpRequest.Builder request = request(FORM, basic("auditor", Bundle.SECRET));
            second.accept(request);
            HttpResponse<String> response =
                    bundle.send(request.POST(BodyPublishers.ofString("grant_type=client_credentials")));
            assertEquals(400, response.statusCode());
            assertEquals("invalid_request", Bundle.json(response).get("error").asText());
        }
    }

    /** What the scripts of the vendor's Postman collection expect, request by request. */
    @Test
    void theFiveRequestsOfTheVendorsCollection() throws Exception {
        HttpResponse<String> authenticated = post(JSON, null, json("client_credentials", "optum", Bundle.SECRET));
        assertEquals(200, authenticated.statusCode());
        String token = Bundle.json(authenticated).get("access_token").asText();

        HttpResponse<String> badCredentials =
                post(JSON, null, json("client_credentials", "optum_invalid", Bundle.SECRET + "_invalid"));
        assertTrue(badCredentials.statusCode() >= 401);
        assertTrue(Bundle.json(badCredentials).isObject());

        byte[] success = Fixtures.task(
                "coverage-discovery/valid/01-success-chained-everything.json",
                UUID.randomUUID().toString());
        assertEquals(204, bundle.post(token, success).statusCode());

        byte[] failure = Fixtures.failedTask(UUID.randomUUID());
        assertEquals(204, bundle.post(token, failure).statusCode());

        HttpResponse<String> withoutToken =
                bundle.send(HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                        .header("x-optum-tenant-id", Bundle.TENANT)
                        .header("x-optum-correlation-id", "a-correlation-id")
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofByteArray(failure)));
        assertEquals(403, withoutToken.statusCode());
        assertTrue(Bundle.json(withoutToken).isObject());
    }
}
