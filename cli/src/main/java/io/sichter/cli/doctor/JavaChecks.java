package io.sichter.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** The Java that runs, its language, and whether everything it will need is on this machine. */
final class JavaChecks {
    private static final int LEAST_HEAP_MIB = 512;

    private JavaChecks() {}

    static Finding java() {
        long heap = Runtime.getRuntime().maxMemory() / (1 << 20);
        Object[] facts = {
            System.getProperty("java.version"), System.getProperty("java.vendor"), heap, System.getProperty("java.home")
        };
        return heap < LEAST_HEAP_MIB * 9 / 10 ? Finding.warning("java", "heap", facts) : Finding.ok("java", facts);
    }

    /** Names of files are decoded with sun.jnu.encoding: with an ASCII locale a name with an umlaut cannot be opened. */
    static Finding language() {
        String names = System.getProperty("sun.jnu.encoding", "?");
        Object[] facts = {
            Locale.getDefault().toLanguageTag(),
            System.getProperty("native.encoding", "?"),
            names,
            Charset.defaultCharset()
        };
        boolean ascii = names.startsWith("ANSI_X3") || names.equals("US-ASCII");
        return ascii ? Finding.warning("language", "ascii", facts) : Finding.ok("language", facts);
    }

    /** All jars are there, and the folder into which the natives are unpacked can be written. */
    static Finding offline() {
        List<Path> libraries = libraries();
        List<Path> missing =
                libraries.stream().filter(library -> !Files.exists(library)).toList();
        if (!missing.isEmpty()) {
            return Finding.problem("offline", "missing", missing.size(), missing.get(0));
        }
        Path cache;
        try {
            cache = Loader.getCacheDir().toPath();
        } catch (IOException e) {
            return Finding.problem("offline", "cache", String.valueOf(e.getMessage()));
        }
        return Files.isWritable(cache)
                ? Finding.ok("offline", libraries.size(), Loader.getPlatform(), cache)
                : Finding.problem("offline", "cache", cache);
    }

    /** The jars of the class path; where that is one jar which was started itself, also those that its manifest names. */
    private static List<Path> libraries() {
        List<Path> libraries = Arrays.stream(
                        System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        return libraries.size() == 1
                ? Stream.concat(libraries.stream(), named(libraries.get(0)).stream())
                        .toList()
                : libraries;
    }

    private static List<Path> named(Path path) {
        if (!Files.isRegularFile(path)) {
            return List.of();
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null
                    ? List.of()
                    : Arrays.stream(names.strip().split("\\s+", -1))
                            .map(path::resolveSibling)
                            .toList();
        } catch (IOException e) {
            return List.of(Path.of(path + " (" + e.getMessage() + ")")); // it is there, but no jar: say so as missing
        }
    }
}
