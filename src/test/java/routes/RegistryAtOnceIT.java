package routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static routes.support.TestRegistry.OWN;
import static routes.support.TestRegistry.URL;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many changes of the registry at once, on both databases. */
class RegistryAtOnceIT extends RegistryCases {

    @Test
    void theSameThingPutManyTimesAtOnceIsStoredOnce() throws Exception {
        String id = UUID.randomUUID().toString();
        List<HttpResponse<String>> partners = atOnce(i ->
                registry.putPartner(id, "{'name':'" + i % 3 + "','grants':[{'sender':'s','tenant':'" + i % 3 + "'}]}"));
        assertEquals(
                List.of(200),
                partners.stream().map(HttpResponse::statusCode).distinct().toList());
        assertEquals("2", registry.bundle().select("select count(*) from partner_grant where partner_id = ?", id));
        assertEquals(
                1,
                registry.audit("partner " + id).stream()
                        .filter(row -> row.contains(": created"))
                        .count());

        List<HttpResponse<String>> callbacks =
                atOnce(i -> registry.putCallback(1, "{'callbackUrl':'https://partner.example/" + i % 3 + "'}"));
        assertEquals(
                List.of(200),
                callbacks.stream().map(HttpResponse::statusCode).distinct().toList());
        assertEquals(
                1,
                callbacks.stream()
                        .filter(response -> response.body().contains("whsec_"))
                        .count(),
                "one of them created it");
        assertEquals(24, registry.audit("callback " + OWN + "/1").size());
    }

    @Test
    void puttingAndRemovingAtOnceFailsNobody() throws Exception {
        List<HttpResponse<String>> responses = atOnce(i -> switch (i % 4) {
            case 0 -> registry.putPartner(OWN, "{'grants':[{'sender':'s','tenant':'t'}]}");
            case 1 -> registry.call(registry.admin(), "DELETE", "/partners/" + OWN, null);
            case 2 -> registry.putCallback(1, "{'callbackUrl':'" + URL + "'}");
            default -> registry.callback("DELETE", "1", null);
        });
        List<Integer> statuses = responses.stream()
                .map(HttpResponse::statusCode)
                .distinct()
                .sorted()
                .toList();
        assertTrue(List.of(200, 204, 404).containsAll(statuses), statuses::toString);
    }

    private interface Call {
        HttpResponse<String> make(int i) throws Exception;
    }

    private static List<HttpResponse<String>> atOnce(Call call) {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 24)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return call.make(i);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
