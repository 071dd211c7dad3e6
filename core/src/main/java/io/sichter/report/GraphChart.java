package io.sichter.report;

import io.sichter.model.NetworkGraph;
import io.sichter.model.Operation;
import io.sichter.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A network as boxes and arrows: what it computes, from the picture at the top to the scores at the bottom. */
final class GraphChart implements Drawing {
    private static final int LINE = 21;
    private static final int INSET = 14;
    private static final double CIRCLE = 30;
    private static final double ROUND = 10;
    private static final int TIP = 7;

    /** From so many units on a PNG gets one pixel for each. */
    private static final int LARGE = 2400;

    private final NetworkGraph graph;
    private final GraphBoxes view;
    private final Locale language;
    private final List<List<BoxLine>> lines = new ArrayList<>();
    private final GraphLayout layout = new GraphLayout();

    /** A line of a box: on the left what it is called and what it is, on the right how many parameters it has. */
    private record BoxLine(Label name, Label type, Label parameters) {
        double width() {
            double space = name.text().isEmpty() || type.text().isEmpty() ? 0 : 8;
            double end = parameters.text().isEmpty() ? 0 : 22 + parameters.width();
            return name.width() + space + type.width() + end;
        }
    }

    /** Lays a network out, opened as deeply as asked for, or as fits on a page. */
    GraphChart(NetworkGraph graph, OptionalInt depth, Locale language) {
        this.graph = graph;
        this.language = language;
        this.view = GraphBoxes.of(graph, depth);
        view.frames().forEach(frame -> layout.frame(frame, outer(frame)));
        for (GraphBoxes.Box box : view.boxes()) {
            List<BoxLine> text = isCircle(box) ? List.of() : lines(box);
            lines.add(text);
            double width = text.stream().mapToDouble(BoxLine::width).max().orElse(0) + 2 * INSET;
            layout.box(
                    view.frame(box),
                    text.isEmpty() ? CIRCLE : Math.ceil(width),
                    text.isEmpty() ? CIRCLE : LINE * text.size() + INSET);
        }
        Operation last = graph.operations().get(graph.operations().size() - 1);
        long scores = last.shape().stream().reduce(1L, (a, b) -> a * b);
        lines.add(List.of(new BoxLine(bold(say("report.graph.scores")), muted(Long.toString(scores)), none())));
        layout.box(
                Optional.empty(), Math.ceil(lines.get(lines.size() - 1).get(0).width()) + 2 * INSET, LINE + INSET);
        view.arrows().forEach(arrow -> arrow(arrow.from(), arrow.to(), arrow.size()));
        arrow(lastBox(last), view.boxes().size(), last.size());
        layout.run();
    }

    private int lastBox(Operation last) {
        for (int i = 0; i < view.boxes().size(); i++) {
            if (view.boxes().get(i).operations().contains(last)) {
                return i;
            }
        }
        throw new IllegalStateException("The last step is in no box");
    }

    private void arrow(int from, int to, String size) {
        layout.arrow(from, to, size(size).width() + 12, 17);
    }

    /** Where everything lies. */
    GraphLayout layout() {
        return layout;
    }

    /** How deeply it is opened. */
    int depth() {
        return view.depth();
    }

    /** Number of boxes, picture and scores included. */
    int boxes() {
        return view.boxes().size() + 1;
    }

    private Optional<String> outer(String frame) {
        List<String> around = view.boxes().stream()
                .map(GraphBoxes::around)
                .filter(blocks -> blocks.contains(frame))
                .findFirst()
                .orElseThrow();
        List<String> drawn = around.subList(0, around.indexOf(frame)).stream()
                .filter(view.frames()::contains)
                .toList();
        return drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.get(drawn.size() - 1));
    }

    private static boolean isCircle(GraphBoxes.Box box) {
        return box.operations().size() == 1
                && box.block().isEmpty()
                && List.of("+", "*").contains(box.first().type())
                && box.first().inputs().size() > 1;
    }

    private List<BoxLine> lines(GraphBoxes.Box box) {
        if (box.block().isPresent()) {
            return blockLines(box, box.block().get());
        }
        if (box.first().type().equals(Operation.INPUT)) {
            return List.of(new BoxLine(
                    bold(say("report.graph.picture")), muted(box.first().size()), none()));
        }
        String prefix = view.frame(box).map(frame -> frame + ".").orElse("");
        return box.operations().stream()
                .map(operation -> new BoxLine(
                        bold(operation.type().equals("+") ? "+" : without(prefix, operation.name())),
                        muted(described(operation)),
                        small(count(operation.parameters()))))
                .toList();
    }

    private List<BoxLine> blockLines(GraphBoxes.Box box, String name) {
        String prefix = view.frame(box).map(frame -> frame + ".").orElse("");
        long parameters =
                box.operations().stream().mapToLong(Operation::parameters).sum();
        BoxLine head = new BoxLine(
                bold(without(prefix, name)), muted(graph.blocks().getOrDefault(name, "")), small(count(parameters)));
        long macs = box.operations().stream().mapToLong(Operation::multiplyAdds).sum();
        String inside = say("report.graph.block", box.operations().size(), millions(macs))
                + (box.hasShortcut() ? ", " + say("report.graph.shortcut") : "");
        return List.of(head, new BoxLine(small(inside), none(), none()));
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /** What a step is; one that joins a single map with something learnt says so. */
    private String described(Operation operation) {
        boolean alone = operation.inputs().size() == 1 && List.of("+", "*").contains(operation.type());
        boolean sum = operation.type().equals("+");
        String sign = sum ? "" : operation.type() + " "; // a sum has its sign already
        String type = alone ? sign + say("report.graph.learnt") : sign.strip();
        return operation.settings().isEmpty() ? type : type + " " + operation.settings();
    }

    private String count(long parameters) {
        return parameters == 0 ? "" : String.format(language, "%,d", parameters);
    }

    private String millions(long macs) {
        return String.format(language, "%,.1f", macs / 1e6);
    }

    private static Label bold(String text) {
        return Label.of(text, Typeface.semibold(13));
    }

    private static Label muted(String text) {
        return Label.of(text, Typeface.regular(12.5f)).color(Theme.mix(Theme.MUTED, Theme.TEXT, 0.35));
    }

    private static Label small(String text) {
        return Label.of(text, Typeface.regular(11)).color(Theme.MUTED);
    }

    private static Label none() {
        return small("");
    }

    private static Label size(String text) {
        return Label.of(text.replace(" x ", " × "), Typeface.regular(11)).color(Theme.MUTED);
    }

    @Override
    public String title() {
        return graph.architecture();
    }

    @Override
    public int width() {
        Label subtitle = Label.of(subtitle(), Typeface.regular(13.5f));
        return (int) Math.ceil(Math.max(layout.width(), subtitle.width())) + 2 * Theme.MARGIN;
    }

    @Override
    public int height() {
        return Theme.HEAD + (int) Math.ceil(layout.height()) + Theme.MARGIN;
    }

    @Override
    public int scale() {
        return Math.max(width(), height()) > LARGE ? 1 : 2;
    }

    private String subtitle() {
        long parameters =
                graph.operations().stream().mapToLong(Operation::parameters).sum();
        return say("report.graph.subtitle", String.format(language, "%,d", parameters), millions(graph.multiplyAdds()));
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, subtitle());
        g.translate((width() - layout.width()) / 2, Theme.HEAD);
        view.frames().forEach(frame -> paintFrame(g, frame));
        int arrows = view.arrows().size() + 1;
        List<GraphLayout.Route> routes = new ArrayList<>();
        for (int i = 0; i < arrows; i++) {
            routes.add(layout.route(i));
        }
        routes.forEach(route -> paintWay(g, route.points()));
        for (int i = 0; i < arrows; i++) {
            String size = i < view.arrows().size()
                    ? view.arrows().get(i).size()
                    : graph.operations().get(graph.operations().size() - 1).size();
            paintSize(g, routes.get(i).label(), size);
        }
        for (int i = 0; i < lines.size(); i++) {
            paintBox(g, i);
        }
    }

    private void paintFrame(Graphics2D g, String name) {
        Rectangle2D place = layout.frame(name);
        RoundRectangle2D shape = new RoundRectangle2D.Double(
                place.getX(), place.getY(), place.getWidth(), place.getHeight(), 2 * ROUND, 2 * ROUND);
        g.setColor(Theme.mix(Theme.BACKGROUND, Theme.PANEL, 0.55));
        g.fill(shape);
        g.setColor(Theme.GRID);
        g.setStroke(new BasicStroke(1));
        g.draw(shape);
        String prefix = outer(name).map(outer -> outer + ".").orElse("");
        Label label = bold(without(prefix, name)).color(Theme.MUTED);
        label.paint(g, place.getX() + 14, place.getY() + 22);
        String type = graph.blocks().getOrDefault(name, "");
        small(type.equals("Sequential") ? "" : type).paint(g, place.getX() + 22 + label.width(), place.getY() + 22);
    }

    private static void paintWay(Graphics2D g, List<Point2D> points) {
        g.setColor(Theme.mix(Theme.GRID, Theme.MUTED, 0.5));
        g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        Path2D way = new Path2D.Double();
        way.moveTo(points.get(0).getX(), points.get(0).getY());
        for (int i = 1; i < points.size() - 1; i++) {
            turn(way, points.get(i - 1), points.get(i), points.get(i + 1));
        }
        Point2D tip = points.get(points.size() - 1);
        way.lineTo(tip.getX(), tip.getY() - TIP);
        g.draw(way);
        Path2D head = new Path2D.Double();
        head.moveTo(tip.getX(), tip.getY());
        head.lineTo(tip.getX() - 0.6 * TIP, tip.getY() - 1.3 * TIP);
        head.lineTo(tip.getX() + 0.6 * TIP, tip.getY() - 1.3 * TIP);
        head.closePath();
        g.fill(head);
    }

    /** A corner, rounded. */
    private static void turn(Path2D way, Point2D before, Point2D corner, Point2D after) {
        double radius = Math.min(ROUND, Math.min(before.distance(corner), corner.distance(after)) / 2);
        Point2D begin = towards(corner, before, radius);
        Point2D end = towards(corner, after, radius);
        way.lineTo(begin.getX(), begin.getY());
        way.quadTo(corner.getX(), corner.getY(), end.getX(), end.getY());
    }

    private static Point2D towards(Point2D from, Point2D to, double length) {
        double share = length / Math.max(1e-6, from.distance(to));
        return new Point2D.Double(
                from.getX() + share * (to.getX() - from.getX()), from.getY() + share * (to.getY() - from.getY()));
    }

    private static void paintSize(Graphics2D g, Rectangle2D place, String size) {
        g.setColor(Theme.BACKGROUND);
        g.fill(new RoundRectangle2D.Double(
                place.getX(), place.getY(), place.getWidth(), place.getHeight(), ROUND, ROUND));
        size(size).paintCentred(g, place.getCenterX(), place.getCenterY() + 4);
    }

    private void paintBox(Graphics2D g, int number) {
        Rectangle2D place = layout.box(number);
        List<BoxLine> text = lines.get(number);
        double round = text.isEmpty() ? CIRCLE : ROUND;
        g.setColor(Theme.GRID);
        g.fill(new RoundRectangle2D.Double(
                place.getX(), place.getY(), place.getWidth(), place.getHeight(), round, round));
        if (text.isEmpty()) {
            String sign = view.boxes().get(number).first().type().equals("+") ? "+" : "×";
            Label.of(sign, Typeface.semibold(18)).paintCentred(g, place.getCenterX(), place.getCenterY() + 6.5);
            return;
        }
        paintStripe(g, place, number);
        for (int i = 0; i < text.size(); i++) {
            double y = place.getY() + INSET / 2.0 + LINE * i + 15;
            BoxLine line = text.get(i);
            line.name().paint(g, place.getX() + INSET, y);
            double space = line.name().text().isEmpty() ? 0 : 8;
            line.type().paint(g, place.getX() + INSET + line.name().width() + space, y);
            line.parameters().paintEndingAt(g, place.getMaxX() - INSET, y);
        }
    }

    private void paintStripe(Graphics2D g, Rectangle2D place, int number) {
        if (number < view.boxes().size()) {
            colour(view.boxes().get(number)).ifPresent(colour -> {
                g.setColor(colour);
                g.fill(new RoundRectangle2D.Double(place.getX(), place.getY() + 6, 3.5, place.getHeight() - 12, 3, 3));
            });
        }
    }

    /** What learns is coloured: convolutions as training, linear layers as validation. */
    private static Optional<Color> colour(GraphBoxes.Box box) {
        if (box.operations().stream().anyMatch(operation -> operation.type().equals("Conv2d"))) {
            return Optional.of(Theme.TRAINING);
        }
        boolean linear =
                box.operations().stream().anyMatch(operation -> operation.type().equals("Linear"));
        return linear ? Optional.of(Theme.VALIDATION) : Optional.empty();
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
