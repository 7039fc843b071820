package routes.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notification types of the settings. */
class NotificationTypesTest {

    @Test
    void typesAreWhatTheSettingsSay() throws Exception {
        NotificationTypes types = new NotificationTypes();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("notification-type.12", "Payment");
            context.getPropertiesComponent().addInitialProperty("notification-type.3", " {{third}} ");
            context.getPropertiesComponent().addInitialProperty("third", "Document");
            context.getPropertiesComponent().addInitialProperty("notification-type.4", "");
            types.setCamelContext(context);
            context.start();
            types.start();
        }
        assertEquals(OptionalInt.of(3), types.number("Document"));
        assertEquals(OptionalInt.of(3), types.number("3"));
        assertEquals(OptionalInt.empty(), types.number("Notes"));
        assertEquals(Optional.of("Document"), types.name(3));
        assertEquals(Optional.of("Payment"), types.name(12));
        assertEquals(Optional.empty(), types.name(4), "set to nothing, it is switched off");
        assertEquals(12, types.supported("12"));
    }

    @ParameterizedTest
    @CsvSource({
        "4,                     020202",
        "012,                   020202",
        "999999999,             020202",
        "1234567890,            020201",
        "-1,                    020201",
        "+1,                    020201",
        "1.0,                   020201",
        "one,                   020201",
        "'',                    020201",
        "' 1',                  020201",
        "\u0661,                020201"
    })
    void otherNumbersAreRefused(String text, String code) {
        RegistryRefused refused = assertThrows(RegistryRefused.class, () -> new NotificationTypes().supported(text));
        assertEquals(400, refused.status());
        assertEquals(code, refused.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "-1", "1.5", "1234567890", "", "1 "})
    void aNumberThatIsNoneStopsTheStart(String number) {
        String said = said(Map.of(number, "Payment"));
        assertEquals("notification-type." + number + ": a notification type is a number of one to nine digits", said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1Payment", "../Payment", "Pay ment", "Pay-ment", "Päyment"})
    void aNameThatIsNoneStopsTheStart(String name) {
        String said = said(Map.of("4", name));
        assertEquals(
                "notification-type.4 must be a name of up to 64 letters and digits that begins with a letter", said);
    }

    @ParameterizedTest
    @CsvSource({"1, Payment, 2, Payment", "1, Payment, 01, Note"})
    void twoOfOneNumberOrNameStopTheStart(String number, String name, String other, String otherName) {
        String said = said(Map.of(number, name, other, otherName));
        assertEquals("two notification types have one number or name", said.split(": ", 2)[1]);
    }

    private static String said(Map<String, String> settings) {
        return assertThrows(IllegalStateException.class, () -> NotificationTypes.parse(settings))
                .getMessage();
    }
}
