package routes.console;

import freemarker.cache.URLTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import routes.config.Settings;

/**
 * How templates become HTML: each value is escaped, whatever the template is called. Camel gives a template that it finds by itself with {@code
 * classpath:} or {@code file:} no name, and without its name FreeMarker would escape nothing.
 */
@BindToRegistry("console-templates")
public class Templates extends Configuration implements CamelContextAware {

    private CamelContext camelContext;

    public Templates() {
        super(VERSION_2_3_34);
        setOutputFormat(HTMLOutputFormat.INSTANCE);
        setAutoEscapingPolicy(ENABLE_IF_SUPPORTED_AUTO_ESCAPING_POLICY);
        setDefaultEncoding("UTF-8");
        setURLEscapingCharset("UTF-8");
        setLocale(Locale.ROOT);
        setNumberFormat("c");
        setLocalizedLookup(false);
        setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        setLogTemplateExceptions(false); // they quote values
        setTemplateLoader(new Loader());
    }

    /** From where {@code webhook.console} says. */
    private final class Loader extends URLTemplateLoader {

        @Override
        protected URL getURL(String name) {
            String folder = new Settings(camelContext).text("webhook.console");
            Resource resource = PluginHelper.getResourceLoader(camelContext).resolveResource(folder + "/" + name);
            try {
                return resource.exists() ? resource.getURL() : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
