package routes.delivery;

import java.util.UUID;

/**
 * An event, whose it is, and what it tells: by that its partners go.
 *
 * @param tenant or null
 * @param type or null
 * @param status or null
 */
public record Origin(UUID eventId, String sender, String tenant, String type, String status) {}
