package routes.registry;

import routes.http.Refusal;

/** A request of {@code /partners} that is refused with one of its errors. */
class RegistryRefused extends RuntimeException implements Refusal {

    private final RegistryError entry;

    RegistryRefused(RegistryError entry, String description) {
        super(description);
        this.entry = entry;
    }

    @Override
    public int status() {
        return entry.status();
    }

    /** The code. */
    @Override
    public String error() {
        return entry.code();
    }

    @Override
    public String description() {
        return getMessage();
    }
}
