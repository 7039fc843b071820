package routes.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the requests of one connection: strictly ({@link RequestHead}), heads within a time, and one request at a time. What a client
 * sends before it has taken its answer stays unread, so that nobody can fill the memory with it.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private final int mostHeaders;
    private final int headSeconds;

    private ChannelHandlerContext connection;
    private Future<?> headTimer;
    private Refused wrong;
    private int headers;
    private int lengths;
    private boolean lineRead;
    private boolean inBody;
    private boolean answering;
    private boolean held;
    private boolean last;

    /**
     * @param mostHeaders that a request may have
     * @param headSeconds that a head may take from its first byte
     */
    StrictDecoder(HttpServerOptions options, int mostHeaders, int headSeconds) {
        super(options);
        this.mostHeaders = mostHeaders;
        this.headSeconds = headSeconds;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext connection, ByteBuf in, List<Object> out) throws Exception {
        if (last && !inBody) {
            in.skipBytes(in.readableBytes());
        } else if (answering && !inBody) {
            held = true;
            connection.channel().config().setAutoRead(false);
        } else {
            if (!inBody && wrong == null) {
                wrong = RequestHead.wrongLine(in, lineRead);
            }
            int before = out.size();
            super.decode(connection, in, out);
            out.subList(before, out.size()).forEach(this::passed);
            if (!inBody && !answering && headTimer == null) {
                headTimer = connection.executor().schedule(this::late, headSeconds, TimeUnit.SECONDS);
            }
        }
    }

    /** Netty would read on where nothing has come of what it has read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext connection) throws Exception {
        if (held) {
            connection.fireChannelReadComplete();
        } else {
            super.channelReadComplete(connection);
        }
    }

    private void passed(Object part) {
        if (part instanceof HttpRequest) {
            if (headTimer != null) {
                headTimer.cancel(false);
                headTimer = null;
            }
            wrong = null;
            lineRead = false;
            answering = true;
            inBody = true;
        }
        if (part instanceof LastHttpContent) {
            inBody = false;
            if (last) { // answered already: only the rest was to come
                connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        headers = 0;
        lengths = 0;
        lineRead = true;
        RequestHead.checkVersion(line[2]);
        if (wrong == null) { // told when the head is whole: the answer may depend on the path
            wrong = RequestHead.wrongTarget(line[1]);
        }
        return super.createMessage(line);
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        if (++headers > mostHeaders) {
            throw new TooLongHttpHeaderException("more than " + mostHeaders + " headers");
        }
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
            lengths++; // Netty takes the first of several, with HTTP/1.0
        }
        return name;
    }

    /** Asked when the head is whole, and before anything is made of it. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage head) {
        if (wrong != null) {
            throw wrong;
        }
        RequestHead.checkHeaders((HttpRequest) head, lengths);
        return super.isContentAlwaysEmpty(head);
    }

    private void late() {
        last = true;
        answering = true;
        HttpMessage none = createInvalidMessage();
        none.setDecoderResult(
                DecoderResult.failure(new Refused(408, "invalid_request", "the request took too long to come")));
        connection.fireChannelRead(none);
        connection.fireChannelReadComplete();
    }

    /**
     * The request that was read last has its answer, all of it.
     *
     * @param close whether the answer says that there will be no other
     */
    void answered(boolean close) {
        answering = false;
        last |= close;
        if (!close && held) {
            held = false;
            connection.executor().execute(this::readOn);
        }
    }

    /** Whether nothing of a request is still to come. */
    boolean isWhole() {
        return !inBody;
    }

    private void readOn() {
        connection.channel().config().setAutoRead(true);
        try {
            channelRead(connection, Unpooled.EMPTY_BUFFER);
            channelReadComplete(connection);
        } catch (Exception e) {
            connection.fireExceptionCaught(e);
        }
    }
}
