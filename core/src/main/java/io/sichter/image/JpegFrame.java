package io.sichter.image;

import io.sichter.text.Text;
import org.jspecify.annotations.Nullable;

/** Frame header, tables and coefficient memory of a JPEG while its coded data is walked. */
final class JpegFrame {
    /** One colour component. The masks of nonzero coefficients exist in progressive frames only. */
    static final class Component {
        final int id;
        final int horizontal;
        final int vertical;
        int blocksWide;
        int blocksHigh;
        final int quantisation;
        int stride;
        boolean seen;
        long[] nonzero = new long[0];

        @Nullable HuffmanTable dc;

        @Nullable HuffmanTable ac;

        Component(int id, int horizontal, int vertical, int quantisation) {
            this.id = id;
            this.horizontal = horizontal;
            this.vertical = vertical;
            this.quantisation = quantisation;
        }
    }

    final boolean progressive;
    final Component[] components;
    final int mcusWide;
    final int mcusHigh;

    /** Reads a frame header whose marker's second byte stands at an offset. */
    JpegFrame(ByteView view, long at) {
        progressive = view.u8(at) == JpegContainer.SOF2;
        int height = view.u16(at + 4);
        int width = view.u16(at + 6);
        components = new Component[view.u8(at + 8)];
        int maxHorizontal = 1;
        int maxVertical = 1;
        for (int i = 0; i < components.length; i++) {
            int sampling = view.u8(at + 10 + 3L * i);
            components[i] =
                    new Component(view.u8(at + 9 + 3L * i), sampling >> 4, sampling & 15, view.u8(at + 11 + 3L * i));
            if (components[i].horizontal < 1
                    || components[i].horizontal > 4
                    || components[i].vertical < 1
                    || components[i].vertical > 4) {
                throw view.damaged(Text.of("image.jpeg.sampling", sampling));
            }
            maxHorizontal = Math.max(maxHorizontal, components[i].horizontal);
            maxVertical = Math.max(maxVertical, components[i].vertical);
        }
        mcusWide = divideUp(width, 8 * maxHorizontal);
        mcusHigh = divideUp(height, 8 * maxVertical);
        for (Component component : components) {
            component.blocksWide = divideUp(divideUp(width * component.horizontal, maxHorizontal), 8);
            component.blocksHigh = divideUp(divideUp(height * component.vertical, maxVertical), 8);
            component.stride = mcusWide * component.horizontal;
            if (progressive) {
                component.nonzero = new long[component.stride * mcusHigh * component.vertical];
            }
        }
    }

    /** The component of an id. */
    Component component(ByteView view, int id) {
        for (Component component : components) {
            if (component.id == id) {
                return component;
            }
        }
        throw view.damaged(Text.of("image.jpeg.component", id));
    }

    /**
     * Whether libjpeg decodes every frame like this one: grey or three channels, whole-numbered sampling, and scans for
     * all of them.
     */
    boolean isOrdinary() {
        int horizontal = 1;
        int vertical = 1;
        for (Component component : components) {
            horizontal = Math.max(horizontal, component.horizontal);
            vertical = Math.max(vertical, component.vertical);
        }
        boolean ordinary = components.length == 1 || components.length == 3;
        for (Component component : components) {
            ordinary &= component.seen;
            ordinary &= horizontal % component.horizontal == 0 && vertical % component.vertical == 0;
        }
        return ordinary;
    }

    private static int divideUp(int value, int by) {
        return (value + by - 1) / by;
    }
}
