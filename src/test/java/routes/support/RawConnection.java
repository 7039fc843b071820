package routes.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A connection of a client that keeps to no rule. What it writes and reads is text of one byte a character. */
public final class RawConnection implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final int PATIENCE_MILLIS = 8_000;

    private final Socket socket;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    public RawConnection(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    public RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** One that the other side cannot send much to ahead of what is read here. */
    public static RawConnection narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return new RawConnection(socket);
    }

    /** All that is answered to this until the connection ends. */
    public static String exchange(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.write(request);
            return connection.untilItEnds();
        }
    }

    /** The statuses of the answers in the text, in their order. */
    public static List<Integer> statuses(String answers) {
        return STATUS.matcher(answers)
                .results()
                .map(status -> Integer.valueOf(status.group(1)))
                .toList();
    }

    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes until the other side ends the connection; it must end it. */
    public String untilItEnds() throws IOException {
        readUntil("", PATIENCE_MILLIS);
        if (!socket.isClosed()) {
            throw new AssertionError("the connection stays open after: " + text());
        }
        return text();
    }

    /** All that has come as soon as there is this in it. */
    public String until(String part) throws IOException {
        readUntil(part, PATIENCE_MILLIS);
        return text();
    }

    /** Writes one after the other until the other side says anything, or ends the connection. */
    public String drip(String text, int pauseMillis) throws IOException {
        for (int i = 0; i < text.length() && read.size() == 0 && !socket.isClosed(); i++) {
            try {
                write(text.substring(i, i + 1));
            } catch (SocketException ended) {
                // what it said before is still there to be read
            }
            readUntil("HTTP", pauseMillis);
        }
        return untilItEnds();
    }

    /** Takes so many bytes of what has come; whether the other side has ended the connection, which a write tells. */
    public boolean isEndedAfter(int bytes) {
        try {
            socket.getInputStream().readNBytes(bytes);
            write("x");
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    /** Whether the other side has ended the connection without a word. */
    public boolean isEnded() throws IOException {
        readUntil("", 1_000);
        return socket.isClosed() && read.size() == 0;
    }

    public void forget() {
        read.reset();
    }

    private String text() {
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Closes the socket when the other side has ended the connection. */
    private void readUntil(String part, int patienceMillis) throws IOException {
        if (socket.isClosed()) {
            return;
        }
        socket.setSoTimeout(patienceMillis);
        byte[] some = new byte[8192];
        try {
            while (part.isEmpty() || !text().contains(part)) {
                int length = socket.getInputStream().read(some);
                if (length < 0) {
                    socket.close();
                    return;
                }
                read.write(some, 0, length);
            }
        } catch (SocketTimeoutException silent) {
            // the caller sees that it is open
        } catch (SocketException reset) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
