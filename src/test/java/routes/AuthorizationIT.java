package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.support.Bundle;
import routes.support.ExampleCall;
import routes.support.Hmacs;
import routes.support.Jwts;
import routes.support.OpenApi;
import routes.support.OpenApi.Operation;
import routes.support.TestDatabase;

/** Who may call what: authorization.txt has a line for every operation of the document, and every other caller is tried as well. */
class AuthorizationIT {

    private static final String SECRET = "demo-secret";
    private static final String TENANT = "lakeside";
    private static final String PARTNER = "00000000-0000-4000-8000-000000000001";
    private static final String ANOTHER_PARTNER = "00000000-0000-4000-8000-000000000002";

    private static final Set<String> SCOPES =
            Set.of("coverage-discovery", "callbacks", "operations", "payloads", "admin");

    /** Clients that have the right scope, and nothing that it is good for. */
    private static final Map<String, String> STRANGERS = Map.of(
            "of-another-tenant", "coverage-discovery",
            "of-no-tenant", "coverage-discovery",
            "of-another-partner", "callbacks",
            "of-no-partner", "callbacks",
            "with-nothing", "nothing");

    private static final OpenApi DOCUMENT = OpenApi.read();
    private static final Map<String, String> RULES = new LinkedHashMap<>();
    private static final Map<String, String> TOKENS = new TreeMap<>();

    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        Files.readAllLines(Path.of("src/test/resources/authorization.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +", 2))
                .forEach(words -> RULES.put(words[0], words[1]));
        bundle = Bundle.start(TestDatabase.H2.create(), settings());
        for (String client : SCOPES) {
            TOKENS.put(client, token(client));
        }
        for (String client : STRANGERS.keySet()) {
            TOKENS.put(client, token(client));
        }
        TOKENS.put("forged", TOKENS.get("admin").replaceFirst("\\.[^.]*$", "." + "A".repeat(43)));
    }

    @AfterAll
    static void stop() {
        bundle.close();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("camel.main.profile", "demo");
        SCOPES.forEach(scope -> client(settings, scope, scope, TENANT, PARTNER));
        STRANGERS.forEach((client, scope) -> client(
                settings,
                client,
                scope,
                client.equals("of-another-tenant") ? "riverside" : "",
                client.equals("of-another-partner") ? ANOTHER_PARTNER : ""));
        return settings;
    }

    private static void client(Map<String, String> settings, String id, String scope, String tenant, String partner) {
        settings.put("oauth2.client." + id + ".secret", Bundle.SECRET_HASH);
        settings.put("oauth2.client." + id + ".scopes", scope);
        settings.put("oauth2.client." + id + ".tenants", tenant);
        if (!partner.isEmpty()) {
            settings.put("oauth2.client." + id + ".partner", partner);
        }
    }

    private static String token(String client) throws Exception {
        return bundle.token(client);
    }

    @Test
    void everyOperationHasALine() {
        Set<String> documented =
                DOCUMENT.operations().stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(documented, new TreeSet<>(RULES.keySet()));
    }

    /** No caller but those of the line gets further than to the refusal, and nothing has changed by that. */
    @Test
    void nobodyElseMayCallAnOperation() throws Exception {
        List<String> wrong = new ArrayList<>();
        String before = everything();
        for (Operation operation : DOCUMENT.operations()) {
            for (Map.Entry<String, HttpRequest.Builder> attempt :
                    attempts(operation).entrySet()) {
                if (!mayCall(attempt.getKey(), RULES.get(operation.id()))) {
                    HttpResponse<String> answer = bundle.send(attempt.getValue());
                    if (answer.statusCode() != expected(operation, attempt.getKey())) {
                        wrong.add(
                                operation + " " + attempt.getKey() + ": " + answer.statusCode() + " " + answer.body());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(before, everything());
    }

    /** So that the refusals above are for what the callers lack. */
    @Test
    void whoMayCallAnOperationGetsFurther() throws Exception {
        for (Operation operation : DOCUMENT.operations()) {
            boolean any = false;
            for (Map.Entry<String, HttpRequest.Builder> attempt :
                    attempts(operation).entrySet()) {
                if (mayCall(attempt.getKey(), RULES.get(operation.id()))) {
                    int status = bundle.send(attempt.getValue()).statusCode();
                    assertFalse(
                            status == 401 || status == 403, () -> operation + " " + attempt.getKey() + ": " + status);
                    any = true;
                }
            }
            assertTrue(any, () -> "nobody may call " + operation);
        }
    }

    private static boolean mayCall(String caller, String rule) {
        String[] words = rule.split(" ");
        return switch (words[0]) {
            case "anyone" -> true;
            case "signed" -> caller.equals("signed");
            default -> caller.equals(words[1]) || words.length > 2 && caller.equals(words[3]);
        };
    }

    /** Coverage Discovery wants 403 of who has no token. */
    private static int expected(Operation operation, String caller) {
        boolean token = SCOPES.contains(caller) || STRANGERS.containsKey(caller);
        boolean signed = RULES.get(operation.id()).equals("signed");
        boolean nothing = caller.equals("without-credentials") || caller.endsWith("signed");
        return token && !signed || nothing && operation.id().equals("coverage-discovery-webhook") ? 403 : 401;
    }

    /** The example of the operation, by each caller: with each token, with signatures, with nothing. */
    private static Map<String, HttpRequest.Builder> attempts(Operation operation) {
        Map<String, HttpRequest.Builder> attempts = new LinkedHashMap<>();
        TOKENS.forEach((caller, token) ->
                attempts.put(caller, request(operation).setHeader("Authorization", "Bearer " + token)));
        attempts.put("without-credentials", request(operation));
        attempts.put("signed", signed(operation, SECRET, body(operation)));
        attempts.put("unlike-signed", signed(operation, "another-secret", body(operation)));
        if (!operation.id().equals("develop-health-webhook")) { // its JWT says nothing of the body
            attempts.put("otherwise-signed", signed(operation, SECRET, "{}"));
        }
        return attempts;
    }

    private static HttpRequest.Builder request(Operation operation) {
        return new ExampleCall(operation, 0).filtered().request(bundle.uri("/"));
    }

    private static String body(Operation operation) {
        String body = new ExampleCall(operation, 0).body();
        return body == null ? "" : body;
    }

    /** In the headers of all senders at once. */
    private static HttpRequest.Builder signed(Operation operation, String secret, String body) {
        String hmac = Hmacs.hex(secret, body.getBytes(StandardCharsets.UTF_8));
        return request(operation)
                .header("X-Optum-Webhook-Callback-Hmac-Signature", hmac)
                .header("x-signature", "sha256=" + hmac)
                .header("X-Webhook-Secret", Jwts.of(secret));
    }

    /** All rows of all tables. */
    private static String everything() {
        StringBuilder everything = new StringBuilder();
        for (Map<String, Object> table :
                bundle.rows("select table_name from information_schema.tables where table_schema = 'public'")) {
            everything
                    .append(table)
                    .append(bundle.rows("select * from " + table.get("table_name")).stream()
                            .map(row -> {
                                Map<String, Object> comparable = new TreeMap<>(row);
                                comparable.replaceAll((column, value) ->
                                        value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
                                return comparable.toString();
                            })
                            .sorted()
                            .toList());
        }
        return everything.toString();
    }
}
