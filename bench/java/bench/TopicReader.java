package bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as it fills, and notes when each task has come. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<UUID, Long> arrivals = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::read, "topic-reader");
    private volatile boolean closed;

    /** From what comes next. */
    TopicReader(String brokers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void read() {
        while (!closed) {
            consumer.poll(Duration.ofMillis(100))
                    .forEach(message -> arrivals.putIfAbsent(UUID.fromString(message.key()), System.nanoTime()));
        }
        consumer.close();
    }

    /** When each task has come, on the clock of {@link System#nanoTime}. */
    Map<UUID, Long> arrivals() {
        return arrivals;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
