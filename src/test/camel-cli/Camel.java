import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What the camel command runs. Java starts it from this file: it compiles against the CLI only. */
public final class Camel {

    private Camel() {}

    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
