package io.sichter.cli.demo;

import io.sichter.error.Problem;
import io.sichter.error.RunFailedException;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.random.SeedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A picture set drawn by the program, for a first run without any data: eight shapes, a hundred pictures each, that only
 * their form tells apart.
 *
 * <p>Size, place, rotation, stretch, outline, colours, light, shadow, blur, noise and the picture's own width and height
 * (72 to 128 pixels each) vary in the same way in every class; the area that a shape covers is drawn before the shape is
 * known. One picture in seven has a single grey channel, every second file is a JPEG, the others are PNG.
 */
public final class DemoPictures {
    /** Pictures in each class. */
    public static final int PER_CLASS = 100;

    private static final int THREADS = 2;

    private DemoPictures() {}

    /** The classes, which are the folders, sorted. */
    public static List<String> classes() {
        return Arrays.stream(DemoShape.values()).map(DemoShape::folder).toList();
    }

    /**
     * Draws the set as {@code root/<class>/<class>-<number>.png|jpg}. The same seed draws the same bytes; what an
     * interrupted call left is completed, what another seed drew is replaced.
     *
     * @param root folder to fill; made where it is missing
     * @param seed the only source of what is random here
     * @return how many pictures there are now
     * @throws UsageException if {@code root} holds files that this class does not draw
     * @throws StorageException if a file cannot be written
     */
    public static int draw(Path root, long seed) {
        try {
            refuseStrangers(root);
            for (String name : classes()) {
                Files.createDirectories(root.resolve(name));
            }
        } catch (IOException e) {
            throw storageFailure(root, e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (DemoShape shape : DemoShape.values()) {
                parts.add(threads.submit(() -> drawClass(root, shape, seed)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw failure(root, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(root, e);
        } finally {
            threads.shutdownNow();
        }
        return DemoShape.values().length * PER_CLASS;
    }

    private static void drawClass(Path root, DemoShape shape, long seed) {
        SeedStream stream = SeedStream.of(seed).derive("demo").derive(shape.folder());
        for (int number = 0; number < PER_CLASS; number++) {
            SplittableRandom random = stream.derive(number).generator();
            try {
                byte[] bytes = Camera.shoot(Scene.draw(shape, random), random, format(number));
                Files.write(root.resolve(name(shape, number)), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Names do not depend on the seed, so that another seed replaces every file. */
    private static String name(DemoShape shape, int number) {
        return String.format(Locale.ROOT, "%s/%s-%03d.%s", shape.folder(), shape.folder(), number, format(number));
    }

    private static String format(int number) {
        return number % 2 == 0 ? "png" : "jpg";
    }

    private static void refuseStrangers(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Set<Path> own = new HashSet<>();
        for (DemoShape shape : DemoShape.values()) {
            for (int number = 0; number < PER_CLASS; number++) {
                own.add(root.resolve(name(shape, number)));
            }
        }
        try (Stream<Path> files = Files.walk(root)) {
            Path stranger = files.filter(file -> !Files.isDirectory(file) && !own.contains(file))
                    .findFirst()
                    .orElse(null);
            if (stranger != null) {
                throw new UsageException(Problem.of("cli.demo.strangers", stranger));
            }
        }
    }

    private static RuntimeException failure(Path root, Throwable cause) {
        if (cause instanceof UncheckedIOException io && io.getCause() != null) {
            return storageFailure(root, io.getCause());
        }
        return new RunFailedException(Problem.of("cli.demo.drawing_failed", cause), cause);
    }

    private static StorageException storageFailure(Path root, IOException cause) {
        return new StorageException(Problem.of("cli.demo.writing_failed", root, cause), cause);
    }
}
