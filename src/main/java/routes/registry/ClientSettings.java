package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
    /** A token has them all, in a header. */
    private static final int TENANTS_LENGTH = 4_000;

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
                "tenants must be a list of up to " + TENANTS + " texts of 1 to " + TENANT + " characters, together "
                        + TENANTS_LENGTH + "; * is for all");
        if (String.join(",", tenants).length() > TENANTS_LENGTH) {
            throw Refused.badRequest("tenants must have " + TENANTS_LENGTH + " characters together at the most");
        }
        return new ClientSettings(
                name,
                scopes,
                tenants,
                partner == null ? null : PartnerId.normal(partner),
                fields.flag("disabled", false));
    }

    private static String scopesMustBe() {
        return "scopes must be a list of some of " + String.join(", ", new TreeSet<>(Scopes.ALL));
    }

    /** Headers are compared without blanks around them. */
    private static boolean isTenant(String tenant) {
        return !tenant.isEmpty() && tenant.length() <= TENANT && tenant.strip().equals(tenant);
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

    /** What is different, in our words and ids. */
    List<String> changesFrom(ClientSettings before) {
        List<String> changes = new ArrayList<>();
        if (!Objects.equals(name, before.name)) {
            changes.add("name changed");
        }
        changes(changes, "scope", scopes, before.scopes);
        changes(changes, "tenant", tenants, before.tenants);
        if (!Objects.equals(partner, before.partner)) {
            changes.add("partner " + before.partner + " -> " + partner);
        }
        if (disabled != before.disabled) {
            changes.add(disabled ? "disabled" : "enabled");
        }
        return changes;
    }

    private static void changes(List<String> changes, String what, Set<String> now, Set<String> before) {
        now.stream().filter(one -> !before.contains(one)).forEach(one -> changes.add(what + " added " + one));
        before.stream().filter(one -> !now.contains(one)).forEach(one -> changes.add(what + " removed " + one));
    }

    /** Whether tokens from before say more, or something else, than they may now. */
    boolean allowsOtherThan(ClientSettings before) {
        return !scopes.equals(before.scopes)
                || !tenants.equals(before.tenants)
                || !Objects.equals(partner, before.partner)
                || disabled != before.disabled;
    }
}
