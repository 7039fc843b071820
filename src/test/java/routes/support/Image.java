package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A container image, taken out of its tar (an OCI layout), without what it is made on.
 *
 * @param config what it says of how it is run
 * @param entries what its layers have in /app
 * @param root the folder in which these files are now
 */
public record Image(JsonNode config, List<TarArchiveEntry> entries, Path root) {

    /** @param folder which becomes the image's alone */
    public static Image unpack(Path tar, Path folder) throws IOException {
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        Path layout = Files.createDirectories(folder.resolve("layout"));
        Path root = Files.createDirectories(folder.resolve("root"));
        try (InputStream in = Files.newInputStream(tar)) {
            unpack(in, "", layout);
        }
        JsonNode index = json(layout.resolve("index.json"));
        JsonNode manifest = json(blob(layout, index.at("/manifests/0")));
        List<TarArchiveEntry> entries = new ArrayList<>();
        for (JsonNode layer : manifest.get("layers")) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(blob(layout, layer)))) {
                entries.addAll(unpack(in, "app/", root));
            }
        }
        return new Image(json(blob(layout, manifest.get("config"))), entries, root);
    }

    private static Path blob(Path layout, JsonNode descriptor) {
        return layout.resolve("blobs").resolve(descriptor.get("digest").asText().replace(':', '/'));
    }

    private static JsonNode json(Path file) throws IOException {
        return Bundle.JSON.readTree(file.toFile());
    }

    private static List<TarArchiveEntry> unpack(InputStream in, String prefix, Path folder) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (!entry.getName().startsWith(prefix)) {
                continue;
            }
            entries.add(entry);
            Path target = folder.resolve(entry.getName());
            if (entry.isFile()) {
                Files.createDirectories(target.getParent());
                Files.copy(tar, target);
            }
        }
        return entries;
    }

    /** The texts of a list of its configuration. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        config.path("config").path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
