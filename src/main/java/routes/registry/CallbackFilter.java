package routes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import routes.http.StrictJson;

/**
 * Which events a partner wants to be told of, among those that it may see.
 *
 * @param types event types; null: all
 * @param statuses null: all, also events without one
 */
record CallbackFilter(List<String> types, List<String> statuses) {

    static final CallbackFilter ALL = new CallbackFilter(null, null);

    private static final int MOST = 100;
    private static final int LENGTH = 200;
    private static final String TYPES = "types";
    private static final String STATUSES = "statuses";

    /** @throws RegistryRefused 400 when it is none */
    static CallbackFilter read(JsonNode node) {
        if (node.isMissingNode()) {
            return ALL;
        }
        if (!(node instanceof ObjectNode filter) || !Set.of(TYPES, STATUSES).containsAll(fieldNames(filter))) {
            throw RegistryError.FILTER.refusal();
        }
        return new CallbackFilter(texts(filter.path(TYPES)), texts(filter.path(STATUSES)));
    }

    private static Set<String> fieldNames(ObjectNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        if (list.isMissingNode()) {
            return null;
        }
        if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
            throw RegistryError.FILTER.refusal();
        }
        Set<String> texts = new TreeSet<>();
        for (JsonNode text : list) {
            if (!StrictJson.isPlainText(text, LENGTH) || text.textValue().isBlank()) {
                throw RegistryError.FILTER.refusal();
            }
            texts.add(text.textValue());
        }
        return List.copyOf(texts);
    }

    static CallbackFilter of(ResultSet row) throws SQLException {
        return new CallbackFilter(list(row.getArray(TYPES)), list(row.getArray(STATUSES)));
    }

    private static List<String> list(Array array) throws SQLException {
        return array == null
                ? null
                : Stream.of((Object[]) array.getArray()).map(Object::toString).toList();
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        if (types != null) {
            view.put(TYPES, types);
        }
        if (statuses != null) {
            view.put(STATUSES, statuses);
        }
        return view;
    }
}
