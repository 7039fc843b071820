package routes.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What all answers of one connection have in common, whoever made them: headers that keep browsers from doing anything with them; a time
 * within which the client must have taken them; and one that announces the end of the connection is its end.
 */
final class AnswerGate extends ChannelOutboundHandlerAdapter {

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");
    private static final String A_YEAR = "max-age=31536000";

    private final StrictDecoder requests;
    private final int seconds;
    private final boolean tls;
    private Future<?> timer;
    private boolean close;
    private boolean interim;

    /** @param seconds that a client may take for an answer, from its first byte to its last */
    AnswerGate(StrictDecoder requests, int seconds, boolean tls) {
        this.requests = requests;
        this.seconds = seconds;
        this.tls = tls;
    }

    @Override
    public void write(ChannelHandlerContext connection, Object part, ChannelPromise written) {
        if (part instanceof HttpResponse answer) {
            interim = answer.status().code() < 200;
            if (!interim) {
                close = HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(
                        answer.headers().get(HttpHeaderNames.CONNECTION));
                secure(answer.headers());
                limitTime(connection);
            }
        }
        boolean whole = part instanceof LastHttpContent && !interim;
        ChannelPromise promise = written.unvoid();
        if (whole) {
            promise.addListener(taken -> taken(connection, taken.isSuccess()));
        }
        connection.write(part, promise);
        if (whole && close) {
            connection.flush(); // whoever ends the connection may not wait for it
        }
    }

    /** Not the idle timeout: that begins again with every part that is taken. */
    private void limitTime(ChannelHandlerContext connection) {
        stopTimer();
        timer = connection.executor().schedule(() -> connection.close(), seconds, TimeUnit.SECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** All of the answer has left for the client, or never will. Until then it has no other, or it could fill the memory. */
    private void taken(ChannelHandlerContext connection, boolean whole) {
        stopTimer();
        if (whole) {
            requests.answered(close);
        }
        if (close && requests.isWhole()) {
            connection.close();
        }
    }

    private void secure(HttpHeaders headers) {
        HEADERS.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
        if (tls) {
            headers.set("Strict-Transport-Security", A_YEAR);
        }
    }
}
