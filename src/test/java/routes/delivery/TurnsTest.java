package routes.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Queue<Runnable> executed = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    private void run(Turns turns, String lane, String name) {
        turns.run(lane, () -> done.add(name), () -> done.add(name + " refused"));
    }

    @Test
    void noMoreOfALaneThanItsTurnsIsHandedToTheWorkersAtOnce() {
        Turns turns = new Turns(2, executed::add);
        for (String name : List.of("a1", "a2", "a3", "a4", "b1")) {
            run(turns, name.substring(0, 1), name);
        }
        assertEquals(3, executed.size(), "two of a, one of b");
        executed.poll().run();
        assertEquals(3, executed.size(), "the next of a has its turn");
        while (!executed.isEmpty()) {
            executed.poll().run();
        }
        assertEquals(List.of("a1", "a2", "b1", "a3", "a4"), done);
        run(turns, "a", "a5");
        run(turns, "a", "a6");
        assertEquals(2, executed.size(), "a lane that has emptied has all of its turns again");
    }

    @Test
    void whatWorkersRefuseGivesItsTurnToTheNext() {
        Turns turns = new Turns(1, task -> {
            throw new RejectedExecutionException();
        });
        run(turns, "a", "a1");
        run(turns, "a", "a2");
        assertEquals(List.of("a1 refused", "a2 refused"), done);
    }

    @Test
    void whatStillWaitsAtTheEndIsRefused() {
        Turns turns = new Turns(1, executed::add);
        run(turns, "a", "a1");
        run(turns, "a", "a2");
        turns.refuseWaiting();
        executed.poll().run();
        assertEquals(List.of("a2 refused", "a1"), done);
        assertTrue(executed.isEmpty());
    }

    @Test
    void eachIsRunOrRefusedExactlyOnceAlsoWhileItEnds() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        Turns turns = new Turns(2, workers);
        AtomicInteger ended = new AtomicInteger();
        Callable<Void> call = () -> {
            for (int i = 0; i < 1_000; i++) {
                turns.run("lane-" + i % 3, ended::incrementAndGet, ended::incrementAndGet);
            }
            return null;
        };
        for (int i = 0; i < 4; i++) {
            callers.submit(call);
        }
        await().until(() -> ended.get() > 500);
        workers.shutdown();
        turns.refuseWaiting();
        callers.shutdown();
        assertTrue(callers.awaitTermination(1, TimeUnit.MINUTES));
        assertTrue(workers.awaitTermination(1, TimeUnit.MINUTES));
        assertEquals(4_000, ended.get());
    }
}
