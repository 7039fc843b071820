package routes.inbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;
import routes.http.Refused;

class PlacesTest {

    private final Places places = new Places(2, "tests");

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    @Test
    void aPlaceIsFreeAgainWhenItsRequestIsAnsweredOrHasFailed() {
        Exchange first = exchange();
        Exchange failing = exchange();
        places.take(first);
        places.take(failing);
        assertEquals(
                503, assertThrows(Refused.class, () -> places.take(exchange())).status());

        done(first);
        assertDoesNotThrow(() -> places.take(exchange()));
        assertThrows(Refused.class, () -> places.take(exchange()));

        failing.setException(new IllegalStateException());
        done(failing);
        assertDoesNotThrow(() -> places.take(exchange()));
    }

    private static void done(Exchange exchange) {
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
    }
}
