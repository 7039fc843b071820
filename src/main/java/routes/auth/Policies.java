package routes.auth;

import org.apache.camel.BindToRegistry;
import org.apache.camel.PropertyInject;

/** The policies that routes name: who may call what. */
@BindToRegistry("policies")
public class Policies {

    @BindToRegistry("coverage-discovery-token")
    public BearerPolicy coverageDiscovery(
            @PropertyInject("sender.coverage-discovery.missing-token-status") int missing,
            @PropertyInject("sender.coverage-discovery.invalid-token-status") int invalid) {
        return new TenantPolicy("coverage-discovery", "x-optum-tenant-id", missing, invalid);
    }

    @BindToRegistry("develop-health-jwt")
    public JwtHeaderPolicy developHealth(
            @PropertyInject("sender.develop-health.secrets") String secrets,
            @PropertyInject("sender.develop-health.leeway-seconds") long leewaySeconds,
            @PropertyInject("sender.develop-health.exp-required") boolean expRequired) {
        return new JwtHeaderPolicy("X-Webhook-Secret", secrets, leewaySeconds, expRequired);
    }

    @BindToRegistry("optum-connections-hmac")
    public HmacPolicy optumConnections(
            @PropertyInject("sender.optum-connections.secrets") String secrets,
            @PropertyInject("sender.optum-connections.other-headers") String otherHeaders,
            @PropertyInject("sender.optum-connections.invalid-signature-status") int status) {
        if (status != 400 && status != 401) {
            throw new IllegalArgumentException("sender.optum-connections.invalid-signature-status must be 400 or 401");
        }
        return new HmacPolicy("X-Optum-Webhook-Callback-Hmac-Signature," + otherHeaders, "", secrets, status);
    }

    @BindToRegistry("accessrc-auth")
    public ChosenPolicy accessRc(
            @PropertyInject("sender.accessrc.auth") String scheme,
            @PropertyInject("sender.accessrc.secrets") String secrets,
            @PropertyInject("sender.accessrc.header-name") String headerName,
            @PropertyInject("sender.accessrc.username") String username,
            @PropertyInject("sender.accessrc.password") String password) {
        return new ChosenPolicy(
                new ChosenPolicy.Settings("sender.accessrc", scheme, secrets, headerName, username, password),
                "x-signature",
                "sha256=");
    }

    @BindToRegistry("operations-token")
    public BearerPolicy operations() {
        return new BearerPolicy("operations", 401, 401);
    }

    @BindToRegistry("payloads-token")
    public BearerPolicy payloads() {
        return new BearerPolicy("payloads", 401, 401);
    }

    @BindToRegistry("admin-token")
    public BearerPolicy admin() {
        return new BearerPolicy("admin", 401, 401);
    }

    @BindToRegistry("partner-token")
    public BearerPolicy partner() {
        return new PartnerPolicy("callbacks", 1, 401, 401); // /partners/<partner>
    }

    @BindToRegistry("partner-or-admin-token")
    public BearerPolicy partnerOrAdmin() {
        return new PartnerPolicy("callbacks", 1, 401, 401, "admin");
    }

    @BindToRegistry("console-operations")
    public SessionPolicy consoleOperations() {
        return new SessionPolicy("operations");
    }

    @BindToRegistry("console-payloads")
    public SessionPolicy consolePayloads() {
        return new SessionPolicy("payloads");
    }

    @BindToRegistry("console-admin")
    public SessionPolicy consoleAdmin() {
        return new SessionPolicy("admin");
    }
}
