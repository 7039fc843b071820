package routes.registry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How we show a partner who we are, beside the signature that every notification has.
 *
 * @param type one of those in {@link #TYPES}
 * @param fields its fields by their names, secrets among them
 */
public record PartnerAuth(String type, Map<String, String> fields) {

    /** Nothing but the signature. */
    public static final PartnerAuth NONE = new PartnerAuth("none", Map.of());

    private static final Predicate<String> TEXT = text("\\P{Cntrl}{1,1000}");
    private static final Predicate<String> NO_COLON = text("[\\P{Cntrl}&&[^:]]{1,200}");
    private static final Predicate<String> KEY_OF_32 = text("\\P{Cntrl}{32,1000}");

    /** Every type and its fields; docs/callbacks.md lists them. */
    static final Map<String, List<Field>> TYPES = types();

    /**
     * A field of a type.
     *
     * @param secret whether it is never shown
     * @param otherwise what it is when it is left out; null: it must be there
     */
    record Field(String name, Predicate<String> valid, boolean secret, String otherwise) {}

    private static Map<String, List<Field>> types() {
        Map<String, List<Field>> types = new LinkedHashMap<>();
        types.put("none", List.of());
        types.put(
                "oauth2",
                List.of(
                        field("tokenUrl", TEXT),
                        field("clientId", TEXT),
                        secret("clientSecret", TEXT),
                        new Field("scope", HeaderNames::isValue, false, ""),
                        new Field("tokenRequest", Set.of("form", "json", "basic")::contains, false, "form")));
        types.put("basic", List.of(field("username", NO_COLON), secret("password", TEXT)));
        types.put("header", List.of(field("name", HeaderNames::forAuth), secret("value", HeaderNames::isValue)));
        types.put(
                "hmac",
                List.of(
                        field("header", HeaderNames::forAuth),
                        secret("secret", TEXT),
                        new Field("prefix", text("[!-~]{0,20}"), false, "")));
        types.put("jwt", List.of(field("header", HeaderNames::forAuth), secret("secret", KEY_OF_32)));
        return types;
    }

    private static Field field(String name, Predicate<String> valid) {
        return new Field(name, valid, false, null);
    }

    private static Field secret(String name, Predicate<String> valid) {
        return new Field(name, valid, true, null);
    }

    private static Predicate<String> text(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    /** @throws RegistryRefused 400 naming the field that is wrong */
    static PartnerAuth read(JsonNode node) {
        List<Field> known = TYPES.get(node.path("type").asText());
        if (!(node instanceof ObjectNode auth) || known == null) {
            throw RegistryError.AUTH.refusal();
        }
        List<String> names = new ArrayList<>(List.of("type"));
        known.forEach(field -> names.add(field.name));
        auth.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw RegistryError.AUTH_FIELD.refusal("it has " + String.join(", ", names) + " and nothing else");
            }
        });
        Map<String, String> fields = new LinkedHashMap<>();
        for (Field field : known) {
            JsonNode value = auth.path(field.name);
            if (value.isMissingNode() && field.otherwise != null) {
                fields.put(field.name, field.otherwise);
            } else if (value.isTextual() && field.valid.test(value.textValue())) {
                fields.put(field.name, value.textValue());
            } else {
                throw RegistryError.AUTH_FIELD.refusal(field.name);
            }
        }
        return new PartnerAuth(auth.get("type").textValue(), fields);
    }

    /** What of it may be shown. */
    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", type);
        TYPES.get(type).stream()
                .filter(field -> !field.secret && !fields.get(field.name).isEmpty())
                .forEach(field -> view.put(field.name, fields.get(field.name)));
        return view;
    }

    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }

    public String field(String name) {
        return fields.get(name);
    }

    /** Nothing of it belongs in a log. */
    @Override
    public String toString() {
        return "PartnerAuth[" + type + "]";
    }
}
