package routes.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the claims of an external issuer mean here.
 *
 * @param name of the issuer; comes before what it calls a client, so that no client of its passes for one of ours
 * @param scopeClaims the first that is there counts
 * @param scopes what their scopes are of ours; others are nothing
 * @param asTheyAre whether their scopes that are called like ours are ours
 * @param tenantsClaim or null; then it is always these tenants
 * @param partnerClaim or null; then it is always this partner, or none
 * @param clientClaims the first that is there counts
 */
record IssuerClaims(
        String name,
        List<String> scopeClaims,
        Map<String, Set<String>> scopes,
        boolean asTheyAre,
        String tenantsClaim,
        Set<String> tenants,
        String partnerClaim,
        String partner,
        List<String> clientClaims) {

    private static final int MAX_CLIENT = 128;

    static IssuerClaims of(IssuerProperties properties) {
        IssuerClaims claims = new IssuerClaims(
                properties.name(),
                properties.list("scope-claim", "scope"),
                properties.scopes(),
                properties.flag("scopes-as-they-are"),
                properties.text("tenants-claim", null),
                Set.copyOf(properties.list("tenants", "")),
                properties.text("partner-claim", null),
                properties.text("partner", null),
                properties.list("client-claim", "azp, client_id, sub"));
        if (claims.scopes.isEmpty() && !claims.asTheyAre) {
            throw properties.wrong(
                    "scopes.<theirs>", "is not set, nor is scopes-as-they-are: its tokens would allow nothing");
        }
        return claims;
    }

    /** Who has the token; empty when it does not say which client it is. */
    Optional<Caller> caller(JWTClaimsSet claims) {
        return first(claims, clientClaims)
                .filter(String.class::isInstance)
                .map(Object::toString)
                .filter(client -> !client.isBlank() && client.length() <= MAX_CLIENT)
                .filter(client -> client.codePoints().noneMatch(Character::isISOControl))
                .map(client ->
                        new Caller(name + ":" + client, allowed(claims), tenants(claims), partner(claims), null));
    }

    private Set<String> allowed(JWTClaimsSet claims) {
        return first(claims, scopeClaims).stream()
                .flatMap(value -> texts(value, " +"))
                .flatMap(theirs -> Stream.concat(
                        scopes.getOrDefault(theirs, Set.of()).stream(),
                        Stream.of(theirs).filter(scope -> asTheyAre && Scopes.ALL.contains(scope))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A claim never stands for all tenants: that is for the operator to say. */
    private Set<String> tenants(JWTClaimsSet claims) {
        return tenantsClaim == null
                ? tenants
                : find(claims, tenantsClaim).stream()
                        .flatMap(value -> texts(value, ","))
                        .filter(tenant -> !tenant.equals("*"))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private String partner(JWTClaimsSet claims) {
        return partnerClaim == null
                ? partner
                : find(claims, partnerClaim)
                        .filter(String.class::isInstance)
                        .map(Object::toString)
                        .filter(PartnerId::isValid)
                        .orElse(null);
    }

    /** Of a list the texts in it, of a text its parts. */
    private static Stream<String> texts(Object value, String separator) {
        Stream<?> texts = value instanceof Collection<?> list
                ? list.stream().filter(String.class::isInstance)
                : Stream.of(value)
                        .filter(String.class::isInstance)
                        .flatMap(text -> Stream.of(text.toString().split(separator)));
        return texts.map(text -> text.toString().strip()).filter(text -> !text.isEmpty());
    }

    private static Optional<Object> first(JWTClaimsSet claims, List<String> names) {
        return names.stream()
                .map(name -> find(claims, name).orElse(null))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The claim of that name, or of that path: {@code realm_access.roles}. */
    private static Optional<Object> find(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        if (value != null) {
            return Optional.of(value);
        }
        Object inner = claims.getClaims();
        for (String step : name.split("\\.")) {
            inner = inner instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return Optional.ofNullable(inner);
    }
}
