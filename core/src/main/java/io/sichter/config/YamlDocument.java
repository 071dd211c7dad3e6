package io.sichter.config;

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
    static String locate(String source, Optional<Mark> mark) {
        return mark.map(m -> source + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(source);
    }

    /** The root node, or null for an empty text or one with a problem, which is then added to the problems. */
    static @Nullable Node parse(String source, String text, ConfigProblems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            if (!withinLimits(source, new Parse(settings).parseString(text), problems)) {
                return null;
            }
            return new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            String at = locate(source, e.getProblemMark().or(e::getContextMark));
            addSyntax(problems, at, e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem());
        } catch (YamlEngineException e) {
            addSyntax(problems, source, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static boolean withinLimits(String source, Iterable<Event> events, ConfigProblems problems) {
        int depth = 0;
        int count = 0;
        int aliases = 0;
        for (Event event : events) {
            String excess = null;
            if (event instanceof CollectionStartEvent start) {
                depth++;
                excess = start.getTag().isPresent() ? "a tag" : null;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent) {
                aliases++;
            } else if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()) {
                excess = "a tag";
            }
            count++;
            if (depth > MAX_DEPTH) {
                excess = "nesting deeper than " + MAX_DEPTH;
            } else if (aliases > MAX_ALIASES) {
                excess = "more than " + MAX_ALIASES + " aliases";
            } else if (count > MAX_EVENTS) {
                excess = "more than " + MAX_EVENTS + " elements";
            }
            if (excess != null) {
                addSyntax(problems, locate(source, event.getStartMark()), excess);
                return false;
            }
        }
        return true;
    }

    private static void addSyntax(ConfigProblems problems, String location, String what) {
        problems.add(new ConfigProblems.Entry(
                location,
                "The configuration is not plain YAML",
                what.strip(),
                "keys with values, lists and sections",
                "Compare it with what sichter config prints"));
    }
}
