package routes.auth;

import java.util.Set;

/**
 * Who may ask for a token.
 *
 * @param id its client id
 * @param secret the hash of its secret
 * @param scopes what its tokens may do
 * @param tenants whose notifications it may post; {@code *}: anybody's
 * @param partner the partner it acts for, or null
 */
record Client(String id, Pbkdf2 secret, Set<String> scopes, Set<String> tenants, String partner) {}
