package routes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/**
 * The console in a real browser, wide and narrow, with scripts and without: that the journeys of an operator lead where they should, nothing
 * is wider than the screen, nothing is asked of anybody else, no rule of the page is broken, and whoever cannot see or point can use it.
 */
class ConsoleBrowserIT {

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path SHOTS = Path.of("target/console");
    private static final String PARTNER = "0a4f2f86-3f5a-4b58-8a8e-9f6f2a1f0c12";
    private static final String CALLBACK = "callback/" + PARTNER + "/1";

    private static Bundle bundle;
    private static Partner server;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        if (!Files.isExecutable(CHROMIUM)) {
            return; // each test says so
        }
        Map<String, String> settings = new HashMap<>(Registry.clients(List.of(PARTNER)));
        settings.put("console.enabled", "true");
        settings.put("oauth2.client.maria.secret", Bundle.SECRET_HASH);
        settings.put("oauth2.client.maria.scopes", "operations payloads admin");
        settings.put("oauth2.client.optum.tenants", "*");
        settings.put("metrics.database-seconds", "1");
        settings.put("callback.retry-schedule", "1s");
        settings.put("callback.circuit-failures", "1000");
        bundle = Bundle.start(TestDatabase.POSTGRESQL.create(), settings);
        server = new Partner();
        Registry registry = new Registry(bundle.uri("/"));
        registry.grant(PARTNER, "lakeside");
        registry.register(PARTNER, 1, server.url("/hook"));
        server.answers("/hook", Partner.status(204), Partner.status(204), Partner.status(503));
        for (int i = 1; i <= 45; i++) {
            post(
                    "visit-" + (1000 + i),
                    i % 9 == 0 ? "unheard-of" : i % 2 == 0 ? "failure" : "success",
                    i % 4 == 0 ? "riverside" : "lakeside");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bundle.select("select count(*) from delivery where state = 'pending'"), "0"::equals);
        spread();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @BeforeEach
    void needsChromium() {
        assumeTrue(
                browser != null,
                "needs Chromium at " + CHROMIUM + ": install it, or say where it is with -Dchromium=...");
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (bundle != null) {
            bundle.close();
            server.close();
        }
    }

    private static void post(String correlationId, String status, String tenant) throws Exception {
        ObjectNode task =
                (ObjectNode) Bundle.JSON.readTree(Fixtures.bytes("coverage-discovery/valid/02-failure-serial.json"));
        task.put(
                        "id",
                        java.util
                                .UUID
                                .nameUUIDFromBytes(correlationId.getBytes())
                                .toString())
                .put("status", status);
        assertEquals(
                204,
                bundle.send(HttpRequest.newBuilder(bundle.uri("/webhooks/coverage-discovery"))
                                .header("Authorization", "Bearer " + bundle.token("optum"))
                                .header("x-optum-tenant-id", tenant)
                                .header("x-optum-correlation-id", correlationId)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(task.toString())))
                        .statusCode());
    }

    /** Over the last hour, more and more, so that there is a picture. */
    private static void spread() {
        List<Map<String, Object>> events = bundle.rows("select event_id from event order by commit_sequence desc");
        for (int i = 0; i < events.size(); i++) {
            bundle.execute(
                    "update event set received_at = received_at - ? * interval '1' minute where event_id = ?",
                    i * i / 36,
                    events.get(i).get("event_id"));
        }
    }

    /** Somebody at the browser, and all that must not happen there. */
    private static final class Visit implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final String name;
        private final boolean scripts;
        private final List<String> errors = new ArrayList<>();

        Visit(int width, boolean scripts) {
            this.name = width + (scripts ? "" : "-noscript");
            this.scripts = scripts;
            context = browser.newContext(new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setJavaScriptEnabled(scripts)
                    .setBaseURL(bundle.uri("").toString()));
            context.onRequest(request -> {
                if (!request.url().startsWith(bundle.uri("/console").toString())
                        && !request.url().startsWith("data:")) {
                    errors.add("asked " + request.url());
                }
            });
            context.onConsoleMessage(message -> {
                if (List.of("error", "warning").contains(message.type())) {
                    errors.add(message.text());
                }
            });
            context.onWebError(error -> errors.add(error.error()));
            page = context.newPage();
        }

        void logIn() {
            page.navigate("/console");
            look("login");
            page.getByLabel("Client id").fill("maria");
            page.getByLabel("Secret").fill(Bundle.SECRET);
            press("Log in");
        }

        void press(String button) {
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(button).setExact(true))
                    .first()
                    .click();
        }

        void follow(String link) {
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(link).setExact(true))
                    .first()
                    .click();
        }

        Locator heading(String text) {
            return page.getByRole(
                    AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
        }

        /** Takes a picture, and looks for what is wrong with the page. */
        void look(String shot) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SHOTS.resolve(shot + "-" + name + ".png"))
                    .setFullPage(true));
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertEquals(0, over, shot + " is wider than the screen");
            if (scripts) {
                List<?> violations = new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations();
                assertTrue(violations.isEmpty(), () -> shot + " " + violations);
            }
            assertEquals(List.of(), errors, shot);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, true", "1280, false", "400, true", "400, false"})
    void anOperatorFindsAnEventSeesItsWayAndReplaysIt(int width, boolean scripts) {
        try (Visit visit = new Visit(width, scripts)) {
            Page page = visit.page;
            visit.logIn();
            assertThat(visit.heading("Overview")).isVisible();
            visit.look("overview");

            visit.follow("Events");
            assertThat(page.locator("#rows tr")).hasCount(20);
            visit.look("events");
            page.getByLabel("Correlation id").fill("visit-1005");
            visit.press("Search");
            assertThat(page.locator("#rows tr")).hasCount(1);
            assertTrue(page.url().contains("correlationId=visit-1005"), page.url());
            page.locator("#rows a").click();
            assertThat(visit.heading("Its way")).isVisible();
            visit.look("event");

            visit.press("Replay this event");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("once more");
            page.getByLabel("Why do you look at it?").fill("ticket 4711");
            visit.press("Show the payload");
            assertThat(page.locator("pre")).containsText("Lakeside Self-Pay");
            visit.look("payload");

            page.navigate("/console/events?state=parked");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay all that this finds"))
                    .click();
            assertThat(page.locator("main")).containsText("Nothing has been done yet");
            visit.look("events-replay");
            visit.press("Replay");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("5 have been replayed");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, true", "1280, false", "400, true", "400, false"})
    void deadLettersAreDeliveredOnceMoreWhenTheirDestinationMayGoOn(int width, boolean scripts) {
        try (Visit visit = new Visit(width, scripts)) {
            Page page = visit.page;
            visit.logIn();
            visit.follow("Destinations");
            page.getByLabel("Destination").fill(CALLBACK);
            visit.press("Pause");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("paused");
            visit.look("destinations");
            visit.follow("Callbacks");
            assertThat(page.locator("tbody")).containsText("paused");
            visit.look("callbacks");

            visit.follow("Dead letters");
            visit.look("deliveries");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Deliver all of these once more"))
                    .click();
            visit.look("deliveries-replay");
            visit.press("Deliver once more");
            assertThat(page.locator("#progress")).containsText("waiting for their turn");
            visit.look("replay");
            if (scripts) { // it looks again by itself
                page.waitForResponse(response -> response.request().headers().containsKey("hx-request"), () -> {});
            }
            visit.press("Take back what waits");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("taken back");
            visit.follow("To the replays");
            visit.look("replays");

            visit.follow("Destinations");
            visit.press("Resume " + CALLBACK);
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("resumed");
            visit.press("Log out maria");
            assertThat(visit.heading("Log in")).isVisible();
            page.navigate("/console/events");
            assertThat(visit.heading("Log in")).isVisible();
        }
    }

    @Test
    void scriptsSpareTheReload() {
        try (Visit visit = new Visit(1280, true)) {
            Page page = visit.page;
            visit.logIn();
            visit.follow("Events");
            page.evaluate("window.sameDocument = true");
            visit.follow("Older events");
            visit.page.locator("#rows tr").nth(39).waitFor();
            visit.follow("Older events");
            assertThat(page.locator("#rows tr")).hasCount(45);
            assertThat(page.locator("#more")).hasText("There are no older ones.");
            page.getByLabel("State").selectOption("parked");
            visit.press("Search");
            assertThat(page.locator("#rows tr")).hasCount(5);
            assertEquals(true, page.evaluate("window.sameDocument"));
            page.goBack();
            assertThat(page.locator("#rows tr")).hasCount(20);
            assertEquals("{}", page.evaluate("JSON.stringify(localStorage)"), "no page is kept in the browser");
            assertEquals(List.of(), visit.errors);
        }
    }

    @Test
    void scriptsTellWhatIsWrongWhereOneIs() {
        try (Visit visit = new Visit(1280, true)) {
            Page page = visit.page;
            visit.logIn();
            visit.follow("Events");
            page.evaluate("document.querySelector('[name=from]').type = 'text'");
            page.getByLabel("Received from").fill("yesterday");
            visit.press("Search");
            assertThat(page.locator("#problem")).containsText("From must be a time");
            assertThat(page.locator("#rows tr")).hasCount(20);
            page.getByLabel("Received from").fill("");
            visit.press("Search");
            assertThat(page.locator("#problem")).isEmpty();
        }
    }

    /** The first Tab leads to the content, and everything that can be used can be reached. */
    @Test
    void theKeyboardIsEnough() {
        try (Visit visit = new Visit(1280, true)) {
            Page page = visit.page;
            visit.logIn();
            visit.follow("Events");
            page.keyboard().press("Tab");
            Locator skip = page.getByText("To the content");
            assertThat(skip).isFocused();
            assertThat(skip).isInViewport();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.getByLabel("Subject")).isFocused();
            page.keyboard().type("nobody");
            page.keyboard().press("Enter");
            assertThat(page.getByText("No event is like this.")).isVisible();
        }
    }
}
