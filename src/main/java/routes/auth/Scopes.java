package routes.auth;

import java.util.Set;

/** What a token may allow; docs/clients.md says what each is for. */
public final class Scopes {

    public static final Set<String> ALL = Set.of("coverage-discovery", "operations", "payloads", "callbacks", "admin");

    private Scopes() {}
}
