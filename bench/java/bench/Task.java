package bench;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import routes.support.Fixtures;

/** The failed Coverage Discovery task of about 2.5 kB that all parts of the benchmark send, each time under another id. */
final class Task {

    private static final byte[] BYTES = Fixtures.bytes("coverage-discovery/valid/02-failure-serial.json");
    private static final int ID = position();
    private static final int ID_LENGTH = 36;

    private Task() {}

    private static int position() {
        String text = new String(BYTES, StandardCharsets.ISO_8859_1);
        return text.indexOf('"', text.indexOf("\"id\"") + 4) + 1;
    }

    static byte[] bytes(UUID id) {
        byte[] bytes = BYTES.clone();
        System.arraycopy(id.toString().getBytes(StandardCharsets.ISO_8859_1), 0, bytes, ID, ID_LENGTH);
        return bytes;
    }
}
