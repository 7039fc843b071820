package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.Partner;
import routes.support.Registry;
import routes.support.TestDatabase;

/** A partner for whom much has piled up: it gets it as fast as it answers, and nobody else waits for it. */
@Tag("long")
@ParameterizedClass
@EnumSource
class BacklogIT {

    private static final int BACKLOG = 2000;
    private static final List<String> HANGING =
            List.of("hanging-1", "hanging-2", "hanging-3", "hanging-4", "hanging-5");
    private static final String BEHIND = "behind";
    private static final String OTHER = "other";

    private static Bundle bundle;
    private static Registry registry;
    private static Partner server;
    private static String token;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        List<String> partners = new ArrayList<>(HANGING);
        partners.addAll(List.of(BEHIND, OTHER));
        Map<String, String> settings = new HashMap<>(Registry.clients(partners));
        settings.put("oauth2.client.optum.tenants", "*");
        // so seldom that nothing here can be the work of the clock
        settings.put("delivery.sweep-interval-ms", "300000");
        bundle = Bundle.start(database.create(), settings);
        registry = new Registry(bundle.uri("/"));
        server = new Partner();
        token = bundle.token("optum");
        for (String partner : partners) {
            registry.grant(partner, partner);
            server.secret("/" + partner, registry.register(partner, 1, server.url("/" + partner)));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        bundle.close();
        server.close();
    }

    @Test
    void whatPiledUpForOnePartnerIsSentWithoutPauseAndHoldsUpNoOther() throws Exception {
        post(BEHIND);
        await().atMost(Duration.ofSeconds(60)).until(() -> received(BEHIND) == 1);
        bundle.context().getRouteController().stopRoute("deliver-callback");
        pileUp();
        bundle.context().getRouteController().startRoute("deliver-callback");
        post(OTHER);
        await().atMost(Duration.ofSeconds(60)).until(() -> received(OTHER) == 1);
        assertTrue(pending(BEHIND) > 0, "the other one did not have to wait for all of it");
        await().atMost(Duration.ofMinutes(2)).until(() -> pending(BEHIND) == 0);
        assertEquals(BACKLOG + 1, received(BEHIND));
    }

    @Test
    void partnersThatHangHoldUpNoOtherOnTheSameHost() throws Exception {
        try {
            for (String partner : HANGING) {
                server.answers("/" + partner, server.hang());
                for (int i = 0; i < 8; i++) {
                    post(partner);
                }
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> HANGING.stream().allMatch(partner -> server.inProgress("/" + partner) == 4));
            int before = received(OTHER);
            post(OTHER);
            await().atMost(Duration.ofSeconds(60)).until(() -> received(OTHER) == before + 1);
            assertTrue(HANGING.stream().anyMatch(partner -> server.inProgress("/" + partner) > 0), "they hang");
        } finally {
            server.release();
        }
    }

    private static void post(String tenant) throws Exception {
        byte[] task = Fixtures.failedTask(UUID.randomUUID());
        int status = bundle.send(bundle.request(token)
                        .setHeader("x-optum-tenant-id", tenant)
                        .POST(BodyPublishers.ofByteArray(task)))
                .statusCode();
        assertEquals(204, status);
    }

    private static int received(String partner) {
        return server.received("/" + partner).size();
    }

    private static int pending(String partner) {
        return Integer.parseInt(bundle.select(
                "select count(*) from delivery where lane = ? and state = 'pending'", "callback/" + partner));
    }

    /** Many events like the one that is there, each with a delivery that is due, older than any that comes now. */
    private static void pileUp() {
        bundle.database().inTransaction(handle -> {
            PreparedBatch events = handle.prepareBatch(
                    "insert into event (event_id, commit_sequence, batch_id, sender, type,"
                            + " status, subject, tenant, state, event_order, body_hash, payload) select :id, commit_sequence + :n + 1,"
                            + " batch_id, sender, type, status, subject, tenant, state, event_order, body_hash, payload from event"
                            + " where tenant = :tenant and commit_sequence = (select min(commit_sequence) from event where tenant = :tenant)");
            PreparedBatch deliveries =
                    handle.prepareBatch("insert into delivery (delivery_id, event_id, destination, lane, route,"
                            + " state, due_at, claim_number) values (:delivery, :id, 'callback/' || :tenant || '/1', 'callback/' || :tenant,"
                            + " 'callback', 'pending', current_timestamp, 0)");
            for (int n = 0; n < BACKLOG; n++) {
                UUID id = UUID.randomUUID();
                events.bind("id", id).bind("n", n).bind("tenant", BEHIND).add();
                deliveries
                        .bind("delivery", UUID.randomUUID())
                        .bind("id", id)
                        .bind("tenant", BEHIND)
                        .add();
            }
            events.execute();
            deliveries.execute();
            return null;
        });
    }
}
