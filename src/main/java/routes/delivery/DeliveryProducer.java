package routes.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Writes the destination into the plan of the exchange, and does nothing else: no I/O before the commit. */
class DeliveryProducer extends DefaultProducer {

    private final String destination;
    private final DeliveryComponent component;
    private final boolean on;

    DeliveryProducer(DeliveryEndpoint endpoint) {
        super(endpoint);
        this.destination = endpoint.getDestination();
        this.component = endpoint.getComponent();
        this.on = component.isOn(destination);
        if (on && !Destination.PARKED.equals(destination)) {
            component.named(destination);
        }
    }

    @Override
    public void process(Exchange exchange) {
        Plan plan = Plan.of(exchange);
        if (Destination.PARKED.equals(destination)) {
            plan.park();
        } else if (on) {
            plan.add(component.resolved(destination));
        }
    }
}
