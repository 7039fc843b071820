package routes.auth;

import routes.sealing.Sealing;
import routes.support.Bundle;

/** What a running bundle signs its tokens with: for forging what only it could make. */
public final class SigningKey {

    /** The header of every token that it signs. */
    public static final String ID = "1";

    private SigningKey() {}

    /** The key of a bundle that was started with the settings of {@link Bundle#settings}. */
    public static byte[] of(Bundle bundle) {
        SigningKeyStore store = bundle.bean("signing-key-store", SigningKeyStore.class);
        byte[] sealed = store.keys(() -> {
                    throw new IllegalStateException("the bundle has made none");
                })
                .get(ID);
        return bundle.bean("sealing", Sealing.class).open("signing key " + ID, sealed);
    }
}
