package routes.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.store.Batcher.Limits;

@Timeout(30)
class BatcherTest {

    private static final Limits ROOMY = new Limits(100, 1_000_000, 1000, 1_000_000);

    private final List<List<String>> batches = new ArrayList<>();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private Batcher<String, String> batcher;

    @AfterEach
    void close() {
        gate.countDown();
        batcher.close();
    }

    /** Its first batch is held up at the gate, so that what is submitted meanwhile queues up. */
    private CompletableFuture<String> start(Limits limits) throws Exception {
        batcher = new Batcher<>("test", limits, String::length, this::write);
        CompletableFuture<String> first = batcher.submit("first");
        assertTrue(writing.await(10, TimeUnit.SECONDS));
        return first;
    }

    private List<String> write(List<String> items) throws Exception {
        batches.add(items);
        writing.countDown();
        gate.await();
        return items.stream().map(item -> "written " + item).toList();
    }

    private List<CompletableFuture<String>> submit(String... items) {
        return List.of(items).stream().map(batcher::submit).toList();
    }

    @Test
    void aLoneItemIsWrittenAtOnce() throws Exception {
        gate.countDown();
        assertEquals("written first", start(ROOMY).get());
    }

    @Test
    void whatArrivesDuringAWriteSharesTheNextBatchAndEachGetsItsOwnResult() throws Exception {
        CompletableFuture<String> first = start(ROOMY);
        List<CompletableFuture<String>> others = submit("a", "b", "c");
        gate.countDown();
        assertEquals("written first", first.get());
        assertEquals("written a", others.get(0).get());
        assertEquals("written c", others.get(2).get());
        assertEquals(List.of(List.of("first"), List.of("a", "b", "c")), batches);
    }

    @Test
    void aBatchHasNoMoreItemsThanItsLimit() throws Exception {
        start(new Limits(2, 1000, 1000, 1000));
        List<CompletableFuture<String>> others = submit("a", "b", "c");
        gate.countDown();
        others.get(2).get();
        assertEquals(List.of(List.of("first"), List.of("a", "b"), List.of("c")), batches);
    }

    @Test
    void aBatchHasNoMoreBytesThanItsLimitUnlessOneItemIsLarger() throws Exception {
        start(new Limits(100, 4, 1000, 1000));
        List<CompletableFuture<String>> others = submit("aa", "bb", "c", "larger", "d");
        gate.countDown();
        others.get(4).get();
        assertEquals(
                List.of(List.of("first"), List.of("aa", "bb"), List.of("c"), List.of("larger"), List.of("d")), batches);
    }

    @Test
    void aFullQueueRefusesMoreItemsUntilThereIsRoom() throws Exception {
        start(new Limits(100, 1000, 2, 1000));
        List<CompletableFuture<String>> others = submit("a", "b");
        assertEquals(
                "full",
                assertThrows(RejectedExecutionException.class, () -> batcher.submit("c"))
                        .getMessage());
        gate.countDown();
        others.get(1).get();
        assertEquals("written c", batcher.submit("c").get());
    }

    @Test
    void aQueueRefusesMoreBytesUnlessItIsEmpty() throws Exception {
        start(new Limits(100, 1000, 1000, 4));
        List<CompletableFuture<String>> others = submit("larger");
        assertThrows(RejectedExecutionException.class, () -> batcher.submit("c"));
        gate.countDown();
        others.get(0).get();
        assertEquals("written c", batcher.submit("c").get());
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void aThrowFailsItsWholeBatchAndNoLaterOne(Class<? extends Throwable> type) throws Exception {
        Throwable failure = type.getConstructor().newInstance();
        batcher = new Batcher<>("test", ROOMY, String::length, items -> {
            writing.countDown();
            gate.await();
            if (items.contains("bad")) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (Exception) failure;
            }
            return items;
        });
        batcher.submit("first");
        writing.await();
        List<CompletableFuture<String>> others = submit("a", "bad");
        gate.countDown();
        for (CompletableFuture<String> other : others) {
            assertSame(
                    failure, assertThrows(ExecutionException.class, other::get).getCause());
        }
        assertEquals("good", batcher.submit("good").get());
    }

    @Test
    void closingWritesWhatIsQueuedAndThenRefuses() throws Exception {
        start(ROOMY);
        List<CompletableFuture<String>> others = submit("a", "b");
        gate.countDown();
        batcher.close();
        assertEquals("written b", others.get(1).getNow(null));
        assertEquals(
                "closed",
                assertThrows(RejectedExecutionException.class, () -> batcher.submit("c"))
                        .getMessage());
    }

    @Test
    void everyoneOfManyGetsTheResultOfTheirOwnItem() {
        gate.countDown();
        batcher = new Batcher<>("test", new Limits(7, 1000, 10_000, 1_000_000), String::length, this::write);
        IntStream.range(0, 2000)
                .parallel()
                .forEach(i -> assertEquals(
                        "written " + i, batcher.submit(Integer.toString(i)).join()));
    }
}
