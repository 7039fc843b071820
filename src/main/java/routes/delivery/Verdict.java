package routes.delivery;

/** How a delivery route ends a delivery other than by delivering it; no further attempt follows. */
abstract class Verdict extends RuntimeException {

    private final transient Result.State state;

    Verdict(Result.State state, String reason) {
        super(reason);
        this.state = state;
    }

    Result.State state() {
        return state;
    }
}
