package routes.fault;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.support.Load;
import routes.support.Load.Outcome;

/** What became of everything that was acknowledged: in the tables of the stopped bundle, in the topic and at the partner. */
record Count(Load load, Ledger ledger, Arrivals topic, Arrivals partner) {

    static final String HEAD = """
            | what happened | database | times | acknowledged | stored | delivered: table, topic, partner | lost: table, topic, partner | doubled in the tables | came again under its id: topic, partner | answered 503; broken off |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    /** A line of the table. */
    String line(String what, Object database, int times) {
        return Stream.of(
                        what,
                        database,
                        times,
                        acknowledged().size(),
                        ledger.events().size(),
                        three(ledger.tasks().size(), topic.distinct(), partner.distinct()),
                        three(
                                ledger.lost(acknowledged()).size(),
                                topic.missing(acknowledged()).size(),
                                partner.missing(acknowledged()).size()),
                        ledger.doubled().size(),
                        topic.again() + ", " + partner.again(),
                        count(Outcome.REJECTED) + "; " + count(Outcome.BROKEN))
                .map(Objects::toString)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String three(int table, int topic, int partner) {
        return table + ", " + topic + ", " + partner;
    }

    private Set<UUID> acknowledged() {
        return load.acknowledged();
    }

    private long count(Outcome outcome) {
        return load.tries().stream().filter(made -> made.outcome() == outcome).count();
    }

    /** Fails unless the promises of docs/reliability.md were kept. */
    void check() {
        assertAll(
                () -> assertEquals(acknowledged(), ledger.events().keySet(), "stored"),
                () -> assertEquals(Set.of(), ledger.lost(acknowledged()), "lost in the tables"),
                () -> assertEquals(Set.of(), ledger.doubled(), "doubled in the tables"),
                () -> assertEquals(Set.of(), topic.missing(acknowledged()), "lost in the topic"),
                () -> assertEquals(Set.of(), partner.missing(acknowledged()), "lost at the partner"),
                () -> assertTrue(topic.canBeTold(), "an event came to the topic under two ids"),
                () -> assertTrue(partner.canBeTold(), "an event came to the partner under two ids"),
                () -> assertTrue(Set.of(204, 503).containsAll(load.statuses()), () -> "answers: " + load.statuses()));
    }
}
