package routes.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class of this process logs meanwhile. */
public final class LogOf extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public LogOf(Class<?> type) {
        super("log-of-" + type.getName(), null, null, true, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(type);
        start();
        logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    /** Each its level and what it says. */
    public List<String> lines() {
        return lines;
    }

    /** Whether there is a line of that level with this in it. */
    public boolean has(String level, String part) {
        return lines.stream().anyMatch(line -> line.startsWith(level + " ") && line.contains(part));
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
