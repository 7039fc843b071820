package routes.inbox;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import routes.delivery.Origin;

/**
 * A notification on its way into the inbox. Text is clean and fits its column; the payload is as it came.
 *
 * @param identity derived from what makes the notification itself, so that it comes out the same when it is sent again
 * @param state what becomes of it
 * @param reason why it is quarantined, without values of the payload; else null
 * @param pending whether it tells of something that is not concluded yet
 * @param occurredAt when it happened, as far as its sender says so; or null
 * @param bodyHash SHA-256 of the payload
 * @param test marked as a test by its sender
 * @param traceparent the trace that it came with, as W3C Trace Context has it; or null
 * @param destinations where it is to be delivered
 */
record Event(
        Identity identity,
        String sender,
        String type,
        String status,
        String subject,
        String tenant,
        String subtenant,
        String correlationId,
        State state,
        String reason,
        boolean pending,
        OffsetDateTime occurredAt,
        String contentType,
        boolean test,
        byte[] bodyHash,
        byte[] payload,
        String traceparent,
        Set<String> destinations) {

    /** How the reason of an event begins that has the identity of another. */
    static final String CONFLICT = "conflict: ";

    /** How the reason of an event begins of which the database took no more than the payload. */
    static final String REFUSED = "refused by the database: ";

    /** What becomes of an event, as the database and the API name it. */
    enum State {
        /** routed; its deliveries, if any, are on their way */
        ACCEPTED,
        /** known sender, no route for it yet */
        PARKED,
        /** authenticated but not usable as it is */
        QUARANTINED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** When it happened as the database keeps it, so that the first attempt tells the same time as later ones, which read it there. */
    OffsetDateTime occurredAtAsKept() {
        return occurredAt == null ? null : occurredAt.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    /** The hash as text. */
    String bodyHex() {
        return HexFormat.of().formatHex(bodyHash);
    }

    UUID id() {
        return identity.id();
    }

    Origin origin() {
        return new Origin(id(), sender, tenant, type, status);
    }

    /** The same under another id, which is the final one. */
    Event under(UUID otherId) {
        return with(otherId, state, reason, destinations);
    }

    /** The same bytes, kept out of the way with a reason: no deliveries. */
    Event quarantined(UUID otherId, String why) {
        return with(otherId, State.QUARANTINED, why, Set.of());
    }

    private Event with(UUID otherId, State otherState, String why, Set<String> to) {
        return new Event(
                Identity.of(otherId),
                sender,
                type,
                status,
                subject,
                tenant,
                subtenant,
                correlationId,
                otherState,
                why,
                pending,
                occurredAt,
                contentType,
                test,
                bodyHash,
                payload,
                traceparent,
                to);
    }

    /** Only what the database has taken from every sender so far: no text, no time. */
    Event bare(String why) {
        return new Event(
                identity,
                sender,
                null,
                null,
                null,
                null,
                null,
                null,
                State.QUARANTINED,
                why,
                pending,
                null,
                null,
                test,
                bodyHash,
                payload,
                traceparent,
                Set.of());
    }

    /** Ids only: this may end up in a log. */
    @Override
    public String toString() {
        return "Event[" + id() + " " + sender + "]";
    }
}
