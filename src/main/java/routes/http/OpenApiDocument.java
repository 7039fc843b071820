package routes.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.camel.BindToRegistry;
import org.apache.camel.support.ResourceHelper;
import routes.config.ContextService;

/** The contract, the one large answer that anybody may ask for: in memory once, however many read it slowly. */
@BindToRegistry("openapi-document")
public class OpenApiDocument extends ContextService {

    private ByteBuffer content;

    @Override
    protected void doStart() throws Exception {
        try (InputStream file = ResourceHelper.resolveMandatoryResourceAsInputStream(
                getCamelContext(), settings().text("webhook.openapi"))) {
            byte[] bytes = file.readAllBytes();
            // outside the heap, or each answer would be copied there to be sent
            content = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
        }
    }

    public Buffer content() {
        return Buffer.buffer(Unpooled.wrappedBuffer(content));
    }
}
