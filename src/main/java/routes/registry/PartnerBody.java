package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import routes.http.StrictJson;

/**
 * What is put for a partner.
 *
 * @param name for people, or null
 * @param payloads whether it may be sent the payloads of events that it may see
 * @param grants all that it is to have
 */
record PartnerBody(String name, boolean payloads, SortedSet<Grant> grants) {

    private static final int NAME = 200;
    private static final int TENANT = 200;
    private static final int GRANTS = 1000;
    private static final String SENDER = "[a-z0-9-]{1,64}";

    static PartnerBody read(Exchange exchange) {
        ObjectNode body = JsonBody.read(exchange, Set.of("name", "payloads", "grants"));
        return new PartnerBody(name(body.path("name")), payloads(body.path("payloads")), grants(body.path("grants")));
    }

    private static boolean payloads(JsonNode payloads) {
        if (!payloads.isMissingNode() && !payloads.isBoolean()) {
            throw RegistryError.PAYLOADS.refusal();
        }
        return payloads.asBoolean(false);
    }

    private static String name(JsonNode name) {
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        if (!StrictJson.isPlainText(name, NAME)) {
            throw RegistryError.NAME.refusal();
        }
        return name.textValue();
    }

    private static SortedSet<Grant> grants(JsonNode list) {
        SortedSet<Grant> grants = new TreeSet<>();
        if (list.isMissingNode() || list.isNull()) {
            return grants;
        }
        if (!list.isArray() || list.size() > GRANTS) {
            throw RegistryError.GRANTS.refusal();
        }
        list.forEach(grant -> grants.add(grant(grant)));
        return grants;
    }

    private static Grant grant(JsonNode grant) {
        if (!grant.isObject() || grant.size() != 2 || !grant.has("sender") || !grant.has("tenant")) {
            throw RegistryError.GRANTS.refusal();
        }
        String sender = grant.get("sender").asText();
        if (!grant.get("sender").isTextual() || !sender.matches(SENDER) || sender.equals(Grant.PARTNER_API)) {
            throw RegistryError.GRANT_SENDER.refusal();
        }
        // the tenant of an event has no blanks around it
        String tenant = grant.get("tenant").asText();
        if (!StrictJson.isPlainText(grant.get("tenant"), TENANT)
                || tenant.isEmpty()
                || !tenant.strip().equals(tenant)) {
            throw RegistryError.GRANT_TENANT.refusal();
        }
        return new Grant(sender, tenant);
    }
}
