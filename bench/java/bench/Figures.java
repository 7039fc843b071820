package bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What one measurement found.
 *
 * @param perSecond how many were done
 * @param p50 half of them took no longer, in milliseconds
 * @param p99 all but a hundredth took no longer, in milliseconds
 * @param failed how many were not answered as they should be; these are in no other figure
 */
record Figures(double perSecond, double p50, double p99, long failed) {

    private static final double NANOS_A_MILLI = 1e6;

    /** @param nanos how long each took */
    static Figures of(Histogram nanos, double seconds, long failed) {
        return new Figures(
                nanos.getTotalCount() / seconds,
                nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_A_MILLI,
                failed);
    }

    /** The median of each figure: one disturbed round changes it little. */
    static Figures median(List<Figures> rounds) {
        return new Figures(
                median(rounds, Figures::perSecond),
                median(rounds, Figures::p50),
                median(rounds, Figures::p99),
                rounds.stream().mapToLong(Figures::failed).sum());
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
