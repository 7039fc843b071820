package routes.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs so many attempts of a lane at once, and no more: others of the lane that are in memory already wait for their turn. */
final class Turns {

    private final int most;
    private final Executor workers;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Queue<Turn>> waiting = new HashMap<>();

    /**
     * One attempt.
     *
     * @param task makes it
     * @param refused instead, when the workers take nothing any more
     */
    private record Turn(Runnable task, Runnable refused) {}

    /** @param most of each lane at once */
    Turns(int most, Executor workers) {
        this.most = most;
        this.workers = workers;
    }

    /** Runs the task, or else, when the workers take nothing any more, what is to be done then. */
    void run(String lane, Runnable task, Runnable refused) {
        Turn turn = new Turn(task, refused);
        synchronized (this) {
            if (running.getOrDefault(lane, 0) >= most) {
                waiting.computeIfAbsent(lane, none -> new ArrayDeque<>()).add(turn);
                return;
            }
            running.merge(lane, 1, Integer::sum);
        }
        execute(lane, turn);
    }

    private void execute(String lane, Turn turn) {
        try {
            workers.execute(() -> {
                try {
                    turn.task.run();
                } finally {
                    next(lane);
                }
            });
        } catch (RejectedExecutionException e) {
            turn.refused.run();
            next(lane);
        }
    }

    private void next(String lane) {
        Turn turn;
        synchronized (this) {
            Queue<Turn> turns = waiting.get(lane);
            turn = turns == null ? null : turns.poll();
            if (turn == null) {
                waiting.remove(lane);
                running.computeIfPresent(lane, (name, count) -> count == 1 ? null : count - 1);
                return;
            }
        }
        execute(lane, turn);
    }

    /** Refuses all that still wait. */
    void refuseWaiting() {
        List<Turn> left = new ArrayList<>();
        synchronized (this) {
            waiting.values().forEach(left::addAll);
            waiting.clear();
        }
        left.forEach(turn -> turn.refused.run());
    }
}
