package routes.delivery;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A destination: {@code jdbc/<table>}, {@code kafka/<topic>}, {@code callback/<notification type>}, or {@code parked}. A route may
 * perform one destination, or all of a kind: {@code from("delivery:kafka")}. The options concern {@code from} only.
 */
public class DeliveryEndpoint extends DefaultEndpoint {

    private final String destination;
    private int workers = 4;
    private int queueSize = 1000;
    private int perLane = Integer.MAX_VALUE;
    private boolean payload = true;
    private int attemptSeconds;
    private String retrySchedule;

    DeliveryEndpoint(String uri, DeliveryComponent component, String destination) {
        super(uri, component);
        Destination.check(destination);
        this.destination = destination;
    }

    @Override
    public Producer createProducer() {
        return new DeliveryProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (Destination.PARKED.equals(destination)) {
            throw new IllegalArgumentException("parked is where nothing is delivered from");
        }
        if (Destination.fansOut(destination)) {
            throw new IllegalArgumentException(
                    "callbacks of all types are performed by one route, from(\"delivery:callback\")");
        }
        if (workers < 1 || perLane < 1) {
            throw new IllegalArgumentException("workers and perLane of " + destination + " must be 1 or more");
        }
        DeliveryConsumer consumer = new DeliveryConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public DeliveryComponent getComponent() {
        return (DeliveryComponent) super.getComponent();
    }

    /** A string, not a remote system: nothing here leaves the process. */
    @Override
    public boolean isRemote() {
        return false;
    }

    public String getDestination() {
        return destination;
    }

    public int getWorkers() {
        return workers;
    }

    /** Threads of the route; default 4. */
    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public int getQueueSize() {
        return queueSize;
    }

    /** Deliveries the route keeps in memory; default {@code delivery.queue-size}. */
    public void setQueueSize(int queueSize) {
        this.queueSize = queueSize;
    }

    public int getPerLane() {
        return perLane;
    }

    /** Of these, deliveries to one destination, or to all of one partner's, at the most; default no limit of its own. */
    public void setPerLane(int perLane) {
        this.perLane = perLane;
    }

    public boolean isPayload() {
        return payload;
    }

    /** Whether the route gets the payload as its body; one that does without saves memory. Default true. */
    public void setPayload(boolean payload) {
        this.payload = payload;
    }

    public int getAttemptSeconds() {
        return attemptSeconds;
    }

    /** The longest an attempt may take, which a route of several steps enforces with the bean {@code deadline}; default {@code delivery.attempt-seconds}. */
    public void setAttemptSeconds(int attemptSeconds) {
        this.attemptSeconds = attemptSeconds;
    }

    public String getRetrySchedule() {
        return retrySchedule;
    }

    /** Pauses between the attempts; default {@code delivery.retry-schedule}. */
    public void setRetrySchedule(String retrySchedule) {
        this.retrySchedule = retrySchedule;
    }
}
