package routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Bundle;
import routes.support.Fixtures;
import routes.support.TestDatabase;

@ParameterizedClass
@EnumSource
class CoverageDiscoveryIT {

    private static Bundle bundle;
    private static String token;

    @Parameter
    TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        bundle = Bundle.start(database);
        token = bundle.token("optum");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        bundle.close();
    }

    @Test
    void aTaskIsAcknowledgedAndDelivered() throws Exception {
        UUID id = UUID.randomUUID();
        HttpResponse<String> response = bundle.post(token, Fixtures.failedTask(id));
        assertEquals(204, response.statusCode());
        assertEquals("", response.body());
        String operator = bundle.token("operator");
        await().until(() -> bundle.get(operator, "/events?subject=" + id)
                .at("/events/0/deliveries/0/state")
                .asText()
                .equals("delivered"));
    }
}
