package routes.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections that a server has accepted: beyond so many at once, new ones are closed before anything is spent on them, a TLS
 * handshake included.
 */
final class Accepted extends JDKTransport {

    private final int most;

    /** @param most connections of one server at once */
    Accepted(int most) {
        this.most = most;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        bootstrap.handler(new Count());
    }

    /** Sits where a server is handed its new connections. */
    @Sharable
    private final class Count extends ChannelInboundHandlerAdapter {

        private final AtomicInteger open = new AtomicInteger();

        @Override
        public void channelRead(ChannelHandlerContext server, Object accepted) {
            Channel connection = (Channel) accepted;
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                connection.unsafe().closeForcibly();
            } else {
                connection.closeFuture().addListener(closed -> open.decrementAndGet());
                server.fireChannelRead(connection);
            }
        }
    }
}
