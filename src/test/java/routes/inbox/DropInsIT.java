package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Jwts;
import routes.support.TestDatabase;
import routes.support.TestRoutes;

/** What a route named after a sender and a type may do with what the sender's router parks. */
class DropInsIT {

    private static final String SECRET = "s1";

    private static Bundle bundle;

    @BeforeAll
    static void start() {
        bundle = Bundle.start(
                TestDatabase.H2.create(),
                Map.of("sender.develop-health.secrets", SECRET),
                new TestRoutes(DropInsIT::routes));
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    /** With the error handling that Camel gives to a route which says nothing of it. */
    // @formatter:off
    private static void routes(RouteBuilder routes) {

        routes.from("direct:new-type")
            .routeId("develop-health:new.type")
            .choice()
                .when(routes.simple("${variable.status} == 'done'")).to("delivery:jdbc/notification")
                .when(routes.simple("${variable.status} == 'nothing'")).setHeader("left", routes.constant("behind"))
                .when(routes.simple("${variable.status} == 'fails'")).throwException(new IllegalStateException("a drop-in"))
                .otherwise().to("delivery:parked")
            .end();

        routes.from("direct:known-type")
            .routeId("develop-health:benefit_verification.status_change")
            .to("delivery:jdbc/notification");

        routes.from("direct:other-sender")
            .routeId("accessrc:other.type")
            .to("delivery:jdbc/notification");
    }
    // @formatter:on

    @ParameterizedTest
    @CsvSource({
        "new.type,   done,    202, accepted, 1",
        "new.type,   nothing, 202, accepted, 0",
        "new.type,   other,   202, parked,   0",
        "other.type, done,    202, parked,   0",
        "new.type,   fails,   500, ,         0"
    })
    void whatIsParkedGoesToTheRouteOfItsTypeIfThereIsOne(
            String type, String status, int answer, String state, int deliveries) throws Exception {
        String subject = type + "-" + status;
        HttpResponse<String> response = post(
                "{\"event_type\":\"%s\",\"data\":{\"id\":\"%s\",\"status\":\"%s\"}}".formatted(type, subject, status));
        assertEquals(answer, response.statusCode());
        assertEquals(state, bundle.select("select state from event where subject = ?", subject));
        assertEquals(
                deliveries,
                bundle.rows(
                                "select 1 from delivery d join event e on e.event_id = d.event_id where e.subject = ?",
                                subject)
                        .size());
    }

    @Test
    void whatTheRouterKnowsStaysWithTheRouter() throws Exception {
        String body = new String(Fixtures.bytes("develop-health/valid/02-bv-pending.json"));
        assertEquals(202, post(body).statusCode());
        assertEquals("jdbc/benefit_verification", bundle.select("""
                select destination from delivery d join event e on e.event_id = d.event_id
                where e.type = 'benefit_verification.status_change'"""));
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return bundle.send(HttpRequest.newBuilder(bundle.uri("/webhooks/develop-health"))
                .header("X-Webhook-Secret", Jwts.of(SECRET))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
