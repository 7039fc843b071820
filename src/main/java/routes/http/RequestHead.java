package routes.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the head of a request must be like. Whoever is before us may read what is not plain in another way than we do, and take for the
 * body of one request what we take for another request. So none of it is guessed at or mended.
 */
final class RequestHead {

    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
    private static final Pattern HOST = Pattern.compile("([\\w.~-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private RequestHead() {}

    /**
     * What is wrong with the lines that are still in the buffer, as they came; null when nothing is.
     *
     * @param headers whether the request line is over
     */
    static Refused wrongLine(ByteBuf lines, boolean headers) {
        boolean header = headers;
        int start = lines.readerIndex();
        while (start < lines.writerIndex()) {
            byte first = lines.getByte(start);
            int end = lines.indexOf(start, lines.writerIndex(), (byte) '\n');
            if (header && (first == ' ' || first == '\t')) {
                return Refused.badRequest("a header goes on in the next line");
            }
            if (end < 0 || header && first == '\r') { // not whole yet, or the empty line at the end of the head
                return null;
            }
            if (!header && first != '\r') {
                header = true;
                if (!isRequestLine(lines, start, end - 1)) {
                    return Refused.badRequest("this is not HTTP");
                }
            }
            start = end + 1;
        }
        return null;
    }

    /** Three words with one blank between them. */
    private static boolean isRequestLine(ByteBuf line, int start, int end) {
        int blanks = 0;
        for (int i = start; i < end; i++) {
            byte b = line.getByte(i);
            if (b == ' ') {
                blanks++;
            } else if (b < ' ' || b == 127) { // a byte above 127 is less than 0
                return false;
            }
        }
        return blanks == 2;
    }

    /** @throws Refused for a version that is not spoken here */
    static void checkVersion(String version) {
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw VERSION.matcher(version).matches()
                    ? new Refused(505, "invalid_request", "this server speaks HTTP/1.1 and HTTP/1.0")
                    : Refused.badRequest("this is not HTTP");
        }
    }

    /** What is wrong with what the request is for; null when nothing is. */
    static Refused wrongTarget(String target) {
        return PATH.matcher(target).matches() ? null : Refused.badRequest("the request must be for a path");
    }

    /**
     * @param lengths lines with a Content-Length that there were
     * @throws Refused when the headers do not say one thing only
     */
    static void checkHeaders(HttpRequest request, int lengths) {
        HttpHeaders headers = request.headers();
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().isEmpty()
                    || HttpHeaderValidationUtil.validateToken(header.getKey()) >= 0
                    || HttpHeaderValidationUtil.validateValidHeaderValue(header.getValue()) >= 0) {
                throw Refused.badRequest("a header has a character that it must not have");
            }
        }
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && !old || !hosts.stream().allMatch(RequestHead::isHost)) {
            throw Refused.badRequest("the header Host must come once, with the name of a host");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked") && !old;
        if (lengths > 1 || !codings.isEmpty() && (!chunked || lengths > 0)) {
            throw Refused.badRequest(
                    "the length of the body must be told once: by Content-Length, or by Transfer-Encoding: chunked");
        }
        if (headers.contains(
                HttpHeaderNames.SEC_WEBSOCKET_KEY1)) { // of an old draft, whose requests have a body of no told length
            throw Refused.badRequest("there are no WebSockets here");
        }
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        if (!expectations.stream().allMatch("100-continue"::equalsIgnoreCase)) {
            throw new Refused(417, "invalid_request", "nothing is to be expected but 100-continue");
        }
    }

    private static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }
}
