package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of deliveries whose callback or partner is removed, on both databases. */
class RemovedCallbacksIT extends RegistryCases {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsStillToBeSentIsCancelledWithTheCallback(boolean withItsPartner) throws Exception {
        registry.putCallback(1, "{'callbackUrl':'" + URL + "','enabled':false}");
        registry.putCallback(2, "{'callbackUrl':'" + URL + "','enabled':false}");
        String prefix = "callback/" + OWN;
        // planned for whichever route performs callbacks; not due for an hour
        UUID ofAll = delivery(prefix + "/1", "callback", "pending");
        UUID suspended = delivery(prefix + "/1", "callback", "suspended");
        UUID ofOne = delivery(prefix + "/1", prefix + "/1", "pending");
        UUID done = delivery(prefix + "/1", "callback", "delivered");
        UUID dead = delivery(prefix + "/1", "callback", "dead");
        UUID otherType = delivery(prefix + "/2", "callback", "pending");
        UUID otherPartner = delivery("callback/other/1", "callback", "pending");
        UUID otherSuspended = delivery("callback/other/1", "callback", "suspended");

        assertEquals(
                204,
                (withItsPartner
                                ? registry.call(registry.admin(), "DELETE", "/partners/" + OWN, null)
                                : registry.callback("DELETE", "1", null))
                        .statusCode());
        for (UUID cancelled : List.of(ofAll, suspended, ofOne)) {
            Map<String, Object> row = registry.bundle()
                    .rows("select * from delivery where delivery_id = ?", cancelled)
                    .get(0);
            assertEquals("cancelled", row.get("state"));
            assertEquals("the callback was deleted", row.get("reason"));
            assertEquals(null, row.get("due_at"));
            assertEquals(null, row.get("owner"));
            assertNotEquals(null, row.get("finished_at"));
        }
        assertEquals("delivered", state(done));
        assertEquals("dead", state(dead));
        assertEquals(withItsPartner ? "cancelled" : "pending", state(otherType));
        assertEquals("pending", state(otherPartner));
        assertEquals("suspended", state(otherSuspended));
        assertEquals(withItsPartner ? "0" : "1", registry.bundle().select("select count(*) from callback"));
    }

    /** As a commit stores it, but claimed by another instance until an hour from now. */
    private static UUID delivery(String destination, String route, String state) {
        UUID event = UUID.randomUUID();
        UUID delivery = UUID.randomUUID();
        registry.bundle().database().with(handle -> {
            handle.execute(
                    "insert into event (event_id, commit_sequence, batch_id, sender, state, event_order, body_hash, payload)"
                            + " values (?, ?, ?, 'test', 'accepted', '', ?, ?)",
                    event,
                    Math.abs(event.getMostSignificantBits()),
                    event,
                    new byte[0],
                    new byte[0]);
            return handle.execute(
                    "insert into delivery (delivery_id, event_id, destination, lane, route, state, due_at, owner, claim_number)"
                            + " values (?, ?, ?, ?, ?, ?, "
                            + (state.equals("pending") ? "current_timestamp + interval '60' minute" : "null")
                            + ", ?, 1)",
                    delivery,
                    event,
                    destination,
                    destination.substring(0, destination.lastIndexOf('/')),
                    route,
                    state,
                    event);
        });
        return delivery;
    }

    private static String state(UUID delivery) {
        return registry.bundle().select("select state from delivery where delivery_id = ?", delivery);
    }
}
