package routes.support;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses as a name server would give them, which the JDK does not make of their text. */
public final class Addresses {

    private Addresses() {}

    /** @param texts addresses; one of IPv6 remains one, also when it has an IPv4 address in it */
    public static InetAddress[] of(String... texts) {
        return Arrays.stream(texts).map(Addresses::one).toArray(InetAddress[]::new);
    }

    private static InetAddress one(String text) {
        try {
            boolean mapped = text.startsWith("::ffff:");
            if (!mapped) {
                return InetAddress.getByName(text);
            }
            byte[] bytes = new byte[16];
            bytes[10] = bytes[11] = (byte) 0xff;
            byte[] last = InetAddress.getByName(text).getAddress();
            System.arraycopy(last, 0, bytes, 12, 4);
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
