package io.sichter.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[5000];

    @BeforeEach
    void writeFiles() throws IOException {
        new Random(3).nextBytes(content);
        Map<String, Manifest.Entry> files = new HashMap<>();
        for (String name : new String[] {"model.safetensors", "state.json"}) {
            Files.write(folder.resolve(name), content);
            files.put(name, new Manifest.Entry(content.length, Digests.sha256(content)));
        }
        new Manifest(files).write(folder);
    }

    @Test
    void aCompleteFolderVerifies() {
        assertThat(Manifest.fault(folder)).isEmpty();
    }

    @Test
    void everyDamageIsFoundAndNamed() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            Path victim = folder.resolve(i % 2 == 0 ? "model.safetensors" : "state.json");
            byte[] damaged = damage(content, i % 3, random);
            Files.write(victim, damaged);
            assertThat(Manifest.fault(folder)).get().asString().contains(victim.toString());
            Files.write(victim, content);
        }
        Files.delete(folder.resolve("state.json"));
        assertThat(Manifest.fault(folder)).get().asString().contains("state.json is missing");
    }

    @Test
    void aDamagedOrMissingManifestIsAFault() throws IOException {
        Files.writeString(folder.resolve(Manifest.NAME), "{\"files\":{}}");
        assertThat(Manifest.fault(folder)).isPresent();
        Files.writeString(folder.resolve(Manifest.NAME), "not JSON");
        assertThat(Manifest.fault(folder)).isPresent();
        Files.delete(folder.resolve(Manifest.NAME));
        assertThat(Manifest.fault(folder)).isPresent();
    }

    private static byte[] damage(byte[] content, int kind, Random random) {
        byte[] damaged = content.clone();
        int at = random.nextInt(content.length);
        switch (kind) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged = java.util.Arrays.copyOf(content, at);
            default -> java.util.Arrays.fill(damaged, at, content.length, (byte) 0);
        }
        return damaged;
    }
}
