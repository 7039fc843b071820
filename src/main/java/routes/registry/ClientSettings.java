package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import routes.auth.Client;
import routes.auth.PartnerId;
import routes.auth.Scopes;
import routes.http.JsonFields;
import routes.http.Refused;
import routes.http.StrictJson;

/**
 * What may be changed of a client.
 *
 * @param name for people, or null
 * @param scopes what its tokens may do
 * @param tenants whose notifications it may post; {@code *}: anybody's
 * @param partner the partner it acts for, or null
 * @param disabled whether it gets no tokens
 */
record ClientSettings(String name, Set<String> scopes, Set<String> tenants, String partner, boolean disabled) {

    static final Set<String> FIELDS = Set.of("name", "scopes", "tenants", "partner");

    private static final int NAME = 200;
    private static final int TENANT = 200;
    private static final int TENANTS = 200;
    /** So many are named in the audit, more are counted. */
    private static final int NAMED = 10;

    /** @throws Refused 400 when one is not as it must be */
    static ClientSettings of(JsonFields fields) {
        String name = plain(fields, "name", NAME);
        String partner = plain(fields, "partner", NAME);
        if (partner != null && !PartnerId.isValid(partner)) {
            throw Refused.badRequest("partner must be the id of a partner");
        }
        Set<String> scopes = texts(fields, "scopes", Scopes.ALL.size(), Scopes.ALL::contains, scopesMustBe());
        Set<String> tenants = texts(
                fields,
                "tenants",
                TENANTS,
                ClientSettings::isTenant,
                "tenants must be a list of up to " + TENANTS + " texts of 1 to " + TENANT
                        + " characters, without commas; * is for all");
        if (!Client.canHave(tenants)) {
            throw Refused.badRequest("tenants must be shorter together, or fewer: they do not fit into a token");
        }
        return new ClientSettings(name, scopes, tenants, partner == null ? null : PartnerId.normal(partner), false);
    }

    ClientSettings disabled(boolean disabled) {
        return new ClientSettings(name, scopes, tenants, partner, disabled);
    }

    private static String scopesMustBe() {
        return "scopes must be a list of some of " + String.join(", ", new TreeSet<>(Scopes.ALL));
    }

    /** Headers are compared without blanks around them; and commas stand between tenants, in the properties and in the audit. */
    private static boolean isTenant(String tenant) {
        return !tenant.isEmpty() && tenant.length() <= TENANT && tenant.strip().equals(tenant) && !tenant.contains(",");
    }

    private static String plain(JsonFields fields, String name, int length) {
        return fields.any(name)
                .filter(node -> !node.isNull())
                .map(node -> {
                    if (!StrictJson.isPlainText(node, length)) {
                        throw Refused.badRequest(name + " must be text of up to " + length + " characters");
                    }
                    return node.textValue();
                })
                .orElse(null);
    }

    private static Set<String> texts(JsonFields fields, String name, int most, Predicate<String> valid, String mustBe) {
        JsonNode list = fields.any(name).orElse(null);
        Set<String> texts = new TreeSet<>();
        if (list == null) {
            return texts;
        }
        if (!list.isArray() || list.size() > most) {
            throw Refused.badRequest(mustBe);
        }
        for (JsonNode item : list) {
            if (!StrictJson.isPlainText(item, TENANT) || !valid.test(item.textValue())) {
                throw Refused.badRequest(mustBe);
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** What is different, in our words and ids; first what is short, for the end may be cut off. */
    List<String> changesFrom(ClientSettings before) {
        List<String> changes = new ArrayList<>();
        if (!Objects.equals(partner, before.partner)) {
            changes.add("partner " + before.partner + " -> " + partner);
        }
        if (disabled != before.disabled) {
            changes.add(disabled ? "disabled" : "enabled");
        }
        changes(changes, "scope", scopes, before.scopes);
        if (!Objects.equals(name, before.name)) {
            changes.add("name changed");
        }
        changes(changes, "tenant", tenants, before.tenants);
        return changes;
    }

    private static void changes(List<String> changes, String what, Set<String> now, Set<String> before) {
        only(changes, what + " added ", now, before);
        only(changes, what + " removed ", before, now);
    }

    private static void only(List<String> changes, String what, Set<String> these, Set<String> those) {
        List<String> rest = these.stream().filter(one -> !those.contains(one)).toList();
        rest.stream().limit(NAMED).forEach(one -> changes.add(what + one));
        if (rest.size() > NAMED) {
            changes.add(what + "besides: " + (rest.size() - NAMED));
        }
    }

    /** Whether tokens from before say more, or something else, than they may now. */
    boolean allowsOtherThan(ClientSettings before) {
        return !scopes.equals(before.scopes)
                || !tenants.equals(before.tenants)
                || !Objects.equals(partner, before.partner)
                || disabled != before.disabled;
    }
}
