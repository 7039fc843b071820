package routes.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes many items with one commit: one thread takes whatever queued up while it wrote the batch before. It never waits
 * for a batch to fill, so that a lone item is written at once, and the busier it gets the more items share a commit.
 *
 * @param <T> what is written
 * @param <R> what the writer says of each item
 */
public final class Batcher<T, R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    /** Writes a batch and answers one result an item, in the order of the items; a throw fails them all. */
    @FunctionalInterface
    public interface Writer<T, R> {
        List<R> write(List<T> items) throws Exception;
    }

    /**
     * How much may be held.
     *
     * @param batchItems items a batch, at the most
     * @param batchBytes bytes a batch, at the most (a single larger item is a batch of its own)
     * @param queueItems items waiting, at the most
     * @param queueBytes bytes waiting, at the most
     */
    public record Limits(int batchItems, long batchBytes, int queueItems, long queueBytes) {}

    private record Pending<T, R>(T item, long bytes, CompletableFuture<R> result) {}

    private final Writer<T, R> writer;
    private final ToLongFunction<T> size;
    private final Limits limits;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Pending<T, R>> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closed;

    public Batcher(String name, Limits limits, ToLongFunction<T> size, Writer<T, R> writer) {
        this.writer = writer;
        this.size = size;
        this.limits = limits;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Queues the item.
     *
     * @return completes when the batch with the item is committed or has failed
     * @throws RejectedExecutionException when the queue is full or the batcher is closed
     */
    public CompletableFuture<R> submit(T item) {
        long bytes = size.applyAsLong(item);
        lock.lock();
        try {
            boolean full =
                    queue.size() >= limits.queueItems || (!queue.isEmpty() && queuedBytes + bytes > limits.queueBytes);
            if (closed || full) {
                throw new RejectedExecutionException(closed ? "closed" : "full");
            }
            CompletableFuture<R> result = new CompletableFuture<>();
            queue.addLast(new Pending<>(item, bytes, result));
            queuedBytes += bytes;
            arrived.signal();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Items that wait for a commit, without those that are being written. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<Pending<T, R>> batch = take(); !batch.isEmpty(); batch = take()) {
            write(batch);
        }
    }

    /** Waits for the first item and takes all that fits; empty when closed and drained. */
    private List<Pending<T, R>> take() {
        List<Pending<T, R>> batch = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            long bytes = 0;
            while (!queue.isEmpty() && batch.size() < limits.batchItems) {
                long next = queue.peekFirst().bytes;
                if (!batch.isEmpty() && bytes + next > limits.batchBytes) {
                    break;
                }
                bytes += next;
                batch.add(queue.removeFirst());
            }
            queuedBytes -= bytes;
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private void write(List<Pending<T, R>> batch) {
        try {
            List<R> results = writer.write(batch.stream().map(Pending::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result.complete(results.get(i));
            }
        } catch (Throwable e) { // also an Error: whoever waits must hear of it, and the thread must live on
            LOG.warn("a batch of {} was not written: {}", batch.size(), Causes.of(e));
            batch.forEach(pending -> pending.result.completeExceptionally(e));
        }
    }
}
