package bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/** What HTTP alone costs: a Vert.x server that reads the body and answers 204. */
public final class BareServer {

    private BareServer() {}

    public static void main(String[] arguments) {
        HttpServerOptions options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0]));
        Vertx.vertx()
                .createHttpServer(options)
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response().setStatusCode(204).end()))
                .listen();
    }
}
