package routes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection lets through, and when. */
class StrictDecoderTest {

    private static final int SECONDS = 10;

    private final Reads reads = new Reads();
    private EmbeddedChannel connection;

    /** Counts how often more is read without waiting to be told. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {

        private int asked;

        @Override
        public void read(ChannelHandlerContext connection) {
            asked++;
            connection.read();
        }
    }

    @BeforeEach
    void connect() {
        StrictDecoder requests = new StrictDecoder(new HttpServerOptions(), 100, SECONDS);
        connection = new EmbeddedChannel(reads, requests, new AnswerGate(requests, SECONDS, false));
        connection.freezeTime();
    }

    private void receive(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    /** What has been let through meanwhile. */
    private List<HttpRequest> requests() {
        List<HttpRequest> requests = new ArrayList<>();
        for (Object part = connection.readInbound(); part != null; part = connection.readInbound()) {
            if (part instanceof HttpRequest request) {
                requests.add(request);
            }
        }
        return requests;
    }

    private void answer() {
        connection.writeOutbound(noContent());
        connection.runPendingTasks();
    }

    private static FullHttpResponse noContent() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
    }

    @Test
    void oneRequestAtATime() {
        receive(get("/0") + get("/1") + get("/2").substring(0, 10));
        assertEquals(List.of("/0"), requests().stream().map(HttpRequest::uri).toList());
        assertFalse(connection.config().isAutoRead(), "reads on, whatever comes");

        answer();
        assertEquals(List.of("/1"), requests().stream().map(HttpRequest::uri).toList());

        answer();
        assertEquals(List.of(), requests());
        assertTrue(connection.config().isAutoRead());
        receive(get("/2").substring(10));
        assertEquals(List.of("/2"), requests().stream().map(HttpRequest::uri).toList());
    }

    @Test
    void whatComesBehindABodyWaitsToo() {
        receive("POST /0 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
        receive("dy" + get("/1"));
        assertEquals(List.of("/0"), requests().stream().map(HttpRequest::uri).toList());
        answer();
        assertEquals(List.of("/1"), requests().stream().map(HttpRequest::uri).toList());
    }

    /** Also when somebody else has had it read on meanwhile. */
    @Test
    void whatWaitsIsReadWhenItsTurnComes() {
        receive(get("/0") + get("/1"));
        connection.config().setAutoRead(true);
        assertEquals(1, requests().size());
        answer();
        assertEquals(List.of("/1"), requests().stream().map(HttpRequest::uri).toList());
    }

    /** Written, and nobody takes it: each more would be kept in memory. */
    @Test
    void whoeverDoesNotTakeTheAnswerHasNoOther() {
        receive(get("/0") + get("/1"));
        requests();
        connection.writeOneOutbound(noContent());
        connection.runPendingTasks();
        assertEquals(List.of(), requests());
        connection.flushOutbound();
        connection.runPendingTasks();
        assertEquals(List.of("/1"), requests().stream().map(HttpRequest::uri).toList());
    }

    @Test
    void noMoreIsReadThanWaits() {
        receive(get("/0"));
        receive(get("/1"));
        reads.asked = 0;
        receive("x".repeat(1_000));
        assertEquals(0, reads.asked);
    }

    /** Told to go on is not answered. */
    @Test
    void anInterimAnswerIsNone() {
        receive(get("/0") + get("/1"));
        requests();
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        connection.runPendingTasks();
        assertEquals(List.of(), requests());
    }

    @Test
    void aHeadHasItsTimeFromItsFirstByte() {
        pass(2 * SECONDS);
        receive("GET /0 HTTP/1.1\r\n");
        pass(SECONDS - 1);
        receive("Host: x\r\n");
        assertEquals(List.of(), requests());
        pass(1);
        List<HttpRequest> late = requests();
        assertEquals(
                408,
                assertInstanceOf(Refused.class, late.get(0).decoderResult().cause())
                        .status());
        receive("\r\n" + get("/1"));
        assertEquals(List.of(), requests(), "goes on after it was given up");
    }

    @Test
    void aHeadThatIsWholeInTimeHasNoTimeAnyMore() {
        receive("GET /0 HTTP/1.1\r\n");
        receive("Host: x\r\n\r\n");
        assertEquals(1, requests().size());
        pass(2 * SECONDS);
        answer();
        pass(2 * SECONDS);
        assertEquals(List.of(), requests());
        assertTrue(connection.isOpen());
    }

    /** Bit by bit: what is taken gives no more time for the rest. */
    @Test
    void anAnswerMustBeTakenInTime() {
        receive(get("/0"));
        connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        pass(SECONDS - 1);
        connection.writeOutbound(new DefaultHttpContent(Unpooled.copiedBuffer(new byte[1])));
        assertTrue(connection.isOpen());
        connection.writeOneOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        pass(1);
        assertFalse(connection.isOpen());
    }

    @Test
    void oneThatIsLeavesTheConnectionOpen() {
        for (int i = 0; i < 3; i++) {
            receive(get("/" + i));
            pass(SECONDS - 1);
            answer();
        }
        pass(2 * SECONDS);
        assertTrue(connection.isOpen());
    }

    /** What has come already is for nobody any more. */
    @Test
    void nothingIsDoneForWhoeverIsGone() {
        receive(get("/0") + get("/1"));
        requests();
        connection.writeOneOutbound(noContent());
        connection.close();
        connection.runPendingTasks();
        assertEquals(List.of(), requests());
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }

    @Test
    void whatIsNotWantedAfterAnAnswerIsNotKept() {
        receive("POST /0 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
        DefaultFullHttpResponse last = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        last.headers().set("Connection", "close");
        connection.writeOutbound(last);
        assertTrue(connection.isOpen(), "cut off in the middle of a body, its client might not see the answer");
        receive("dy" + get("/1"));
        assertEquals(List.of("/0"), requests().stream().map(HttpRequest::uri).toList());
        assertFalse(connection.isOpen());
        assertNull(connection.<ByteBuf>readInbound());
    }
}
