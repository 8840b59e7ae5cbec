#!/usr/bin/env python3
"""Writes tests/golden/images: small PNG and JPEG files, and beside each what its pixels are, as PGM or PPM.

    tools/make_image_golden.py        needs Pillow (Debian: apt-get install python3-pil)

The PNG files are written here, byte by byte, in every kind of the specification (W3C, second edition, section 11.2.2):
their pixels are computed by the formulas of its section 13.12 (16 bits to 8) and 13.16 (on white). JPEG files are
written by Pillow; what is in them is what Pillow reads, upright by ImageOps.exif_transpose. `resized_*` are what Pillow
makes of an image in other sizes with its bilinear filter.
"""
import pathlib
import struct
import zlib

from PIL import Image, ImageOps

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "golden" / "images"
WIDTH, HEIGHT = 7, 5
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def sample(x, y, channel, bits):
    """Some number of so many bits that differs from pixel to pixel."""
    return (x * 7919 + y * 104729 + channel * 1299709 + x * y * 31) * 2654435761 % (1 << 32) >> (32 - bits)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_row(samples, bits):
    if bits == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    number, count = 0, 0
    for s in samples:
        number, count = number << bits | s, count + bits
    padding = -count % 8
    return (number << padding).to_bytes((count + padding) // 8, "big") if count else b""


def png(color, bits, channels, interlaced=False, chunks=()):
    def rows(xs, ys):
        return b"".join(b"\0" + packed_row([sample(x, y, c, bits) for x in xs for c in range(channels)], bits)
                        for y in ys if xs)

    if interlaced:
        data = b"".join(rows(range(x, WIDTH, dx), range(y, HEIGHT, dy)) for x, y, dx, dy in ADAM7)
    else:
        data = rows(range(WIDTH), range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*c) for c in chunks) +
            chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def to_8_bits(value, bits):
    return (value * 255 * 2 + (1 << bits) - 1) // (2 * ((1 << bits) - 1))


def on_white(value, opacity):
    return (value * opacity + 255 * (255 - opacity) + 127) // 255


def netpbm(pixels, width, height, channels):
    return f"P{5 if channels == 1 else 6}\n{width} {height}\n255\n".encode() + bytes(s for pixel in pixels for s in pixel)


def write(name, extension, content, pixels, width=WIDTH, height=HEIGHT):
    (FOLDER / f"{name}.{extension}").write_bytes(content)
    (FOLDER / f"{name}.pnm").write_bytes(netpbm(pixels, width, height, len(pixels[0])))


def pixels_of(color, bits, channels):
    for y in range(HEIGHT):
        for x in range(WIDTH):
            samples = [to_8_bits(sample(x, y, c, bits), bits) for c in range(channels)]
            if color in (4, 6):
                samples = [on_white(s, samples[-1]) for s in samples[:-1]]
            yield samples


def write_pngs():
    for color, name, channels, depths in [(0, "gray", 1, (1, 2, 4, 8, 16)), (2, "rgb", 3, (8, 16)),
                                          (4, "gray_alpha", 2, (8, 16)), (6, "rgba", 4, (8, 16))]:
        for bits in depths:
            write(f"{name}{bits}", "png", png(color, bits, channels), list(pixels_of(color, bits, channels)))
    write("interlaced", "png", png(2, 8, 3, interlaced=True), list(pixels_of(2, 8, 3)))
    write("interlaced_gray2", "png", png(0, 2, 1, interlaced=True), list(pixels_of(0, 2, 1)))
    palette = [[sample(i, 1, c, 8) for c in range(3)] for i in range(16)]
    opacities = [255, 0, 100]
    written = [(b"PLTE", bytes(s for entry in palette for s in entry)), (b"tRNS", bytes(opacities))]
    shown = []
    for y in range(HEIGHT):
        for x in range(WIDTH):
            entry = sample(x, y, 0, 4)
            opacity = opacities[entry] if entry < len(opacities) else 255
            shown.append([on_white(s, opacity) for s in palette[entry]])
    write("palette4", "png", png(3, 4, 1, chunks=written), shown)
    # The orientation 6 of EXIF: the camera was turned, the right side of what is stored is the bottom.
    exif = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    stored = list(pixels_of(0, 8, 1))
    turned = [stored[(HEIGHT - 1 - x) * WIDTH + y] for y in range(WIDTH) for x in range(HEIGHT)]
    write("turned", "png", png(0, 8, 1, chunks=[(b"eXIf", exif)]), turned, HEIGHT, WIDTH)


def smooth(width, height, channels):
    mode = {1: "L", 3: "RGB", 4: "CMYK"}[channels]
    image = Image.new(mode, (width, height))
    image.putdata([tuple((x * (9 + 5 * c) + y * (13 - 4 * c) + 40 * c) % 256 for c in range(channels)) if channels > 1
                   else (x * 9 + y * 13) % 256 for y in range(height) for x in range(width)])
    return image


def write_jpegs():
    kinds = [("jpeg_gray", 1, {}), ("jpeg_rgb", 3, {"subsampling": 2}), ("jpeg_progressive", 3, {"progressive": True}),
             ("jpeg_cmyk", 4, {})]
    for name, channels, options in kinds:
        path = FOLDER / f"{name}.jpg"
        smooth(21, 13, channels).save(path, "JPEG", quality=90, **options)
        read = Image.open(path)
        if channels == 4:
            pixels = [[(s * k * 2 + 255) // 510 for s in (255 - c, 255 - m, 255 - y)]
                      for c, m, y, k in ((c, m, y, 255 - k) for c, m, y, k in read.getdata())]
        else:
            pixels = [[p] if channels == 1 else list(p) for p in read.getdata()]
        (FOLDER / f"{name}.pnm").write_bytes(netpbm(pixels, 21, 13, len(pixels[0])))
    for orientation in range(2, 9):
        path = FOLDER / f"orientation{orientation}.jpg"
        exif = Image.Exif()
        exif[0x0112] = orientation
        smooth(16, 8, 1).save(path, "JPEG", quality=90, exif=exif)
        read = ImageOps.exif_transpose(Image.open(path))
        (FOLDER / f"orientation{orientation}.pnm").write_bytes(
            netpbm([[p] for p in read.getdata()], read.width, read.height, 1))


def write_resized():
    image = smooth(21, 13, 3)
    (FOLDER / "resized_from.pnm").write_bytes(netpbm([list(p) for p in image.getdata()], 21, 13, 3))
    for width, height in [(8, 8), (30, 40), (5, 20)]:
        resized = image.resize((width, height), Image.BILINEAR)
        (FOLDER / f"resized_{width}_{height}.pnm").write_bytes(
            netpbm([list(p) for p in resized.getdata()], width, height, 3))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_pngs()
    write_jpegs()
    write_resized()
