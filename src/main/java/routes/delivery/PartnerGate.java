package routes.delivery;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import routes.registry.UrlGuard;

/**
 * Lets a request pass only to where one may be sent today: what is allowed may have changed since the URL was registered. The host
 * here is the one that is connected to, however the URL was read.
 */
final class PartnerGate implements ExecChainHandler {

    private final UrlGuard guard;

    PartnerGate(UrlGuard guard) {
        this.guard = guard;
    }

    static Failed refused() {
        return new Failed("the address of the partner may not be called");
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (guard.written(scope.route.getTargetHost().toURI()).isPresent()) {
            throw refused();
        }
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (scope.route.isTunnelled() && scope.clientContext.getSSLSession() == null) {
            // the client hands out a proxy's refusal as if it were the partner's answer
            scope.execRuntime.discardEndpoint();
            throw new Failed("the proxy answered " + response.getCode());
        }
        return response;
    }
}
