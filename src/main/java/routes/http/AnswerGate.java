package routes.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;

/**
 * What all answers of one connection have in common, whoever made them: headers that keep browsers from doing anything with them; and
 * an answer that announces the end of the connection is its end.
 */
final class AnswerGate extends ChannelOutboundHandlerAdapter {

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");
    private static final String A_YEAR = "max-age=31536000";

    private final StrictDecoder requests;
    private final boolean tls;
    private boolean close;
    private boolean interim;

    AnswerGate(StrictDecoder requests, boolean tls) {
        this.requests = requests;
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
            }
        }
        boolean whole = part instanceof LastHttpContent && !interim;
        ChannelPromise promise = written.unvoid();
        if (whole && close && requests.isWhole()) {
            promise.addListener(ChannelFutureListener.CLOSE);
        }
        connection.write(part, promise);
        if (whole) {
            if (close) {
                connection.flush(); // whoever ends the connection may not wait for it
            }
            requests.answered(close);
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
