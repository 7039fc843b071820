package routes.http;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IPv4 or IPv6. (Netty's rule for subnets reads it with the JDK, which has no IPv6 address within ::ffff:0:0/96.)
 *
 * @param first its first address, as a number
 * @param fixed how many bits all of its addresses share
 * @param bits how many bits an address has
 */
public record Cidr(BigInteger first, int fixed, int bits) {

    private static final Pattern FORM = Pattern.compile("(.+)/(0|[1-9]\\d{0,2})");

    /** @throws IllegalArgumentException when it is none, or the address before the slash is not its first one */
    public static Cidr of(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            Cidr cidr = IpText.read(form.group(1))
                    .map(address -> of(address, Integer.parseInt(form.group(2))))
                    .orElse(null);
            if (cidr != null && cidr.isWhole()) {
                return cidr;
            }
        }
        throw new IllegalArgumentException("not a network: " + text + " (write 10.20.0.0/16 or fd12:3456::/32)");
    }

    private static Cidr of(byte[] address, int fixed) {
        return new Cidr(new BigInteger(1, address), fixed, address.length * Byte.SIZE);
    }

    private boolean isWhole() {
        return fixed <= bits && (first.signum() == 0 || first.getLowestSetBit() >= bits - fixed);
    }

    /** @param address its 4 or 16 bytes */
    public boolean contains(byte[] address) {
        return contains(of(address, address.length * Byte.SIZE));
    }

    public boolean contains(Cidr other) {
        return bits == other.bits
                && fixed <= other.fixed
                && first.xor(other.first).bitLength() <= bits - fixed;
    }
}
