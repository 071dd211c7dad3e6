package io.sichter.report;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.jspecify.annotations.Nullable;

/** Finds places for boxes, frames around them and arrows between them, from top to bottom: the layers of ELK. */
final class GraphLayout {
    private static final double GAP = 26;
    private static final String LABEL = "size";

    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> frames = new HashMap<>();
    private final List<ElkNode> boxes = new ArrayList<>();
    private final List<ElkEdge> arrows = new ArrayList<>();

    /**
     * An arrow on its way.
     *
     * @param points corners from its beginning to its tip
     * @param label where its label stands
     */
    record Route(List<Point2D> points, Rectangle2D label) {
        Route {
            points = List.copyOf(points);
        }
    }

    GraphLayout() {
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.PADDING, new ElkPadding(0));
        spacing(root);
    }

    private static void spacing(ElkNode node) {
        node.setProperty(LayeredOptions.SPACING_NODE_NODE, GAP);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE, 18.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 14.0);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 16.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 12.0);
    }

    /** Adds a frame, inside another one or none. */
    void frame(String name, Optional<String> inside) {
        ElkNode frame = ElkGraphUtil.createNode(inside(inside));
        frame.setProperty(CoreOptions.PADDING, new ElkPadding(40, 18, 18, 18));
        spacing(frame);
        frames.put(name, frame);
    }

    /** Adds a box; boxes are numbered from 0. */
    void box(Optional<String> frame, double width, double height) {
        ElkNode box = ElkGraphUtil.createNode(inside(frame));
        box.setDimensions(width, height);
        boxes.add(box);
    }

    /** Adds an arrow with a label of this size; arrows are numbered from 0. */
    void arrow(int from, int to, double width, double height) {
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(boxes.get(from), boxes.get(to));
        ElkLabel label = ElkGraphUtil.createLabel(LABEL, edge); // one without text would be left out
        label.setDimensions(width, height);
        label.setProperty(CoreOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
        label.setProperty(CoreOptions.EDGE_LABELS_INLINE, true);
        arrows.add(edge);
    }

    private ElkNode inside(Optional<String> frame) {
        return frame.map(frames::get).orElse(root);
    }

    /** Finds the places. */
    void run() {
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    }

    double width() {
        return root.getWidth();
    }

    double height() {
        return root.getHeight();
    }

    Rectangle2D box(int number) {
        return rectangle(boxes.get(number));
    }

    Rectangle2D frame(String name) {
        ElkNode frame = frames.get(name);
        if (frame == null) {
            throw new IllegalArgumentException(name);
        }
        return rectangle(frame);
    }

    Route route(int number) {
        ElkEdge edge = arrows.get(number);
        Point2D origin = corner(edge.getContainingNode());
        List<Point2D> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(moved(origin, section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(bend -> points.add(moved(origin, bend.getX(), bend.getY())));
            points.add(moved(origin, section.getEndX(), section.getEndY()));
        }
        ElkLabel label = edge.getLabels().get(0);
        Point2D place = moved(origin, label.getX(), label.getY());
        return new Route(
                points, new Rectangle2D.Double(place.getX(), place.getY(), label.getWidth(), label.getHeight()));
    }

    private static Rectangle2D rectangle(ElkNode node) {
        Point2D corner = corner(node);
        return new Rectangle2D.Double(corner.getX(), corner.getY(), node.getWidth(), node.getHeight());
    }

    /** ELK counts from the corner of the frame that something lies in. */
    private static Point2D corner(@Nullable ElkNode node) {
        double x = 0;
        double y = 0;
        for (ElkNode outer = node; outer != null; outer = outer.getParent()) {
            x += outer.getX();
            y += outer.getY();
        }
        return new Point2D.Double(x, y);
    }

    private static Point2D moved(Point2D origin, double x, double y) {
        return new Point2D.Double(origin.getX() + x, origin.getY() + y);
    }
}
