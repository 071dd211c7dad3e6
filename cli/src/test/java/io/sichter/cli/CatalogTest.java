package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of all modules beside each other and beside the code that says them. */
class CatalogTest {
    private static final List<String> MODULES = List.of("core", "cli");
    private static final Pattern CALL = Pattern.compile("\\b(Text|Problem)\\.of\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s*\\+)?");
    private static final Pattern COMPOSED = Pattern.compile("\"([a-z_.]+\\.)\" \\+ [^;\"]+? \\+ \"(\\.[a-z_]+)\"");
    private static final List<String> PARTS = List.of(".problem", ".received", ".expected", ".fix");

    private final Map<String, String> english = texts("messages.properties");
    private final Map<String, String> german = texts("messages_de.properties");
    private final List<String> sources = sources();

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(english).hasSizeGreaterThan(400);
        assertThat(german.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void bothLanguagesUseTheSameArguments() {
        english.forEach((key, words) ->
                assertThat(arguments(german.getOrDefault(key, ""))).as(key).isEqualTo(arguments(words)));
    }

    @Test
    void everyTextCanBeSaidAndLosesNoApostrophe() {
        for (Map<String, String> texts : List.of(english, german)) {
            texts.forEach((key, words) -> {
                assertThat(words.replace("''", "").replaceAll("'[{}]+'", ""))
                        .as("a single apostrophe in " + key)
                        .doesNotContain("'");
                Object[] numbers = Collections.nCopies(10, 2).toArray();
                assertThat(new MessageFormat(words, Locale.ROOT).format(numbers))
                        .as(key)
                        .doesNotContainPattern("\\{\\d[,}]");
            });
        }
    }

    @Test
    void aTextWithoutArgumentsIsWhatMessageFormatMakesOfIt() {
        assertThat(english.values().stream().filter(words -> words.contains("''")))
                .hasSizeGreaterThan(5);
        english.forEach((key, words) -> {
            if (arguments(words).isEmpty()) {
                assertThat(Text.of(key).in(Locale.ENGLISH))
                        .isEqualTo(new MessageFormat(words, Locale.ENGLISH).format(new Object[0]));
            }
        });
    }

    @Test
    void germanIsGerman() {
        Pattern leftover = Pattern.compile("(?i)\\b(the|and|of|is|are|not|cannot|with|for|has|which|pictures?)\\b");
        german.forEach((key, words) -> {
            assertThat(leftover.matcher(words).find()).as(key + "=" + words).isFalse();
            boolean sentence =
                    words.replaceAll("\\{[^}]*}", "").matches("(?s).*\\p{L}{3,}.* .*\\p{L}{3,}.* .*\\p{L}{3,}.*");
            assertThat(sentence && words.equals(english.get(key)))
                    .as(key + " is the same in both languages")
                    .isFalse();
        });
    }

    @Test
    void everyKeyThatTheCodeNamesIsThere() {
        int calls = 0;
        for (String source : sources) {
            for (Matcher call = CALL.matcher(source); call.find(); calls++) {
                String argument = firstArgument(source, call.end());
                String key = argument.substring(argument.indexOf('?') + 1); // what decides between two is no key
                for (Matcher literal = LITERAL.matcher(key); literal.find(); ) {
                    String name = literal.group(1);
                    if (name.endsWith(".") || name.startsWith(".")) {
                        continue; // a part of a name
                    }
                    List<String> names = call.group(1).equals("Text")
                            ? List.of(name)
                            : PARTS.stream().map(name::concat).toList();
                    assertThat(names).as(key).allMatch(english::containsKey);
                }
            }
        }
        assertThat(calls).isGreaterThan(250);
    }

    @Test
    void everyKeyIsSaidSomewhere() {
        String all = String.join("\n", sources);
        Set<String> literals =
                LITERAL.matcher(all).results().map(m -> m.group(1)).collect(Collectors.toSet());
        List<Pattern> composed = COMPOSED.matcher(all)
                .results()
                .map(m -> Pattern.compile(Pattern.quote(m.group(1)) + ".*" + Pattern.quote(m.group(2))))
                .toList();
        Set<String> whole = COMPOSED.matcher(all).results().map(m -> m.group(1)).collect(Collectors.toSet());
        Set<String> prefixes = literals.stream()
                .filter(name -> name.matches("([a-z_]+\\.)+") && !whole.contains(name))
                .collect(Collectors.toSet());
        assertThat(prefixes).contains("registry.unknown.", "storage.cannot.");

        assertThat(english.keySet().stream()
                        .filter(key -> !literals.contains(key))
                        .filter(key -> PARTS.stream()
                                .noneMatch(part -> key.endsWith(part)
                                        && literals.contains(key.substring(0, key.length() - part.length()))))
                        .filter(key -> prefixes.stream().noneMatch(key::startsWith))
                        .filter(key ->
                                composed.stream().noneMatch(p -> p.matcher(key).matches())))
                .as("texts that nothing says")
                .isEmpty();
    }

    @Test
    void everyFailureOfFilesHasItsWords() {
        Set<String> doing = sources.stream()
                .flatMap(source -> Pattern.compile("DurableFiles\\.failure\\(\\s*\"([^\"]+)\"")
                        .matcher(source)
                        .results())
                .map(m -> "storage.cannot." + m.group(1).replace(' ', '_'))
                .collect(Collectors.toSet());

        assertThat(doing).hasSizeGreaterThan(2);
        assertThat(english.keySet()).containsAll(doing);
    }

    @Test
    void noSentenceStandsInTheCode() {
        Pattern sentence = Pattern.compile(
                "(Text\\.verbatim|terminal\\.(message|result|draw))\\(\\s*\"[^\"]*[A-Za-z]{3,} [^\"]*\"|description = \"");
        for (String source : sources) {
            assertThat(sentence.matcher(source).results().map(m -> m.group()).toList())
                    .isEmpty();
        }
    }

    @Test
    void theConfigurationExplainsExactlyItsKeys() {
        long explained = ConfigWriter.write(RunConfig.defaults(), Locale.GERMAN)
                .lines()
                .filter(line -> line.strip().startsWith("# "))
                .count();
        long texts = english.keySet().stream()
                .filter(key -> key.matches("config\\..*\\.help"))
                .count();

        assertThat(explained).isEqualTo(texts + 2); // and two lines above them
    }

    @Test
    void theHelpSaysExactlyItsTexts() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            String help = help(language);
            Map<String, String> texts = language.equals(Locale.GERMAN) ? german : english;
            texts.forEach((key, words) -> {
                if (key.startsWith(HelpTexts.PREFIX) && !words.contains("DEFAULT-VALUE")) {
                    String said = MessageFormat.format(words, (Object[]) new String[0]);
                    assertThat(help)
                            .as(key)
                            .contains(squeezed(said.replace("%n", " ").replace("%%", "%")));
                }
            });
        }
    }

    private static String help(Locale language) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] commands = {
            "",
            "demo",
            "train",
            "stats",
            "preview",
            "split",
            "resume",
            "repro",
            "compare",
            "crossval",
            "lr-find",
            "evaluate",
            "predict",
            "explain",
            "plots",
            "runs",
            "runs rm",
            "runs note",
            "compare-runs",
            "doctor",
            "models",
            "weights",
            "weights list",
            "weights show",
            "weights fetch",
            "weights import",
            "summary",
            "graph",
            "filters",
            "feature-maps",
            "recipes",
            "config",
            "completion"
        };
        for (String command : commands) {
            Terminal terminal = new Terminal(stream, stream, false, false, StandardCharsets.UTF_8, 110);
            List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
            words.addAll(List.of("--help", "--lang", language.getLanguage()));
            assertThat(new CommandLineInterface(terminal).run(words.toArray(String[]::new)))
                    .isZero();
        }
        return squeezed(out.toString(StandardCharsets.UTF_8));
    }

    private static String squeezed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static Set<String> arguments(String words) {
        return Pattern.compile("\\{(\\d+)")
                .matcher(words.replaceAll("'[{}]+'", ""))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The text of the argument that begins here, up to a comma or the end of the call. */
    private static String firstArgument(String source, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int i = begin; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && depth == 0 && (c == ',' || c == ')')) {
                return source.substring(begin, i);
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            }
        }
        throw new AssertionError("A call without an end");
    }

    private static Path repository() {
        return Objects.requireNonNull(Launcher.script().getParent());
    }

    /** The texts of all modules in a language; a key that comes twice is refused. */
    private static Map<String, String> texts(String name) {
        Map<String, String> texts = new TreeMap<>();
        for (String module : MODULES) {
            Properties own = new Properties() {
                private static final long serialVersionUID = 1L;

                @Override
                public synchronized Object put(Object key, Object words) {
                    assertThat(texts.put((String) key, (String) words))
                            .as(key + " comes twice")
                            .isNull();
                    return super.put(key, words);
                }
            };
            Path file = repository().resolve(module + "/src/main/resources/io/sichter/text/" + name);
            try (var reader = Files.newBufferedReader(file)) {
                own.load(reader);
            } catch (IOException e) {
                throw new AssertionError("Cannot read " + file, e);
            }
        }
        return texts;
    }

    private static List<String> sources() {
        List<String> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(repository().resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    sources.add(Files.readString(file)
                            .replaceAll("(?s)/\\*.*?\\*/", "")
                            .replaceAll("(?m)^ *//.*$", ""));
                }
            } catch (IOException e) {
                throw new AssertionError("Cannot read the sources", e);
            }
        }
        return sources;
    }
}
