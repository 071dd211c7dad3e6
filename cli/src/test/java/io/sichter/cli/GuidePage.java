package io.sichter.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the guide as tests see it.
 *
 * @param file the page
 * @param headings its headings with their number signs
 * @param blocks its fenced blocks in order
 * @param links targets of its links and pictures
 */
record GuidePage(Path file, List<String> headings, List<Block> blocks, List<String> links) {
    private static final Path ROOT =
            Launcher.script().resolveSibling("docs/guide").normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /**
     * A fenced block.
     *
     * @param info the words behind its first fence, such as {@code sh run exit=2}
     * @param text its lines
     */
    record Block(String info, String text) {
        private static final Pattern EXIT = Pattern.compile("exit=(\\d+)");

        /** Whether it holds commands that the test runs. */
        boolean runs() {
            return info.startsWith("sh run") && !info.contains("slow");
        }

        boolean interrupts() {
            return info.contains("interrupt");
        }

        int exitCode() {
            Matcher exit = EXIT.matcher(info);
            return exit.find() ? Integer.parseInt(exit.group(1)) : 0;
        }
    }

    /** One page by its path in the guide. */
    static GuidePage read(String path) {
        return read(ROOT.resolve(path));
    }

    /** All pages in a folder of the guide, sorted. */
    static List<GuidePage> all(String folder) {
        try (var walk = Files.walk(ROOT.resolve(folder))) {
            return walk.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(GuidePage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        return ROOT;
    }

    private static GuidePage read(Path file) {
        List<String> headings = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        List<String> links = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String info = null;
        for (String line : lines(file)) {
            if (info == null && line.startsWith("```")) {
                info = line.substring(3);
            } else if (info != null && line.equals("```")) {
                blocks.add(new Block(info, block.toString()));
                block.setLength(0);
                info = null;
            } else if (info != null) {
                block.append(line).append('\n');
            } else if (line.startsWith("#")) {
                headings.add(line);
            } else {
                LINK.matcher(line).results().forEach(link -> links.add(link.group(1)));
            }
        }
        if (info != null) {
            throw new AssertionError(file + " has a block without an end: " + info);
        }
        return new GuidePage(file, headings, blocks, links);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The anchors of its headings, made as code hosts make them. */
    List<String> anchors() {
        return headings.stream()
                .map(heading -> heading.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
