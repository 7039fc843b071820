package routes.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A callback as it is stored, but for what it is signed with.
 *
 * @param state active, disabled by the partner, or suspended by us
 * @param paused whether what is to be sent to it waits
 * @param previousUntil until when the secret before the last rotation signs as well, or null
 */
record StoredCallback(
        String partner,
        int type,
        String url,
        String state,
        boolean paused,
        CallbackFormat format,
        CallbackSettings settings,
        CallbackFilter filter,
        String previousUntil,
        String createdAt,
        String updatedAt) {

    boolean isSuspendedAt(String suspended) {
        return state.equals(Callbacks.SUSPENDED) && url.equals(suspended);
    }

    /** As the API shows it: without any secret. */
    Map<String, Object> view(NotificationTypes types) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("notificationType", type);
        view.put("notificationTypeName", types.name(type).orElse(null));
        view.put("callbackUrl", url);
        view.put("state", state);
        view.put("paused", paused);
        view.put("format", format.toString());
        view.put("auth", settings.auth().view());
        view.put("headers", settings.headers().keySet());
        view.put("filter", filter.view());
        if (previousUntil != null) {
            view.put("previousSecretUntil", previousUntil);
        }
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
        return view;
    }

    /** Nothing of it belongs in a log. */
    @Override
    public String toString() {
        return "StoredCallback[" + partner + "/" + type + "]";
    }
}
