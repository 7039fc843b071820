package routes.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.BindToRegistry;
import org.apache.camel.spi.PropertiesComponent;
import routes.config.ContextService;

/**
 * The notification types that partners may register for: {@code notification-type.<number> = <name>}. The name is also the
 * event type of an echo, and so picks its schema. A type that is set to nothing is not there.
 */
@BindToRegistry("notification-types")
public class NotificationTypes extends ContextService {

    private static final String PREFIX = "notification-type.";
    private static final String NUMBER = "\\d{1,9}";
    private static final String NAME = "[A-Za-z][A-Za-z0-9]{0,63}";

    private Map<Integer, String> names = Map.of();

    @Override
    protected void doStart() {
        PropertiesComponent component = getCamelContext().getPropertiesComponent();
        Properties properties = component.loadProperties(key -> key.startsWith(PREFIX));
        Map<String, String> settings = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            settings.put(
                    key.substring(PREFIX.length()),
                    component.resolveProperty(key).orElse("").strip());
        }
        names = parse(settings);
    }

    /**
     * @param settings names by their numbers, as the properties have them
     * @throws IllegalStateException naming the property that cannot be used
     */
    static Map<Integer, String> parse(Map<String, String> settings) {
        Map<Integer, String> names = new TreeMap<>();
        new TreeMap<>(settings).forEach((number, name) -> {
            if (name.isEmpty()) {
                return;
            }
            if (!number.matches(NUMBER)) {
                throw new IllegalStateException(
                        PREFIX + number + ": a notification type is a number of one to nine digits");
            }
            if (!name.matches(NAME)) {
                throw new IllegalStateException(
                        PREFIX + number + " must be a name of up to 64 letters and digits that begins with a letter");
            }
            if (names.containsValue(name) || names.put(Integer.valueOf(number), name) != null) {
                throw new IllegalStateException(PREFIX + number + ": two notification types have one number or name");
            }
        });
        return names;
    }

    /**
     * The number of a supported type.
     *
     * @throws RegistryRefused 400 when the text is no number, or there is no such type
     */
    int supported(String text) {
        if (!text.matches(NUMBER)) {
            throw RegistryError.TYPE_NUMBER.refusal();
        }
        int number = Integer.parseInt(text);
        if (!names.containsKey(number)) {
            throw RegistryError.TYPE_UNSUPPORTED.refusal();
        }
        return number;
    }

    /** The name of the type; empty when it is not supported. */
    public Optional<String> name(int number) {
        return Optional.ofNullable(names.get(number));
    }

    /** The number of the type, which may be given by its name as well; empty when it is not supported. */
    public OptionalInt number(String nameOrNumber) {
        return names.entrySet().stream()
                .filter(type -> type.getValue().equals(nameOrNumber)
                        || type.getKey().toString().equals(nameOrNumber))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }
}
