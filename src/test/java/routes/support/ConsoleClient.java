package routes.support;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser without scripts: has a cookie, and sends forms with what the page before had hidden in them. */
public final class ConsoleClient {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;
    public String cookie = "";
    public String csrf = "";

    /** @param root of the bundle */
    public ConsoleClient(URI root) {
        this.root = root;
    }

    /** Logs in, and looks at a page. */
    public ConsoleClient as(String client) throws Exception {
        take(login(client, Bundle.SECRET, "unused", "unused"));
        get("/console");
        return this;
    }

    /** The answer to a try to log in, which is not taken up. */
    public HttpResponse<String> login(String client, String secret, String... headers) throws Exception {
        HttpRequest.Builder request = form("/console/login", Map.of("client_id", client, "client_secret", secret));
        return send(request, headers);
    }

    /** Keeps the cookie of an answer, as a browser does. */
    public void take(HttpResponse<String> response) {
        cookie = response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).header("Cookie", cookie);
        HttpResponse<String> response = send(request, headers);
        Matcher token = CSRF.matcher(response.body());
        csrf = token.find() ? token.group(1) : csrf;
        return response;
    }

    /** Sends a form of the page that was looked at last. */
    public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("csrf", csrf);
        HttpRequest.Builder request = form(path, all).header("Cookie", cookie);
        return send(request, headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }
}
