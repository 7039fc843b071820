package routes.http;

import io.netty.util.NetUtil;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses as text, in the plain notations only: of 0177.0.0.1, 127.1 or ::ffff:127.0.0.1 the next reader might make another
 * address than this one.
 */
public final class IpText {

    private static final String NUMBER = "(0|[1-9]\\d{0,2})";
    private static final Pattern IPV4 = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");

    private IpText() {}

    /** Its 4 or 16 bytes; the JDK would make 4 of an IPv6 address that has an IPv4 address in it. Empty: it is none. */
    public static Optional<byte[]> read(String text) {
        boolean plain = IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
        return Optional.ofNullable(plain ? NetUtil.createByteArrayFromIpAddressString(text) : null);
    }

    /** The same for the host of a URL, where an IPv6 address is in brackets. */
    public static Optional<byte[]> ofHost(String host) {
        return read(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
