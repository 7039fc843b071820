package routes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.TestDatabase;
import routes.support.TestRegistry;

/** Tests of the registry's API: on both databases, each with a partner that has no callbacks yet. */
@ParameterizedClass
@EnumSource
abstract class RegistryCases {

    static TestRegistry registry;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        registry = TestRegistry.start(database);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void aPartnerWithoutCallbacks() throws Exception {
        registry.reset();
    }
}
