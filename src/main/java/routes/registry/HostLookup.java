package routes.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import routes.http.IpText;

/**
 * Looks hosts up on threads of its own, since a lookup cannot be interrupted: a name server that does not answer holds whoever asks
 * for some seconds only, and a host no more than one thread, however often it is asked for.
 */
final class HostLookup implements AutoCloseable {

    private static final int MOST_SECONDS = 3;
    private static final int IDLE_SECONDS = 30;

    private final Map<String, Future<InetAddress[]>> underWay = new ConcurrentHashMap<>();
    private final DnsResolver names;
    private final ExecutorService threads;

    /** @param most lookups at once; more fail */
    HostLookup(DnsResolver names, int most) {
        this.names = names;
        this.threads = new ThreadPoolExecutor(
                0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), HostLookup::thread);
    }

    private static Thread thread(Runnable lookup) {
        Thread thread = new Thread(lookup, "host-lookup");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * All addresses of a host, and of a host that is an address just this one, without a lookup.
     *
     * @throws UnknownHostException also when it takes too long, or when too many are under way
     */
    InetAddress[] find(String host) throws UnknownHostException {
        Optional<byte[]> address = IpText.ofHost(host);
        return address.isPresent() ? new InetAddress[] {InetAddress.getByAddress(address.get())} : lookUp(host);
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return underWay.computeIfAbsent(host, this::begin).get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException("the host was not found");
        } catch (TimeoutException e) {
            throw new UnknownHostException("the lookup took too long");
        } catch (RejectedExecutionException e) {
            throw new UnknownHostException("too many lookups");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("the lookup was interrupted");
        }
    }

    private Future<InetAddress[]> begin(String host) {
        return threads.submit(() -> {
            try {
                return names.resolve(host);
            } finally {
                underWay.remove(host);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
