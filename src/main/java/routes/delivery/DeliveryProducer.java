package routes.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Writes the destination into the plan of the exchange, and does nothing else: no I/O before the commit. */
class DeliveryProducer extends DefaultProducer {

    private final String destination;
    private final boolean on;

    DeliveryProducer(DeliveryEndpoint endpoint) {
        super(endpoint);
        this.destination = endpoint.getDestination();
        this.on = endpoint.getComponent().isOn(destination);
        if (on && !Destination.PARKED.equals(destination)) {
            endpoint.getComponent().named(destination);
        }
    }

    @Override
    public void process(Exchange exchange) {
        Plan plan = Plan.of(exchange);
        if (Destination.PARKED.equals(destination)) {
            plan.park();
        } else if (on) {
            plan.add(destination);
        }
    }
}
