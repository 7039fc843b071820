package routes.delivery;

import java.util.UUID;

/**
 * An event, and whose it is: by that its partners go.
 *
 * @param tenant or null
 */
public record Origin(UUID eventId, String sender, String tenant) {}
