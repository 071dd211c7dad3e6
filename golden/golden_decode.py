"""Pictures in every format and mode that the decoder reads, and what Pillow makes of them.

Expected pixels are those of `ImageOps.exif_transpose(Image.open(f)).convert("RGB")`, first frame. For 16 bits per
channel, which Pillow reads in some formats and clips in others, they are the high bytes.
"""

import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin

HEIGHT, WIDTH = 23, 37


def scene(height: int, width: int, seed: int = 7) -> np.ndarray:
    """A picture without symmetry: gradients, a bright bar, a disc and a little noise. uint8, height x width x 3."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 255 * x / (width - 1)
    green = 255 * y / (height - 1)
    blue = 127 + 100 * np.sin(x / 5.0) * np.cos(y / 4.0)
    picture = np.stack([red, green, blue], axis=2)
    picture[:, width // 4 : width // 4 + 2] = (250, 240, 20)
    disc = (x - 0.7 * width) ** 2 + (y - 0.3 * height) ** 2 < (0.18 * height) ** 2 * 4
    picture[disc] = (20, 30, 200)
    picture += np.random.default_rng(seed).normal(0, 4, picture.shape)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def alpha(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width]
    return ((x * 7 + y * 11) % 256).astype(np.uint8)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, extra: bytes = b"", interlace: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def filterless(array: np.ndarray) -> bytes:
    """Rows of a PNG, each with filter type 0; 16-bit values big-endian."""
    big = array.astype(">u2") if array.dtype == np.uint16 else array
    return b"".join(b"\0" + row.tobytes() for row in big)


def adam7(array: np.ndarray) -> bytes:
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    parts = [array[y0::dy, x0::dx] for y0, x0, dy, dx in passes]
    return b"".join(filterless(part) for part in parts if part.size)


def tiff(
    array: np.ndarray,
    *,
    photometric: int,
    planar: bool = False,
    big_endian: bool = False,
    bits: int | None = None,
    colour_map: np.ndarray | None = None,
    orientation: int | None = None,
    rows_per_strip: int = 8,
) -> bytes:
    """An uncompressed TIFF in strips; array is height x width (x samples), uint8 or uint16."""
    order = ">" if big_endian else "<"
    height, width = array.shape[:2]
    samples = 1 if array.ndim == 2 else array.shape[2]
    bits = bits or array.dtype.itemsize * 8
    planes = [array[..., i] for i in range(samples)] if planar else [array]
    strips = []
    for plane in planes:
        for top in range(0, height, rows_per_strip):
            part = plane[top : top + rows_per_strip]
            if bits == 1:
                strips.append(np.packbits(part, axis=1).tobytes())
            else:
                strips.append(part.astype(order + ("u2" if bits == 16 else "u1")).tobytes())
    tags = {
        256: (3, [width]),
        257: (3, [height]),
        258: (3, [bits] * samples),
        259: (3, [1]),
        262: (3, [photometric]),
        273: (4, [0] * len(strips)),
        277: (3, [samples]),
        278: (3, [rows_per_strip]),
        279: (4, [len(s) for s in strips]),
        284: (3, [2 if planar else 1]),
    }
    if orientation:
        tags[274] = (3, [orientation])
    if colour_map is not None:
        tags[320] = (3, [int(v) for v in colour_map])
    sizes = {3: 2, 4: 4}
    codes = {3: "H", 4: "I"}
    directory = 8
    extra_at = directory + 2 + 12 * len(tags) + 4
    extra_size = sum(sizes[t] * len(v) for t, v in tags.values() if sizes[t] * len(v) > 4)
    data_at = extra_at + extra_size
    offsets, at = [], data_at
    for strip in strips:
        offsets.append(at)
        at += len(strip)
    tags[273] = (4, offsets)
    entries, extra = b"", b""
    for tag in sorted(tags):
        kind, values = tags[tag]
        packed = struct.pack(order + codes[kind] * len(values), *values)
        if len(packed) <= 4:
            field = packed.ljust(4, b"\0")
        else:
            field = struct.pack(order + "I", extra_at + len(extra))
            extra += packed
        entries += struct.pack(order + "HHI", tag, kind, len(values)) + field
    head = (b"MM" if big_endian else b"II") + struct.pack(order + "HI", 42, directory)
    return head + struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", 0) + extra + b"".join(strips)


def bmp_rle8(indices: np.ndarray, palette: np.ndarray) -> bytes:
    height, width = indices.shape
    body = b""
    for row in indices[::-1]:
        x = 0
        while x < width:
            run = 1
            while x + run < width and run < 255 and row[x + run] == row[x]:
                run += 1
            body += bytes([run, int(row[x])])
            x += run
        body += b"\0\0"
    body += b"\0\1"
    table = b"".join(bytes([int(b), int(g), int(r), 0]) for r, g, b in palette)
    offset = 14 + 40 + len(table)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(body), 2835, 2835, len(palette), 0)
    return b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset) + header + table + body


class Corpus:
    """Collects the pictures and what is expected of them."""

    def __init__(self, out: pathlib.Path):
        self.out = out
        self.rows = []
        out.mkdir(parents=True, exist_ok=True)
        for old in out.iterdir():
            old.unlink()

    def add(self, name: str, data: bytes, expected: np.ndarray | None = None, tolerance: int = 1, note: str = "") -> None:
        (self.out / name).write_bytes(data)
        if expected is None:
            with Image.open(io.BytesIO(data)) as image:
                expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
        expected_name = name.replace(".", "-") + ".expected.png"
        Image.fromarray(expected).save(self.out / expected_name, optimize=True)
        self.rows.append(
            {
                "file": name,
                "expected": expected_name,
                "height": int(expected.shape[0]),
                "width": int(expected.shape[1]),
                "tolerance": tolerance,
                "note": note,
            }
        )

    def save(self, name: str, image: Image.Image, expected: np.ndarray | None = None, tolerance: int = 1, note: str = "", **options):
        buffer = io.BytesIO()
        image.save(buffer, **options)
        self.add(name, buffer.getvalue(), expected, tolerance, note)

    def write_index(self) -> None:
        text = json.dumps({"pictures": self.rows}, indent=1, sort_keys=True)
        (self.out / "index.json").write_text(text + "\n")


def three(grey: np.ndarray) -> np.ndarray:
    return np.repeat(grey[..., None], 3, axis=2)


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def jpegs(corpus: Corpus, rgb: np.ndarray) -> None:
    image = Image.fromarray(rgb)
    grey = image.convert("L")
    corpus.save("rgb.jpg", image, format="JPEG", quality=90)
    corpus.save("rgb-444.jpg", image, format="JPEG", quality=90, subsampling=0)
    corpus.save("rgb-422.jpg", image, format="JPEG", quality=90, subsampling=1)
    corpus.save("progressive.jpg", image, format="JPEG", quality=90, progressive=True)
    corpus.save("restart.jpg", image, format="JPEG", quality=90, restart_marker_blocks=1)
    corpus.save("optimized.jpg", image, format="JPEG", quality=75, optimize=True)
    corpus.save("grey.jpg", grey, format="JPEG", quality=90)
    corpus.save("grey-progressive.jpg", grey, format="JPEG", quality=90, progressive=True)
    corpus.save("low-quality.jpg", image, format="JPEG", quality=3)
    corpus.save("keep-rgb.jpg", image, format="JPEG", quality=90, keep_rgb=True)
    corpus.save("bad-icc.jpg", image, format="JPEG", quality=90, icc_profile=b"this is no colour profile")
    corpus.save("cmyk.jpg", image.convert("CMYK"), format="JPEG", quality=95)
    for orientation in range(1, 9):
        corpus.save(f"exif-{orientation}.jpg", image, format="JPEG", quality=90, exif=exif(orientation))
    corpus.save("one-pixel.jpg", Image.fromarray(rgb[:1, :1]), format="JPEG", quality=90)
    corpus.save("mis-named.png", image, format="JPEG", quality=90)
    buffer = io.BytesIO()
    image.save(buffer, format="JPEG", quality=90)
    corpus.add("trailing-bytes.jpg", buffer.getvalue() + b"appended by a camera" + b"\xff\xd8\xff\xe0" + bytes(40))
    thumbnail = io.BytesIO()
    image.resize((16, 10)).save(thumbnail, format="JPEG")
    preview = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + thumbnail.getvalue()
    data = buffer.getvalue()
    corpus.add("thumbnail.jpg", data[:2] + b"\xff\xe1" + struct.pack(">H", len(preview) + 2) + preview + data[2:])


def pngs(corpus: Corpus, rgb: np.ndarray) -> None:
    image = Image.fromarray(rgb)
    grey = image.convert("L")
    cover = alpha(*rgb.shape[:2])
    corpus.save("rgb.png", image, format="PNG")
    corpus.save("grey.png", grey, format="PNG")
    corpus.save("bilevel.png", grey.point(lambda v: 255 * (v > 120)).convert("1"), format="PNG")
    corpus.save("palette.png", image.quantize(31), format="PNG")
    corpus.save("palette-2-bit.png", image.quantize(4), format="PNG", bits=2)
    corpus.save("palette-transparent.png", image.quantize(16), format="PNG", transparency=3)
    corpus.save("grey-alpha.png", Image.merge("LA", [grey, Image.fromarray(cover)]), format="PNG")
    corpus.save("rgba.png", Image.fromarray(np.dstack([rgb, cover])), format="PNG")
    wide = (rgb.astype(np.uint16) << 8) + np.uint16(201)
    height, width = rgb.shape[:2]
    corpus.add("rgb-16.png", png(width, height, 16, 2, filterless(wide)), rgb, 0, "high byte")
    corpus.add("grey-16.png", png(width, height, 16, 0, filterless(wide[..., 1])), three(rgb[..., 1]), 0, "high byte")
    rgba = np.dstack([wide, cover.astype(np.uint16) * 257])
    corpus.add("rgba-16.png", png(width, height, 16, 6, filterless(rgba)), rgb, 0, "high byte, alpha dropped")
    corpus.add("interlaced.png", png(width, height, 8, 2, adam7(rgb), interlace=1), rgb, 0)
    trns = chunk(b"tRNS", struct.pack(">HHH", *[int(v) for v in rgb[3, 3]]))
    corpus.add("rgb-transparent-colour.png", png(width, height, 8, 2, filterless(rgb), trns), rgb, 0)
    profile = chunk(b"iCCP", b"broken\0\0" + zlib.compress(b"no profile at all"))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    corpus.add("bad-icc-and-gamma.png", png(width, height, 8, 2, filterless(rgb), profile + gamma), rgb, 0)
    for orientation in (3, 6):
        corpus.save(f"exif-{orientation}.png", image, format="PNG", exif=exif(orientation))
    animated = io.BytesIO()
    image.save(animated, format="PNG", save_all=True, append_images=[image.rotate(180), grey.convert("RGB")], duration=50)
    corpus.add("animated.png", animated.getvalue())


def bmps_and_gifs(corpus: Corpus, rgb: np.ndarray) -> None:
    image = Image.fromarray(rgb)
    palette = image.quantize(40)
    corpus.save("rgb.bmp", image, format="BMP")
    corpus.save("palette.bmp", palette, format="BMP")
    corpus.save("grey.bmp", image.convert("L"), format="BMP")
    corpus.save("bilevel.bmp", image.convert("1"), format="BMP")
    corpus.save("rgba.bmp", Image.fromarray(np.dstack([rgb, alpha(*rgb.shape[:2])])), format="BMP")
    colours = np.array(image.quantize(16).getpalette()[: 16 * 3], np.uint8).reshape(-1, 3)
    corpus.add("rle8.bmp", bmp_rle8(np.asarray(image.quantize(16)), colours))
    corpus.save("palette.gif", palette, format="GIF")
    corpus.save("interlaced.gif", palette, format="GIF", interlace=True)
    corpus.save("grey.gif", image.convert("L"), format="GIF")
    corpus.save("two-frames.gif", palette, format="GIF", save_all=True, append_images=[palette.rotate(180)], duration=50)
    corpus.save("transparent.gif", palette, format="GIF", transparency=5, disposal=2)


def webps(corpus: Corpus, rgb: np.ndarray) -> None:
    image = Image.fromarray(rgb)
    rgba = Image.fromarray(np.dstack([rgb, alpha(*rgb.shape[:2])]))
    corpus.save("lossless.webp", image, format="WEBP", lossless=True)
    corpus.save("lossy.webp", image, format="WEBP", quality=85)
    corpus.save("lossy-alpha.webp", rgba, format="WEBP", quality=85)
    corpus.save("lossless-alpha.webp", rgba, format="WEBP", lossless=True, exact=True)
    corpus.save("exif-6.webp", image, format="WEBP", lossless=True, exif=exif(6))
    corpus.save("animated.webp", image, format="WEBP", lossless=True, save_all=True,
                append_images=[image.rotate(180)], duration=50)


def tiffs(corpus: Corpus, rgb: np.ndarray) -> None:
    image = Image.fromarray(rgb)
    grey = image.convert("L")
    wide = (rgb.astype(np.uint16) << 8) + np.uint16(99)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        corpus.save(f"rgb-{compression.replace('_', '-')}.tif", image, format="TIFF", compression=compression)
    corpus.save("jpeg.tif", image, format="TIFF", compression="jpeg", quality=90)
    corpus.save("grey.tif", grey, format="TIFF")
    corpus.save("palette.tif", image.quantize(31), format="TIFF")
    corpus.save("bilevel.tif", image.convert("1"), format="TIFF")
    corpus.save("bilevel-g4.tif", image.convert("1"), format="TIFF", compression="group4")
    corpus.save("rgba.tif", Image.fromarray(np.dstack([rgb, alpha(*rgb.shape[:2])])), format="TIFF")
    corpus.save("big.tif", image, format="TIFF", big_tiff=True)
    corpus.save("two-pages.tif", image, format="TIFF", save_all=True, append_images=[image.rotate(180)])
    corpus.save("cmyk.tif", image.convert("CMYK"), format="TIFF")
    corpus.add("planar.tif", tiff(rgb, photometric=2, planar=True), rgb, 0)
    corpus.add("big-endian.tif", tiff(rgb, photometric=2, big_endian=True), rgb, 0)
    corpus.add("rgb-16.tif", tiff(wide, photometric=2), rgb, 1, "libtiff rounds v / 257")
    corpus.add("rgb-16-big-endian.tif", tiff(wide, photometric=2, big_endian=True), rgb, 1, "libtiff rounds v / 257")
    corpus.add("rgb-16-planar.tif", tiff(wide, photometric=2, planar=True), rgb, 1, "libtiff rounds v / 257")
    corpus.add("grey-16.tif", tiff(wide[..., 0], photometric=1), three(rgb[..., 0]), 1, "libtiff rounds v / 257")
    corpus.add("white-is-zero.tif", tiff(rgb[..., 0], photometric=0), three(255 - rgb[..., 0]), 0)
    corpus.add("white-is-zero-16.tif", tiff(wide[..., 0], photometric=0), three(255 - rgb[..., 0]), 1, "libtiff rounds v / 257")
    for orientation in range(1, 9):
        corpus.add(f"orientation-{orientation}.tif", tiff(rgb, photometric=2, orientation=orientation))
    corpus.add("orientation-6-16-bit.tif", tiff(wide, photometric=2, orientation=6),
               np.ascontiguousarray(np.rot90(rgb, -1)), 1, "libtiff rounds v / 257")


def generate(out: pathlib.Path) -> None:
    """Writes all pictures, their expected pixels and index.json."""
    TiffImagePlugin.WRITE_LIBTIFF = False
    corpus = Corpus(out)
    rgb = scene(HEIGHT, WIDTH)
    jpegs(corpus, rgb)
    pngs(corpus, rgb)
    bmps_and_gifs(corpus, rgb)
    webps(corpus, rgb)
    tiffs(corpus, rgb)
    corpus.write_index()


if __name__ == "__main__":
    generate(pathlib.Path(__file__).parent.parent / "core/src/test/resources/golden/decode")
