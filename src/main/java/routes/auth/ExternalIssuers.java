package routes.auth;

import java.io.IOException;
import java.util.List;
import org.apache.camel.BindToRegistry;
import routes.config.ContextService;
import routes.config.Settings;

/** The issuers of {@code oauth2.issuers.<name>.*}, whose tokens are taken beside ours. None is asked anything at the start. */
@BindToRegistry("external-issuers")
public class ExternalIssuers extends ContextService {

    private List<ExternalIssuer> issuers = List.of();

    @Override
    protected void doStart() {
        Settings settings = settings();
        boolean demo = settings.flag("demo.enabled");
        issuers = IssuerProperties.all(settings).stream()
                .map(properties -> new ExternalIssuer(properties, new IssuerRetriever(demo)))
                .toList();
    }

    @Override
    protected void doStop() throws IOException {
        for (ExternalIssuer issuer : issuers) {
            issuer.close();
        }
    }

    List<? extends TokenVerifier> all() {
        return issuers;
    }
}
