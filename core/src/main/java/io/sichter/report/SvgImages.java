package io.sichter.report;

import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.util.Base64;
import org.apache.batik.svggen.DOMTreeManager;
import org.apache.batik.svggen.GenericImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Puts pictures into an SVG: small ones without loss and with visible pixels, photos as JPEG. */
final class SvgImages implements GenericImageHandler {
    /** Pixels up to which a picture is enlarged rather than looked at as a photo. */
    private static final int SMALL = 96 * 96;

    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    public void setDOMTreeManager(DOMTreeManager manager) {}

    @Override
    public Element createElement(SVGGeneratorContext context) {
        return context.getDOMFactory().createElementNS(Svg.NAMESPACE, "image");
    }

    @Override
    public @Nullable AffineTransform handleImage(
            Image image, Element element, int x, int y, int width, int height, SVGGeneratorContext context) {
        BufferedImage picture = (BufferedImage) image; // all that our drawings have
        boolean small = picture.getWidth() * picture.getHeight() <= SMALL;
        String data = small
                ? "data:image/png;base64," + Base64.getEncoder().encodeToString(Bitmap.png(picture))
                : "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Bitmap.jpeg(picture));
        element.setAttribute("x", Integer.toString(x));
        element.setAttribute("y", Integer.toString(y));
        element.setAttribute("width", Integer.toString(width));
        element.setAttribute("height", Integer.toString(height));
        element.setAttribute("preserveAspectRatio", "none");
        if (small) {
            element.setAttribute("style", "image-rendering:pixelated");
        }
        element.setAttributeNS(XLINK, "xlink:href", data);
        return null;
    }

    @Override
    public @Nullable AffineTransform handleImage(
            RenderedImage image, Element element, int x, int y, int width, int height, SVGGeneratorContext context) {
        return handleImage((Image) image, element, x, y, width, height, context);
    }

    @Override
    public AffineTransform handleImage(
            RenderableImage image,
            Element element,
            double x,
            double y,
            double width,
            double height,
            SVGGeneratorContext context) {
        throw new UnsupportedOperationException("Drawings have no images without pixels");
    }
}
