package routes.delivery;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Variable;

/** The messages of a prior authorization at Develop Health, which come as a whole thread: nothing says which of them is new. */
@BindToRegistry("message-thread")
public class MessageThread {

    static final String MESSAGES = "$.data.message_thread.messages";

    private static final Comparator<Object> BY_TIME =
            Comparator.comparing(MessageThread::time, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Whether the newest message was {@code sent} by us or {@code received}; null without messages. */
    public String newestDirection(@Variable("event") Object event) {
        List<?> messages = Columns.list(event, MESSAGES);
        return messages.stream()
                // of equal times the last
                .reduce((one, next) -> BY_TIME.compare(one, next) > 0 ? one : next)
                .map(message -> Columns.string(message, "$.direction"))
                .orElse(null);
    }

    private static OffsetDateTime time(Object message) {
        return Columns.time(Columns.string(message, "$.timestamp"));
    }
}
