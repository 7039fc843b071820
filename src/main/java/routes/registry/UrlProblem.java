package routes.registry;

/** Why a URL that somebody gave may not be called. */
public enum UrlProblem {
    /** It is no absolute URL, or one that can be read in two ways. */
    FORM,
    SCHEME,
    PORT,
    /** It is not one of the hosts that the operator lists. */
    HOST,
    /** It leads, or one of its addresses does, where nothing may be sent. */
    ADDRESS
}
