package routes.fault;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.camel.main.Main;
import routes.support.Jvm;

/**
 * Starts a bundle that ends at a chosen point of a notification's way, as by {@code kill -9}: no hook runs, nothing is flushed. The
 * point is woven into the classes as they are, so that they know nothing of it.
 */
public enum CrashPoint {
    BEFORE_COMMIT(
            "before the commit", "com.zaxxer.hikari.pool.ProxyConnection", "commit", Entry.class, "^inbox-commit:"),
    AFTER_COMMIT("after the commit", "com.zaxxer.hikari.pool.ProxyConnection", "commit", Exit.class, "^inbox-commit:"),
    BEFORE_ANSWER("before the answer", "routes.inbox.Inbox", "commit", Exit.class, ""),
    BEFORE_SEND("between claim and send", "routes.delivery.Attempt", "make", Entry.class, "destination=%s/"),
    BEFORE_RESULT(
            "between send and result",
            "routes.delivery.Attempt",
            "make",
            Exit.class,
            "destination=%s/.*state=delivered");

    /** The exit code of a process that was killed. */
    static final int KILLED = 128 + 9;

    private static final Pattern COUNTED = Pattern.compile(System.getProperty("crash.counted", ""));
    private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger("crash.passage", 0));

    private final String words;
    private final String type;
    private final String method;
    private final Class<?> advice;
    private final String counted;

    /**
     * A point.
     *
     * @param words what it is called
     * @param counted which of its passages count, by the thread and what it has with it; %s is the kind of a destination
     */
    CrashPoint(String words, String type, String method, Class<?> advice, String counted) {
        this.words = words;
        this.type = type;
        this.method = method;
        this.advice = advice;
        this.counted = counted;
    }

    /** Whether it is on the way to a destination, and not on the way into the inbox. */
    boolean isOfDelivery() {
        return counted.contains("%s");
    }

    /**
     * A bundle that ends here.
     *
     * @param kind of the destination, where it is on the way to one
     * @param passage at which passage
     */
    Jvm jvm(String kind, int passage) {
        return Jvm.QUICK
                .main(CrashPoint.class)
                .with(
                        "-Djdk.attach.allowAttachSelf=true",
                        "-Dcrash.point=" + name(),
                        "-Dcrash.counted=" + counted.formatted(kind),
                        "-Dcrash.passage=" + passage);
    }

    public static void main(String[] arguments) throws Exception {
        valueOf(System.getProperty("crash.point")).weave();
        Main.main(arguments);
    }

    private void weave() throws ReflectiveOperationException {
        ByteBuddyAgent.install();
        new ByteBuddy()
                .redefine(Class.forName(type))
                .visit(Advice.to(advice).on(ElementMatchers.named(method)))
                .make()
                .load(getClass().getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    }

    /**
     * Called by what is woven in.
     *
     * @param with the arguments of the method, or its result
     */
    public static void passed(String with) {
        boolean counts =
                COUNTED.matcher(Thread.currentThread().getName() + ":" + with).find();
        if (counts && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    @Override
    public String toString() {
        return words;
    }

    private static final class Entry {

        @Advice.OnMethodEnter
        static void passed(@Advice.AllArguments Object[] arguments) {
            CrashPoint.passed(Arrays.toString(arguments));
        }
    }

    /** The method has returned; not: has thrown. */
    private static final class Exit {

        @Advice.OnMethodExit
        static void passed(@Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result) {
            CrashPoint.passed(String.valueOf(result));
        }
    }
}
