package routes.registry;

/**
 * Every error of {@code /partners}: the status, a code of six digits (two each for the category, the field and the error itself)
 * and what it means. The only place where they are; docs/callbacks.md lists them.
 */
enum RegistryError {
    TOKEN(401, "010001", "a valid access token is needed"),
    NOT_ALLOWED(403, "010002", "the token does not allow this"),
    PAYLOADS_NOT_ALLOWED(403, "010003", "this format has the payload in it, which the partner may not have"),

    REQUEST(400, "020001", "the request is not valid"),
    PARTNER_ID(400, "020101", "partnerUniqueID must be 1 to 64 letters, digits, dots, hyphens and underscores"),
    PARTNER_GUID(400, "020102", "partnerUniqueID must be a GUID here"),
    TYPE_NUMBER(400, "020201", "the notification type must be a whole number"),
    TYPE_UNSUPPORTED(400, "020202", "the notification type is not supported"),
    URL_MISSING(400, "020301", "callbackUrl is missing"),
    URL_FORM(
            400,
            "020302",
            "callbackUrl must be an absolute URL of up to 2000 ASCII characters, without user and fragment"),
    URL_SCHEME(400, "020303", "callbackUrl must begin with https"),
    URL_HOST(400, "020304", "the host of callbackUrl is not one that may be called"),
    URL_PORT(400, "020305", "the port of callbackUrl is not one that may be called"),
    URL_ADDRESS(400, "020306", "callbackUrl leads to an address that may not be called"),
    ENABLED(400, "020401", "enabled must be true or false"),
    NAME(400, "020501", "name must be text of up to 200 characters"),
    PAYLOADS(400, "020502", "payloads must be true or false"),
    GRANTS(400, "020601", "grants must be a list of up to 1000 objects with a sender and a tenant"),
    GRANT_SENDER(
            400,
            "020602",
            "the sender of a grant must be 1 to 64 small letters, digits and hyphens, and not partner-api"),
    GRANT_TENANT(400, "020603", "the tenant of a grant must be 1 to 200 characters, or * for all"),
    BODY(400, "020701", "the body must be a JSON object in UTF-8, sent as application/json"),
    BODY_FIELD(400, "020702", "the body has a field that is not known"),
    OFFSET(400, "020801", "offset must be a whole number from 0"),
    LIMIT(400, "020901", "limit must be a whole number from 1 to 100"),
    AUTH(400, "021001", "auth must be an object with a type: none, oauth2, basic, header, hmac or jwt"),
    AUTH_FIELD(400, "021002", "a field of auth is missing, unknown, or not as it must be"),
    AUTH_TOKEN_URL(400, "021003", "tokenUrl of auth must be a URL that callbackUrl might be"),
    AUTH_AGAIN(400, "021004", "callbackUrl goes to another host than before: give auth and headers again"),
    FORMAT(400, "021101", "format must be notification, original or cloudevents"),
    FILTER(
            400,
            "021201",
            "filter must be an object with types, statuses or both, each a list of 1 to 100 texts of up to 200 characters"),
    HEADERS(
            400,
            "021301",
            "headers must be an object of up to 10 texts by names of headers that the request does not have anyway"),
    OVERLAP(400, "021401", "overlapSeconds must be a whole number from 0 to 604800"),

    NOT_FOUND(404, "030001", "there is no such thing"),
    PARTNER_UNKNOWN(404, "030101", "partnerUniqueID is not the id of a partner"),
    CALLBACK_UNKNOWN(404, "030201", "there is no callback for this notification type"),

    CALLBACK_INACTIVE(409, "040201", "the callback for this notification type is not active"),

    BODY_TOO_LARGE(413, "050701", "the body is too large"),
    CONTENT_TYPE(415, "050702", "the Content-Type, charset or encoding of the body is not supported"),

    UNAVAILABLE(503, "090001", "not now; Retry-After says when to send it again"),
    FAILED(500, "090002", "the request failed here, not on your side; send it again later");

    private final int status;
    private final String code;
    private final String message;

    RegistryError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }

    /** What refuses the request with this error. */
    RegistryRefused refusal() {
        return new RegistryRefused(this, message);
    }

    /** The same, saying more: our words only, nothing of the request. */
    RegistryRefused refusal(String more) {
        return new RegistryRefused(this, message + ": " + more);
    }

    /** The entry for what is wrong with a callbackUrl. */
    static RegistryError ofCallbackUrl(UrlProblem problem) {
        return switch (problem) {
            case FORM -> URL_FORM;
            case SCHEME -> URL_SCHEME;
            case HOST -> URL_HOST;
            case PORT -> URL_PORT;
            case ADDRESS -> URL_ADDRESS;
        };
    }

    /** The entry for a refusal of somebody who does not know these codes. */
    static RegistryError of(int status) {
        return switch (status) {
            case 401 -> TOKEN;
            case 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> CONTENT_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? REQUEST : FAILED;
        };
    }
}
