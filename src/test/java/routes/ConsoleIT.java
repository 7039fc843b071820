package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.auth.SigningKey;
import routes.inbox.Throughput;
import routes.support.Bundle;
import routes.support.ConsoleClient;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** The message browser over plain HTTP, as a browser without scripts has it, on both databases. */
@ParameterizedClass
@EnumSource
class ConsoleIT {

    private static final String MARKER = "Mrs. Marker 1970-01-01";
    private static final String HOSTILE = "<script>alert('x')</script>\"'&";
    private static final String ESCAPED = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&#39;&amp;";
    private static final String PARTNER = "partner-1";
    private static final String TABLE = "jdbc/coverage_discovery_task";
    private static final String CSP =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static Bundle bundle;
    private static Partner server;
    private static String event;
    private static String subject;

    private ConsoleClient operator;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(PARTNER)));
        settings.put("console.enabled", "true");
        settings.put("oauth2.client.chief.secret", Bundle.SECRET_HASH);
        settings.put("oauth2.client.chief.scopes", "operations payloads admin");
        settings.put("callback.retry-schedule", "");
        settings.put("callback.circuit-failures", "1000");
        settings.put("auth.max-failures", "3");
        settings.put("http.trusted-proxies", "127.0.0.1/32");
        bundle = Bundle.start(database.create(), settings);
        server = new Partner();
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(PARTNER, "*");
        registry.register(PARTNER, 1, server.url("/hook?key=hidden"));
        server.answers("/hook?key=hidden", Partner.status(500));
        subject = "task-" + UUID.randomUUID();
        event = post(subject, "failure", "visit-1");
        awaitEnd();
    }

    private static void awaitEnd() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bundle.select("select count(*) from delivery where state = 'pending'"), "0"::equals);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
        server.close();
    }

    @BeforeEach
    void logIn() throws Exception {
        operator = as("operator");
    }

    private static ConsoleClient as(String client) throws Exception {
        return new ConsoleClient(bundle.uri("/")).as(client);
    }

    /** Answers the id of the event. */
    private static String post(String id, String status, String correlationId) throws Exception {
        ObjectNode task =
                (ObjectNode) Bundle.JSON.readTree(Fixtures.bytes("coverage-discovery/valid/02-failure-serial.json"));
        task.put("id", id).put("status", status).put("name", MARKER);
        byte[] payload = Bundle.JSON.writeValueAsBytes(task);
        HttpResponse<String> response = bundle.send(bundle.request(bundle.token("optum"))
                .header("x-optum-correlation-id", correlationId)
                .POST(BodyPublishers.ofByteArray(payload)));
        assertEquals(204, response.statusCode(), response.body());
        return bundle.select("select event_id from event where body_hash = ?", Bundle.hash(payload));
    }

    private static String page(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                CSP, response.headers().firstValue("Content-Security-Policy").orElse(""));
        assertEquals(
                "text/html; charset=utf-8",
                response.headers().firstValue("Content-Type").orElse(""));
        return response.body();
    }

    private static String location(HttpResponse<String> response) {
        assertEquals(303, response.statusCode(), response.body());
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String refused(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "text/html; charset=utf-8",
                response.headers().firstValue("Content-Type").orElse(""));
        return response.body();
    }

    private static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> part + " is not in " + text);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String audits() {
        return bundle.select("select count(*) from audit");
    }

    // ----------------------------------------------------------------------------------------------------- the session

    @Test
    void aSessionIsATokenInACookieThatOnlyThePagesTake() throws Exception {
        HttpResponse<String> login = operator.login("operator", Bundle.SECRET);
        assertEquals("/console", location(login));
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(
                cookie.matches("console-session=[^;]+; Path=/console; Max-Age=3600; HttpOnly; SameSite=Strict"),
                cookie);
        HttpResponse<String> behindProxy = operator.login("operator", Bundle.SECRET, "X-Forwarded-Proto", "https");
        has(behindProxy.headers().firstValue("Set-Cookie").orElseThrow(), "; Secure");

        String token = operator.cookie.replace("console-session=", "");
        HttpResponse<String> api =
                bundle.send(HttpRequest.newBuilder(bundle.uri("/events")).header("Cookie", operator.cookie));
        assertEquals(401, api.statusCode());
        HttpResponse<String> byHeader = bundle.send(
                HttpRequest.newBuilder(bundle.uri("/console/events")).header("Authorization", "Bearer " + token));
        assertEquals("/console/login?to=%2Fconsole%2Fevents", location(byHeader));
        assertNotEquals(token, as("operator").cookie.replace("console-session=", ""));
        operator.cookie += "; console-session=x";
        assertEquals("/console/login?to=%2Fconsole", location(operator.get("/console")), "one that came twice is none");
    }

    @Test
    void whoIsWrongIsToldSoAndWhoGuessesIsSlowed() throws Exception {
        for (int i = 0; i < 3; i++) {
            String page = refused(401, operator.login("auditor", "wrong" + i, "X-Forwarded-For", "192.0.2." + i));
            has(page, "The client id or the secret is wrong.", "name=\"client_secret\"");
        }
        HttpResponse<String> slowed = operator.login("auditor", "wrong", "X-Forwarded-For", "192.0.2.9");
        has(refused(429, slowed), "Too many attempts");
        assertTrue(slowed.headers().firstValue("Retry-After").isPresent());
        location(operator.login("auditor", Bundle.SECRET));
        refused(401, operator.login("auditor", ""));
        has(refused(403, operator.login("optum", Bundle.SECRET)), "lacks the scope operations");
        assertTrue(operator.login("optum", Bundle.SECRET)
                .headers()
                .firstValue("Set-Cookie")
                .isEmpty());
        refused(403, operator.login("operator", Bundle.SECRET, "Origin", "https://evil.example"));
    }

    @Test
    void aSessionEndsWhenItIsLoggedOutOrExpiresOrIsRevoked() throws Exception {
        HttpResponse<String> logout = operator.post("/console/logout", Map.of());
        assertEquals("/console/login", location(logout));
        assertEquals(
                "console-session=; Path=/console; Max-Age=0; HttpOnly; SameSite=Strict",
                logout.headers().firstValue("Set-Cookie").orElseThrow());
        operator.take(logout);
        location(operator.get("/console"));

        ConsoleClient late = new ConsoleClient(bundle.uri("/"));
        late.cookie = session(4102444800L);
        page(late.get("/console"));
        late.cookie = session(1);
        location(late.get("/console"));

        String admin = bundle.token("administrator");
        HttpResponse<String> made = bundle.send(HttpRequest.newBuilder(bundle.uri("/clients"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\": \"temp\", \"scopes\": [\"operations\"]}")));
        assertEquals(201, made.statusCode(), made.body());
        ConsoleClient temp = new ConsoleClient(bundle.uri("/"));
        temp.take(temp.login("temp", Bundle.json(made).get("secret").asText()));
        page(temp.get("/console/events"));
        bundle.send(HttpRequest.newBuilder(bundle.uri("/clients/temp"))
                .header("Authorization", "Bearer " + admin)
                .DELETE());
        await().atMost(Duration.ofSeconds(15))
                .until(() -> temp.get("/console/events").statusCode(), status -> status == 303);
        HttpResponse<String> script = temp.get("/console/events", "HX-Request", "true");
        refused(401, script);
        assertEquals(
                "/console/login", script.headers().firstValue("HX-Redirect").orElseThrow());
    }

    private static String session(long expires) {
        return "console-session="
                + Jwts.signed(
                        SigningKey.of(bundle),
                        Jwts.part("{\"alg\":\"HS256\",\"kid\":\"" + SigningKey.ID + "\"}")
                                + "."
                                + Jwts.part(
                                        "{\"iss\":\"webhook-routes\",\"aud\":\"webhook-routes\",\"sub\":\"operator\","
                                                + "\"scope\":\"operations\",\"exp\":" + expires + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/console/events?state=parked | /console/events?state=parked",
                "/console | /console",
                "//evil.example | /console",
                "https://evil.example/console | /console",
                "/consolex | /console",
                "/console/\\evil | /console",
                "/console/../events | /console",
                "/console/logout | /console"
            })
    void afterTheLoginOneIsWhereOneWantedToBe(String asked, String led) throws Exception {
        String page = page(operator.get("/console/login?to=" + encoded(asked)));
        has(page, "name=\"to\" value=\"" + led + "\"");
    }

    // ------------------------------------------------------------------------------------------------------- the pages

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/console | <h1>Overview</h1> | Events by minute: | tables",
                "/console/events | <h1>Events</h1> | coverage-discovery | Search",
                "/console/deliveries | <h1>Dead letters</h1> | the partner answered 500 | Deliver all of these once more",
                "/console/replays | <h1>Replays</h1> | Dead letters | Callbacks",
                "/console/callbacks | <h1>Callbacks</h1> | WorkflowStateChange | 1 failures in a row",
                "/console/destinations | <h1>Destinations</h1> | lacks | Destinations"
            })
    void everyPageIsThere(String path, String first, String second, String third) throws Exception {
        String page = page(operator.get(path));
        has(page, "<html lang=\"en\"", "Log out", first, second.equals("lacks") ? "needs the scope" : second, third);
        assertFalse(page.contains(MARKER));
        assertFalse(page.contains("key=hidden"), "of a callback's URL only the host");
    }

    @Test
    void theWayOfAnEventIsShown() throws Exception {
        String page = page(operator.get("/console/events/" + event));
        has(
                page,
                "Received",
                "Routed",
                TABLE,
                "callback/" + PARTNER + "/1",
                "the partner answered 500",
                "visit-1",
                subject,
                "<td data-label=\"Answer\">500</td>");
        assertFalse(page.contains(MARKER));
        assertFalse(page.contains("name=\"reason\""), "who may not see payloads is not offered any");
    }

    @Test
    void thePictureCountsTheEventsOfTheLastHour() throws Exception {
        String id = post("task-" + UUID.randomUUID(), "failure", "visit-picture");
        long all = counted();
        assertEquals(bundle.select("select count(*) from event"), Long.toString(all));
        bundle.execute(
                "update event set received_at = received_at - interval '2' hour where event_id = ?",
                UUID.fromString(id));
        assertEquals(all - 1, counted());
        bundle.execute(
                "update event set received_at = received_at + interval '2' hour where event_id = ?",
                UUID.fromString(id));
    }

    /** Now, and not up to ten seconds ago. */
    private static long counted() {
        Throughput throughput = new Throughput();
        throughput.setCamelContext(bundle.context());
        throughput.start();
        return (Long) throughput.lastHour().get("counted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject={subject} | true",
                "subject=&correlationId=visit-1 | true",
                "sender=coverage-discovery&type=task&status=failure&tenant=tenant-1 | true",
                "subject={subject}&from=2026-01-01T10:00&to=2100-01-01T10:00:00 | true",
                "subject={subject}&delivery=dead | true",
                "subject=nobody | false",
                "correlationId=visit-1&state=quarantined | false",
                "correlationId=visit-1&to=2026-01-01T10:00 | false"
            })
    void eventsAreFound(String query, boolean found) throws Exception {
        String page = page(operator.get("/console/events?" + query.replace("{subject}", subject)));
        assertEquals(found, page.contains("/console/events/" + event), page);
    }

    @Test
    void listsGoOnWhereThePageBeforeEnds() throws Exception {
        post("task-" + UUID.randomUUID(), "failure", "visit-paging");
        post("task-" + UUID.randomUUID(), "failure", "visit-paging");
        String first = page(operator.get("/console/events?correlationId=visit-paging&limit=1"));
        Matcher next = Pattern.compile("href=\"(/console/events\\?[^\"]*cursor=\\d+)\"")
                .matcher(first);
        assertTrue(next.find(), first);
        String second = page(operator.get(next.group(1).replace("&amp;", "&")));
        has(second, "There are no older ones");
        assertNotEquals(ids(first), ids(second));
    }

    private static List<String> ids(String page) {
        return Pattern.compile("href=\"/console/events/([0-9a-f-]{36})")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Also what no sender could have stored so: by its reason. */
    @Test
    void whateverIsShownIsEscaped() throws Exception {
        String id = post(HOSTILE, HOSTILE, HOSTILE);
        bundle.execute(
                "update event set type = ?, tenant = ?, reason = ? where event_id = ?",
                HOSTILE,
                HOSTILE,
                HOSTILE,
                UUID.fromString(id));
        bundle.execute("update partner set name = ?", HOSTILE);
        bundle.execute("update delivery set reason = ? where state = 'dead'", HOSTILE);
        String query = "subject=" + encoded(HOSTILE);
        for (String path : List.of(
                "/console/events/" + id,
                "/console/events?" + query,
                "/console/deliveries",
                "/console/deliveries?" + query,
                "/console/callbacks",
                "/console/login?to=/console/" + encoded(HOSTILE))) {
            String page = page(operator.get(path));
            assertFalse(page.contains("<script>alert"), page);
            assertTrue(path.contains("login") || page.contains(ESCAPED), path + " " + page);
        }
        ConsoleClient chief = as("chief");
        String payload = page(chief.post("/console/events/" + id + "/payload", Map.of("reason", HOSTILE)));
        has(payload, "&lt;script&gt;alert(&#39;x&#39;)");
        assertFalse(payload.contains("<script>alert"), payload);
        bundle.execute("update delivery set reason = 'the partner answered 500' where state = 'dead'");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/events/none, 400",
        "/console/events/00000000-0000-4000-8000-000000000000, 404",
        "/console/events?colour=red, 400",
        "/console/events?from=yesterday, 400",
        "/console/deliveries?state=pending, 400",
        "/console/replays/00000000-0000-4000-8000-000000000000, 404",
        "/console/nothing, 404",
        "/console/assets/none.css, 404",
        "/console/assets/..%2fconsole.css, 404",
        "/console/assets/%2e%2e%2f%2e%2e%2fapplication.properties, 400",
        "/console/assets/../application.properties, 400",
        "/console/assets/pico.css/x, 404",
        "/console/assets, 404",
        "/console/logout, 405",
        "/console/destinations/pause, 405"
    })
    void errorsArePages(String path, int status) throws Exception {
        String page = refused(status, operator.get(path));
        has(page, "<h1>", "/console");
    }

    @ParameterizedTest
    @CsvSource({
        "pico.css, text/css; charset=utf-8",
        "console.css, text/css; charset=utf-8",
        "htmx.js, text/javascript; charset=utf-8",
        "icon.svg, image/svg+xml"
    })
    void assetsAreForAnyoneAndForLong(String name, String type) throws Exception {
        Matcher link = Pattern.compile("/console/assets/" + name + "\\?[0-9a-f]+")
                .matcher(operator.get("/console").body());
        assertTrue(link.find());
        HttpResponse<String> asset = bundle.send(HttpRequest.newBuilder(bundle.uri(link.group())));
        assertEquals(200, asset.statusCode());
        assertEquals(type, asset.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "public, max-age=31536000, immutable",
                asset.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "nosniff", asset.headers().firstValue("X-Content-Type-Options").orElse(""));
        HttpResponse<String> ofAnotherVersion =
                bundle.send(HttpRequest.newBuilder(bundle.uri("/console/assets/" + name + "?feedfacefeedface")));
        assertEquals(200, ofAnotherVersion.statusCode());
        assertEquals(
                "no-store",
                ofAnotherVersion.headers().firstValue("Cache-Control").orElse(""));
    }

    /** Not even what says how to answer may come twice. */
    @Test
    void aHeaderThatComesTwiceIsNoTrouble() throws Exception {
        HttpResponse<String> answer = bundle.send(HttpRequest.newBuilder(bundle.uri("/console"))
                .header("HX-Request", "true")
                .header("HX-Request", "true"));
        assertEquals(401, answer.statusCode());
        assertEquals(
                "/console/login", answer.headers().firstValue("HX-Redirect").orElse(""));
    }

    @Test
    void everyAnswerHasTheHeadersThatBrowsersGoBy() throws Exception {
        for (HttpResponse<String> response : List.of(
                operator.get("/console"),
                operator.get("/console/events/none"),
                operator.get("/console/nothing"),
                operator.get("/console/login"),
                operator.login("operator", Bundle.SECRET),
                new ConsoleClient(bundle.uri("/")).get("/console"))) {
            Map<String, List<String>> headers = response.headers().map();
            assertEquals(List.of("nosniff"), headers.get("x-content-type-options"));
            assertEquals(List.of("no-store"), headers.get("cache-control"));
            assertTrue(headers.get("content-security-policy").get(0).startsWith("default-src 'none'"));
            assertTrue(headers.get("referrer-policy").get(0).matches("no-referrer|same-origin"));
        }
    }

    // -------------------------------------------------------------------------------------------------- what is done

    @Test
    void aPayloadIsShownWithAReasonThatIsAuditedFirst() throws Exception {
        ConsoleClient auditor = as("auditor");
        String path = "/console/events/" + event + "/payload";
        has(page(auditor.get("/console/events/" + event)), "name=\"reason\"");
        String before = audits();
        has(refused(400, auditor.post(path, Map.of("reason", " "))), "Say why");
        refused(400, auditor.post(path, Map.of()));
        has(refused(403, operator.post(path, Map.of("reason", "curious"))), "lacks the scope payloads");
        refused(405, auditor.get(path));
        assertEquals(before, audits());
        has(page(auditor.post(path, Map.of("reason", "ticket 17"))), MARKER);
        assertEquals(
                "auditor read payload event " + event + " reason: ticket 17",
                bundle.select(
                        "select actor || ' ' || action || ' ' || target || ' ' || detail from audit order by audit_id desc limit 1"));
    }

    @Test
    void oneEventIsReplayed() throws Exception {
        String id = post("task-" + UUID.randomUUID(), "failure", "visit-replay");
        bundle.execute(
                "delete from delivery_attempt where delivery_id in (select delivery_id from delivery where event_id = ?)",
                UUID.fromString(id));
        bundle.execute("delete from delivery where event_id = ?", UUID.fromString(id));
        String to = location(operator.post("/console/events/" + id + "/replay", Map.of()));
        assertEquals("/console/events/" + id + "?done=replayed", to);
        has(page(operator.get(to)), "once more", TABLE);
        has(
                refused(404, operator.post("/console/events/" + UUID.randomUUID() + "/replay", Map.of())),
                "There is no such event");
    }

    @Test
    void eventsAreReplayedAfterAPreview() throws Exception {
        String correlation = "visit-" + UUID.randomUUID();
        post("task-" + UUID.randomUUID(), "unheard-of", correlation);
        post("task-" + UUID.randomUUID(), "unheard-of", correlation);
        String list = page(operator.get("/console/events?correlationId=" + correlation));
        has(list, "<input type=\"hidden\" name=\"correlationId\" value=\"" + correlation + "\">");
        String before = audits();
        String preview = page(operator.post("/console/events/replay", Map.of("correlationId", correlation)));
        has(preview, "<strong>2</strong> would go", "Nothing has been done yet", "name=\"preview\" value=\"false\"");
        assertEquals(before, audits());
        Map<String, String> asked =
                Map.of("correlationId", correlation, "preview", "false", "limit", "1", "rate", "1000");
        String done = page(operator.post("/console/events/replay", asked));
        has(done, "<strong>1</strong> have been replayed", "Go on with the next ones", "name=\"cursor\"");
        refused(400, operator.post("/console/events/replay", Map.of("preview", "false")));
        refused(400, operator.post("/console/events/replay", Map.of("state", "parked", "limit", "many")));
    }

    @Test
    void deadLettersAreMadeOnceMoreAfterAPreview() throws Exception {
        ConsoleClient chief = as("chief");
        Map<String, String> callback = Map.of("destination", "callback/" + PARTNER + "/1");
        location(chief.post("/console/destinations/pause", callback)); // so that all of it is seen on its way
        String before = audits();
        Map<String, String> filter = Map.of("state", "dead", "subject", subject);
        String preview = page(operator.post("/console/deliveries/replay", filter));
        has(preview, "<strong>1</strong> would be made once more", "Nothing has been done yet");
        assertEquals(before, audits());

        Map<String, String> asked = new HashMap<>(filter);
        asked.putAll(Map.of("preview", "false", "rate", "5", "limit", "10"));
        String to = location(operator.post("/console/deliveries/replay", asked));
        String replay = to.replaceFirst("\\?.*", "");
        has(
                page(operator.get(to)),
                "The replay has begun",
                "waiting for their turn",
                "operator",
                "Take back what waits");
        has(page(operator.get(location(operator.post(replay + "/cancel", Map.of())))), "it was cancelled");
        has(page(operator.get("/console/replays")), replay);

        String delivery = "/console/deliveries/"
                + bundle.select(
                        "select delivery_id from delivery where event_id = ? and state = 'dead'",
                        UUID.fromString(event));
        to = location(operator.post(delivery + "/replay", Map.of()));
        has(page(operator.get(to)), "The delivery is made once more");
        has(refused(409, operator.post(delivery + "/replay", Map.of())), "has not ended");
        location(chief.post("/console/destinations/resume", callback));
        awaitEnd();
    }

    @Test
    void destinationsArePausedAndResumedByWhoMay() throws Exception {
        ConsoleClient chief = as("chief");
        assertFalse(page(operator.get("/console/callbacks")).contains("/console/destinations/pause"));
        for (String destination : List.of(TABLE, "callback/" + PARTNER + "/1")) {
            Map<String, String> fields = Map.of("destination", destination);
            refused(403, operator.post("/console/destinations/pause", fields));
            assertEquals(
                    "/console/destinations?done=paused", location(chief.post("/console/destinations/pause", fields)));
            has(
                    page(chief.get("/console/destinations?done=paused")),
                    "paused</span> by chief",
                    destination,
                    "/console/destinations/resume");
            refused(403, operator.post("/console/destinations/resume", fields));
            location(chief.post("/console/destinations/resume", fields));
        }
        assertEquals("0", bundle.select("select count(*) from paused_destination"));
        refused(404, chief.post("/console/destinations/pause", Map.of("destination", "jdbc/none")));
        refused(400, chief.post("/console/destinations/pause", Map.of()));
    }

    // ---------------------------------------------------------------------------------------------- forged requests

    /** The paths of all forms: none does anything without what a page of ours has hidden in it, nor for another site. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/logout",
                "/console/events/{event}/payload",
                "/console/events/{event}/replay",
                "/console/events/replay",
                "/console/deliveries/{event}/replay",
                "/console/deliveries/replay",
                "/console/replays/{event}/cancel",
                "/console/destinations/pause",
                "/console/destinations/resume"
            })
    void noOtherSiteSendsAForm(String path) throws Exception {
        ConsoleClient chief = as("chief");
        String to = path.replace("{event}", event);
        String before = audits();
        Map<String, String> fields =
                Map.of("reason", "forged", "state", "dead", "preview", "false", "destination", TABLE);
        String own = "http://127.0.0.1:" + bundle.port();
        for (String csrf : List.of("", "0".repeat(64), operator.csrf, chief.csrf.toUpperCase())) {
            Map<String, String> forged = new HashMap<>(fields);
            forged.put("csrf", csrf);
            has(refused(403, chief.post(to, forged, "Origin", own)), "did not come from a page of the console");
        }
        for (String origin :
                List.of("https://evil.example", "null", own + "0", own.replace("127.0.0.1", "localhost"))) {
            has(refused(403, chief.post(to, fields, "Origin", origin)), "Another site has asked for this");
        }
        refused(403, chief.post(to, fields, "X-Forwarded-Proto", "https", "Origin", own));
        assertEquals(before, audits());
        assertEquals(
                303,
                new ConsoleClient(bundle.uri("/")).post(to, fields).statusCode(),
                "and nobody who is not logged in");
    }

    @Test
    void aFormOfOursSaysItsOrigin() throws Exception {
        String own = "http://127.0.0.1:" + bundle.port();
        page(operator.post("/console/events/replay", Map.of("state", "parked"), "Origin", own));
        page(operator.post(
                "/console/events/replay",
                Map.of("state", "parked"),
                "X-Forwarded-Proto",
                "https",
                "Origin",
                own.replace("http", "https")));
    }
}
