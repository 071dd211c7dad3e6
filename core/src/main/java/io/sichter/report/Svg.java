package io.sichter.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Drawings as SVG; needs no font where it is looked at, for text is outlines already. */
final class Svg {
    static final String NAMESPACE = SVGGraphics2D.SVG_NAMESPACE_URI;

    private static final int DECIMALS = 2;
    private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE[^>]*>\\s*");

    private Svg() {}

    /** The text of a file that shows a drawing at its size, or as large as its place is. */
    static String of(Drawing drawing) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(DECIMALS);
        context.setGenericImageHandler(new SvgImages());
        SVGGraphics2D g = new SVGGraphics2D(context, true);
        drawing.paint(g);
        Element root = g.getRoot();
        root.setAttribute("width", Integer.toString(drawing.width()));
        root.setAttribute("height", Integer.toString(drawing.height()));
        root.setAttribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
        root.setAttribute("role", "img");
        Element title = document.createElementNS(NAMESPACE, "title");
        title.setTextContent(drawing.title());
        root.insertBefore(title, root.getFirstChild());
        StringWriter text = new StringWriter();
        try {
            g.stream(root, text, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Whoever reads a document type goes to fetch it from the network.
        return DOCTYPE.matcher(text.toString()).replaceFirst("");
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java can make an XML document", e);
        }
    }
}
