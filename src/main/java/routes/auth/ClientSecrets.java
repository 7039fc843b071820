package routes.auth;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The hashes of a client's secrets. Any secret counts, so that a new one can be tried before the old one goes. */
record ClientSecrets(List<Pbkdf2> hashes) {

    static final ClientSecrets NONE = new ClientSecrets(List.of());

    /** @throws IllegalArgumentException when one is no hash, or a weak one */
    static ClientSecrets of(List<String> texts) {
        return new ClientSecrets(texts.stream().map(Pbkdf2::parse).toList());
    }

    /**
     * The hash of the secret, if it is one of them.
     *
     * @param least so many iterations are made when it is none, so that the time tells nothing of the client
     */
    Optional<Pbkdf2> matching(String secret, int least) {
        Pbkdf2 found = null;
        Pbkdf2 before = null;
        byte[] derived = null;
        int made = 0;
        for (Pbkdf2 hash : hashes) {
            if (before == null || !hash.hasSaltOf(before)) {
                derived = hash.derive(secret);
                made += hash.iterations();
            }
            if (MessageDigest.isEqual(hash.hash(), derived)) {
                found = hash;
            }
            before = hash;
        }
        if (found == null && made < least) {
            Pbkdf2.waste(secret, least - made);
        }
        return Optional.ofNullable(found);
    }

    /** How many iterations it takes to see that a secret is none of them. */
    int iterations() {
        int made = 0;
        Pbkdf2 before = null;
        for (Pbkdf2 hash : hashes) {
            made += before != null && hash.hasSaltOf(before) ? 0 : hash.iterations();
            before = hash;
        }
        return made;
    }
}
