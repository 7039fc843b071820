package routes.support;

import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/**
 * Routes of one test. Every bundle's package scan makes an instance of every RouteBuilder below {@code routes}, also of those
 * of other tests: of this class it gets one without routes.
 */
public final class TestRoutes extends RouteBuilder {

    private final Consumer<RouteBuilder> routes;

    public TestRoutes() {
        this(none -> {});
    }

    /** @param routes adds them, as {@code configure} would */
    public TestRoutes(Consumer<RouteBuilder> routes) {
        this.routes = routes;
    }

    @Override
    public void configure() {
        routes.accept(this);
    }
}
