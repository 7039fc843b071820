package routes.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.support.KafkaBroker;
import routes.support.Partner;
import routes.support.Partner.Received;

/**
 * What came to a receiver, who may get the same thing twice and can tell by an id.
 *
 * @param tasks the task of each id
 * @param count of all that came
 */
record Arrivals(Map<String, UUID> tasks, int count) {

    /** The records of a topic, by the ids of their events. */
    static Arrivals in(KafkaBroker broker, String topic, int atLeast) {
        Map<String, UUID> tasks = new HashMap<>();
        var records = broker.records(topic, atLeast);
        for (ConsumerRecord<String, byte[]> record : records) {
            byte[] id = record.headers().lastHeader("ce_id").value();
            tasks.put(new String(id, StandardCharsets.UTF_8), UUID.fromString(record.key()));
        }
        return new Arrivals(tasks, records.size());
    }

    /** The notifications that a partner's callback got, by its webhook-ids. */
    static Arrivals at(Partner partner, String callback) throws IOException {
        Map<String, UUID> tasks = new HashMap<>();
        var requests = partner.received(callback);
        for (Received request : requests) {
            if (!request.verified()) {
                throw new AssertionError("not verified: " + request.id());
            }
            tasks.put(
                    request.id(),
                    UUID.fromString(request.body().get("processUniqueId").asText()));
        }
        return new Arrivals(tasks, requests.size());
    }

    /** Those that were acknowledged and have not come. */
    Set<UUID> missing(Set<UUID> acknowledged) {
        Set<UUID> missing = new HashSet<>(acknowledged);
        missing.removeAll(tasks.values());
        return missing;
    }

    /** How many tasks have come. */
    int distinct() {
        return Set.copyOf(tasks.values()).size();
    }

    /** How many came under an id that had come before. */
    int again() {
        return count - tasks.size();
    }

    /** Whether each task came under one id only, so that its receiver can tell. */
    boolean canBeTold() {
        return tasks.size() == distinct();
    }
}
