package routes.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker as a process of its own, so that it can be killed, and come back where it was. */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int port = Bundle.freePort();
    private final Path folder = Files.createTempDirectory("webhook-routes-kafka");
    private final Path file = folder.resolve("server.properties");
    private final Path ready = folder.resolve("ready");
    private final Path log = Path.of("target", "kafka", port + ".log").toAbsolutePath();
    private Process process;

    /** One that does not run yet; where it will listen is certain already. */
    public KafkaBroker() throws IOException {
        Files.createDirectories(log.getParent());
    }

    /** One node that is broker and controller. */
    private Properties settings() {
        int controller = Bundle.freePort();
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", folder.resolve("data").toString());
        settings.put("num.partitions", "3");
        settings.put("message.max.bytes", "12582912"); // room for the largest payload
        settings.put("log.cleaner.enable", "false"); // wants much memory
        // a broker that was killed may come back only when its old session is over
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        return settings;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, also again after {@link #kill}: with the records that it had. */
    public KafkaBroker start() throws IOException {
        Files.deleteIfExists(ready);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings().store(out, null);
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC", // this and the next only for a faster start
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaBroker.class.getName(),
                        file.toString(),
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await("broker, see " + log).atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the broker ended with " + process.exitValue() + ", see " + log);
            }
            return Files.exists(ready);
        });
        return this;
    }

    /** The process itself: formats its folder at the first start. It ends with the tests, however they end. */
    public static void main(String[] arguments) throws Exception {
        Thread parent = new Thread(() -> {
            try {
                System.in.transferTo(
                        OutputStream.nullOutputStream()); // until the tests, which hold the other end, are gone
            } catch (IOException e) {
                // gone as well
            }
            Runtime.getRuntime().halt(1);
        });
        parent.setDaemon(true);
        parent.start();
        Properties settings = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            settings.load(in);
        }
        if (!Files.exists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
            String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", arguments[0]};
            StorageTool.execute(format, System.err);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        Files.createFile(Path.of(arguments[1]));
        server.awaitShutdown();
    }

    /** All records of a topic, in the order of each partition: waits a while for so many, and gives what there is. */
    public List<ConsumerRecord<String, byte[]>> records(String topic, int atLeast) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap(), "allow.auto.create.topics", "false");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            boolean all = false;
            while (!(all && records.size() >= atLeast) && System.nanoTime() < end) {
                if (consumer.assignment().isEmpty()) {
                    List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                            .toList();
                    consumer.assign(partitions);
                    consumer.seekToBeginning(partitions);
                }
                if (!consumer.assignment().isEmpty()) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
                all = consumer.endOffsets(consumer.assignment()).entrySet().stream()
                        .allMatch(partition -> consumer.position(partition.getKey()) >= partition.getValue());
            }
        }
        return records;
    }

    /** {@code kill -9}: what was not flushed is the operating system's to keep. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            kill();
        }
        Folders.delete(folder);
    }
}
