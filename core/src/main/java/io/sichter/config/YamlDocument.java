package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * YAML text to nodes. Nothing is ever constructed from a tag, and size, depth and aliases are limited before a tree
 * exists, so that a hostile file costs neither memory nor stack.
 */
final class YamlDocument {
    static final int MAX_CHARACTERS = 1_000_000;
    static final int MAX_DEPTH = 20;
    private static final int MAX_EVENTS = 20_000;
    private static final int MAX_ALIASES = 20;

    private YamlDocument() {}

    /** Where a node or mark stands, as people and editors write it; both counts from 1. */
    static Text locate(Text source, Optional<Mark> mark) {
        return mark.map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .map(at -> Text.joined("", List.of(source, Text.verbatim(at))))
                .orElse(source);
    }

    /** The root node, or null for an empty text or one with a problem, which is then added to the problems. */
    static @Nullable Node parse(Text source, String text, ConfigProblems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.toString())
                .setCodePointLimit(MAX_CHARACTERS)
                .setBufferSize(text.length() + 2) // the reader fails where its buffer ends within a surrogate pair
                .build();
        try {
            if (!withinLimits(source, new Parse(settings).parseString(text), problems)) {
                return null;
            }
            return new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            Text at = locate(source, e.getProblemMark().or(e::getContextMark));
            String what = e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
            addSyntax(problems, at, Text.verbatim(what.strip()));
        } catch (YamlEngineException e) {
            addSyntax(
                    problems,
                    source,
                    Text.verbatim(String.valueOf(e.getMessage()).strip()));
        }
        return null;
    }

    private static boolean withinLimits(Text source, Iterable<Event> events, ConfigProblems problems) {
        int depth = 0;
        int count = 0;
        int aliases = 0;
        for (Event event : events) {
            Text excess = null;
            if (event instanceof CollectionStartEvent start) {
                depth++;
                excess = start.getTag().isPresent() ? Text.of("config.yaml.tag") : null;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent) {
                aliases++;
            } else if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()) {
                excess = Text.of("config.yaml.tag");
            }
            count++;
            if (depth > MAX_DEPTH) {
                excess = Text.of("config.yaml.deep", MAX_DEPTH);
            } else if (aliases > MAX_ALIASES) {
                excess = Text.of("config.yaml.aliases", MAX_ALIASES);
            } else if (count > MAX_EVENTS) {
                excess = Text.of("config.yaml.elements", MAX_EVENTS);
            }
            if (excess != null) {
                addSyntax(problems, locate(source, event.getStartMark()), excess);
                return false;
            }
        }
        return true;
    }

    private static void addSyntax(ConfigProblems problems, Text location, Text what) {
        problems.add(new ConfigProblems.Entry(location, Problem.of("config.yaml", what)));
    }
}
