package routes.delivery;

import java.util.UUID;

/**
 * A delivery that the commit is about to store.
 *
 * @param route the destination or kind by which a route finds it
 * @param place room in the memory of this instance, so that the delivery starts right after the commit; null: it waits in
 *     the database for a sweep
 */
public record PlannedDelivery(
        UUID deliveryId, UUID eventId, String destination, String route, DeliveryConsumer.Place place) {

    boolean reserved() {
        return place != null;
    }

    /** After the commit: starts the delivery if it has a place here. */
    public void start(Notification notification, long leaseEnd) {
        if (place != null) {
            place.start(new Claim(deliveryId, eventId, destination, 1, 1, 1, leaseEnd, false), notification);
        }
    }

    /** Instead of starting: gives the place back. */
    public void cancel() {
        if (place != null) {
            place.free();
        }
    }
}
