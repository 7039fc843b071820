package routes.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;

/** The name servers of the world, as a test wants them: they may change their answer from one lookup to the next, or not answer. */
public final class HostNames implements DnsResolver {

    private final Map<String, Deque<InetAddress[]>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> lookups = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param next what the next lookups find, one after the other, and all later ones the last; several addresses with + between */
    public void leadsTo(String host, String... next) {
        Deque<InetAddress[]> all = new ArrayDeque<>();
        for (String addresses : next) {
            all.add(Addresses.of(addresses.split("\\+")));
        }
        lookups.remove(host);
        answers.put(host, all);
    }

    /** How often it was looked up since it was told where the host leads. */
    public int lookups(String host) {
        return lookups.getOrDefault(host, 0);
    }

    /** No answer before {@link #release} for hosts whose names begin with "hanging". */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        lookups.merge(host, 1, Integer::sum);
        if (host.startsWith("hanging")) {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        Deque<InetAddress[]> left = answers.get(host);
        if (left == null) {
            throw new UnknownHostException(host);
        }
        synchronized (left) {
            return left.size() == 1 ? left.peek() : left.poll();
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        throw new AssertionError("nobody has checked that name");
    }

    public void release() {
        released.countDown();
    }
}
