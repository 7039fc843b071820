package routes.delivery;

import java.util.Locale;

/**
 * What is known of the partner behind a lane.
 *
 * @param failures attempts in a row that failed, over all instances
 * @param openings how often in a row the circuit has opened: the pauses grow with it
 */
record Circuit(String lane, State state, int failures, int openings) {

    /** closed: it may be called; open: it is left alone; half-open: one attempt finds out how it is. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN;

        static State of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Nothing is wrong. */
    static Circuit clean(String lane) {
        return new Circuit(lane, State.CLOSED, 0, 0);
    }

    boolean isClean() {
        return equals(clean(lane));
    }

    /** How it is after one more attempt; so many failures in a row open it. */
    Circuit after(Result result, int most) {
        return switch (result.health()) {
            case UP -> clean(lane);
            case DOWN -> failed(result.claim().probe(), most);
            // nobody has asked the partner: another attempt may
            case UNKNOWN ->
                result.claim().probe() && state == State.HALF_OPEN
                        ? new Circuit(lane, State.OPEN, failures, openings)
                        : this;
        };
    }

    /** What was under way when it opened, and fails as well, makes no difference. */
    private Circuit failed(boolean probe, int most) {
        boolean opens = state == State.CLOSED ? failures + 1 >= most : state == State.HALF_OPEN && probe;
        return new Circuit(lane, opens ? State.OPEN : state, failures + 1, opens ? openings + 1 : openings);
    }
}
