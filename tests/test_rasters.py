"""PNG, JPEG and WebP as samples for the PDF: what goes in as it is, what is converted, and what damage is told."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile

from compiler import pictures
from compiler.diagnostics import Report
from compiler.pictures import Picture, Raster
from compiler.world import World
from conftest import REPOSITORY, png

Load = Callable[..., Picture | None]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Writes bytes to a file and loads it in a world with a cache of its own, expecting just the codes given."""

    def loaded(data: bytes, *expect: str, name: str = "picture.bin") -> Picture | None:
        (tmp_path / name).write_bytes(data)
        report = Report()
        world = World(environ={}, cwd=str(tmp_path), cache_dir=str(tmp_path / "cache"))
        picture = pictures.load(str(tmp_path / name), world, report, None)
        assert [item.code for item in report] == list(expect)
        assert all(item.help for item in report)
        return picture

    return loaded


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def seen(raster: Raster) -> Image.Image:
    """The raster as a reader of the PDF shows it."""
    if raster.filter == "DCTDecode":
        return Image.open(io.BytesIO(raster.data))
    kind = {"gray": 0, "rgb": 2, "indexed": 3}[raster.colour]
    head = struct.pack(">IIBBBBB", raster.width_px, raster.height_px, raster.bits, kind, 0, 0, 0)
    palette = chunk(b"PLTE", raster.palette) if raster.palette else b""
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + palette + chunk(b"IDAT", raster.data) + chunk(b"IEND", b"")
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def quarters(mode: str = "RGB", size: int = 64) -> Image.Image:
    """Red, green, blue and white quarters, reading order."""
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    half = size // 2
    for at, colour in (((0, 0), "red"), ((half, 0), "lime"), ((0, half), "blue")):
        draw.rectangle((*at, at[0] + half - 1, at[1] + half - 1), fill=colour)
    return image.convert(mode)


def corners(image: Image.Image) -> str:
    """The quarters' colours as letters, for upright pictures `rgbw`."""
    wide = image.convert("RGB")
    out = ""
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        red, green, blue = wide.getpixel((wide.width * x // 4, wide.height * y // 4))
        bright = (red > 160, green > 160, blue > 160)
        out += {(True, False, False): "r", (False, True, False): "g", (False, False, True): "b", (True,) * 3: "w"}.get(
            bright, "?"
        )
    return out


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture as busy as a photograph, the same each time."""
    data = random.Random(1).randbytes(size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands()))
    return Image.frombytes(mode, size, data)


def photo(size: tuple[int, int]) -> Image.Image:
    """Soft noise."""
    return noise((size[0] // 8, size[1] // 8)).resize(size, Image.Resampling.BICUBIC)


# --- as they are -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_plain_png_keeps_its_data(load: Load, mode: str) -> None:
    """The rows of a simple PNG are the file's own, whatever its colours."""
    data = saved(quarters(mode), "PNG")
    raster = load(data).raster(72, 72)
    assert raster.data in data
    assert raster.predictor == 15
    assert seen(raster).convert("RGB").tobytes() == Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 2}])
def test_plain_jpeg_keeps_its_samples(load: Load, options: dict[str, object]) -> None:
    """A simple JPEG is not coded again."""
    data = saved(photo((160, 120)), "JPEG", **options)
    raster = load(data).raster(72, 54)
    assert raster.filter == "DCTDecode"
    assert seen(raster).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_camera_data_stay_out(load: Load) -> None:
    """Where a photograph was taken, its comment, and what hangs behind it do not reach the clients."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera Works"
    exif.get_ifd(0x8825)[1] = "N"
    data = saved(photo((160, 120)), "JPEG", exif=exif.tobytes(), comment=b"secret remark", progressive=True)
    raster = load(data + b"secret appendix").raster(72, 54)
    assert b"ecret" not in raster.data
    assert b"Exif" not in raster.data
    assert seen(raster).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_srgb_profile_needs_no_conversion(load: Load) -> None:
    """A picture that says it is sRGB goes in as it is."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG"):
        data = saved(photo((96, 96)), kind, icc_profile=profile)
        raster = load(data).raster(72, 72)
        assert b"ICC" not in raster.data
        assert raster.data[-500:-2] in data


def test_same_samples_without_pillow(load: Load, tmp_path: Path) -> None:
    """A second compile imports no decoder, whatever the picture, and sees the same samples."""
    files = {
        "a.png": saved(quarters("RGBA"), "PNG"),
        "b.webp": saved(quarters(), "WEBP", lossless=True),
        "c.jpg": saved(quarters("CMYK"), "JPEG"),
        "d.png": saved(quarters(), "PNG"),
        "e.jpg": saved(photo((64, 64)), "JPEG"),
    }
    first = {name: load(data, name=name).raster(40, 40) for name, data in files.items()}
    script = (
        "import sys; from compiler import pictures; from compiler.diagnostics import Report; from compiler.world import World\n"
        f"world = World(environ={{}}, cwd={str(tmp_path)!r}, cache_dir={str(tmp_path / 'cache')!r})\n"
        f"for name in {list(files)!r}: print(hash(pictures.load(name, world, Report(), None).raster(40, 40)))\n"
        "assert not {'PIL', 'io.BytesIO'} & set(sys.modules), 'decoder imported'"
    )
    environment = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(REPOSITORY)}
    out = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert len(out.stdout.split()) == len(first)
    assert {name: load(data, name=name).raster(40, 40) for name, data in files.items()} == first


# --- converted -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_honoured(load: Load, kind: str, orientation: int) -> None:
    """However the camera was held, the picture stands upright and its size is that of the upright picture."""
    turns = Image.Transpose
    undo = [
        None, None, turns.FLIP_LEFT_RIGHT, turns.ROTATE_180, turns.FLIP_TOP_BOTTOM, turns.TRANSPOSE, turns.ROTATE_90,
        turns.TRANSVERSE, turns.ROTATE_270,
    ][orientation]  # fmt: skip
    upright = quarters().resize((96, 64), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright if undo is None else upright.transpose(undo)
    picture = load(saved(stored, kind, exif=exif.tobytes(), quality=95))
    assert (picture.width_px, picture.height_px) == (96, 64)
    raster = picture.raster(96, 64)
    assert (raster.width_px, raster.height_px) == (96, 64)
    assert corners(seen(raster)) == "rgbw"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_clear_parts_become_a_mask(load: Load, kind: str) -> None:
    """Alpha is a gray raster of its own, a full one is dropped."""
    image = quarters("RGBA")
    assert load(saved(image, kind, lossless=True)).raster(72, 72).mask is None
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    raster = load(saved(image, kind, lossless=True)).raster(72, 72)
    assert raster.mask.colour == "gray"
    assert seen(raster.mask).tobytes() == image.getchannel("A").tobytes()
    assert corners(seen(raster)) == "rgbw"


def test_colour_does_not_bleed_out_of_clear_parts(load: Load) -> None:
    """A white disc on clear black keeps a white rim when it is sampled down."""
    image = Image.new("RGBA", (1200, 1200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((100, 100, 1100, 1100), fill="white")
    raster = load(saved(image, "PNG")).raster(72, 72)
    assert raster.width_px == 300
    colour, alpha = seen(raster).convert("L"), seen(raster.mask)
    assert all(c > 240 for c, a in zip(colour.tobytes(), alpha.tobytes(), strict=True) if a > 16)


def test_transparent_palette(load: Load) -> None:
    """A palette with a clear entry keeps its colours and its holes."""
    image = quarters("P")
    clear = image.getpixel((48, 48))
    raster = load(saved(image, "PNG", transparency=clear)).raster(72, 72)
    assert corners(seen(raster))[:3] == "rgb"
    assert [seen(raster.mask).getpixel(at) for at in ((16, 16), (48, 48))] == [255, 0]


@pytest.mark.parametrize("clear", [None, 0xFFFF])
def test_sixteen_bits_become_eight(load: Load, clear: int | None) -> None:
    """Deep gray keeps its shades; a transparent value becomes a hole."""
    shades = (0, 0x4000, 0x8080, 0xFFFF)
    rows = (b"\0" + struct.pack(">4H", *shades)) * 2
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 2, 16, 0, 0, 0, 0))
    data += chunk(b"tRNS", struct.pack(">H", clear)) if clear else b""
    raster = load(data + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")).raster(72, 36)
    assert list(seen(raster).convert("L").tobytes())[:4] == [0, 0x40, 0x80, 0xFF]
    assert (list(seen(raster.mask).tobytes())[:4] if raster.mask else None) == ([255, 255, 255, 0] if clear else None)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_interlaced_rows_are_put_in_order(load: Load, mode: str) -> None:
    """An interlaced file shows the same picture."""
    data = _adam7(quarters(mode))
    raster = load(data).raster(72, 72)
    assert seen(raster).convert("RGB").tobytes() == quarters(mode).convert("RGB").tobytes()


def _adam7(image: Image.Image) -> bytes:
    """The image as an interlaced PNG, which Pillow reads but does not write."""
    bands, rows = len(image.getbands()), b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for y in range(y0, image.height, dy):
            row = [image.getpixel((x, y)) for x in range(x0, image.width, dx)]
            rows += b"\0" + b"".join([bytes(pixel if bands > 1 else [pixel]) for pixel in row])
    head = struct.pack(">IIBBBBB", *image.size, 8, {1: 0, 3: 2, 4: 6}[bands], 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_other_profiles_are_converted(load: Load) -> None:
    """Numbers of another colour space become those of sRGB, with and without alpha."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for index in range(int.from_bytes(swapped[128:132], "big")):
        at = 132 + 12 * index
        swapped[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(bytes(swapped[at : at + 4]), swapped[at : at + 4])
    profile = bytes(swapped).replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be")).replace(b"sRGB", b"Swap")
    for mode in ("RGB", "RGBA"):
        raster = load(saved(quarters(mode), "PNG", icc_profile=profile)).raster(72, 72)
        assert corners(seen(raster)) == "grbw"


def test_damaged_profile_is_left_out(load: Load) -> None:
    """A profile that is none does not stop a picture."""
    raster = load(saved(quarters(), "PNG", icc_profile=b"not a profile" * 20)).raster(72, 72)
    assert corners(seen(raster)) == "rgbw"


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_many_dots_are_sampled_down(load: Load, mode: str) -> None:
    """A box gets 300 dots per inch; up to half more are left alone."""
    picture = load(saved(photo((1200, 800)).convert(mode), "PNG"))
    assert (picture.raster(72, 48).width_px, picture.raster(72, 48).height_px) == (300, 200)
    assert picture.raster(288, 192).width_px == 1200
    assert picture.raster(72, 48).filter == "DCTDecode"


def test_charts_stay_sharp(load: Load) -> None:
    """Flat graphics are coded without loss and with a palette."""
    raster = load(saved(quarters(size=200), "WEBP", lossless=True)).raster(72, 72)
    assert (raster.filter, raster.colour, raster.bits) == ("FlateDecode", "indexed", 2)
    assert seen(raster).convert("RGB").tobytes() == quarters(size=200).tobytes()


def test_moving_picture_shows_its_first_frame(load: Load) -> None:
    """An animation is a warning, and its first frame is printed."""
    later = Image.new("RGB", (64, 64), "black")
    for kind in ("PNG", "WEBP"):
        data = saved(quarters(), kind, save_all=True, append_images=[later], lossless=True)
        assert corners(seen(load(data, "picture-animated").raster(72, 72))) == "rgbw"


def test_natural_size_follows_the_file(load: Load) -> None:
    """Dots per inch come from the file, 96 where it says nothing."""
    assert load(saved(quarters(), "PNG", dpi=(144, 144))).width == pytest.approx(32, abs=0.1)
    assert load(saved(quarters(), "JPEG", dpi=(72, 72))).width == pytest.approx(64)
    assert load(saved(quarters(), "WEBP")).width == pytest.approx(48)


# --- bad files -------------------------------------------------------------------------------------------------------


def test_every_cut_is_noticed(load: Load) -> None:
    """Wherever a file ends too early, it is a diagnostic: never an exception, never a grey patch."""
    for kind in ("PNG", "JPEG", "WEBP"):
        data = saved(noise((24, 24)), kind)
        for length in range(12, len(data) - 3, max(1, len(data) // 40)):
            assert load(data[:length], "picture-corrupt") is None


def test_a_cut_is_noticed_where_others_allow_it(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint and others tell Pillow to take files that end too early; what we read is whole, or refused."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = saved(noise((24, 24)), "JPEG")
    assert load(data[: len(data) // 2], "picture-corrupt") is None


def test_random_damage_never_raises(tmp_path: Path) -> None:
    """Flipped bytes give a picture or a diagnostic."""
    chance = random.Random(7)
    world = World(environ={}, cwd=str(tmp_path), cache_dir="")
    for kind, mode in (("PNG", "RGB"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA")):
        data = saved(quarters(mode, 16), kind)
        for _ in range(60):
            hurt = bytearray(data)
            for _ in range(3):
                hurt[chance.randrange(8, len(hurt))] = chance.randrange(256)
            (tmp_path / "x").write_bytes(hurt)
            report = Report()
            picture = pictures.load(str(tmp_path / "x"), world, report, None)
            assert (picture is None) == bool(report.errors)
            if picture is not None:
                picture.raster(20, 20)


def test_packed_bomb_is_not_unpacked(load: Load) -> None:
    """A small file with gigabytes of rows inside is unpacked no further than its header allows."""
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 9)
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", bomb) + chunk(b"IEND", b"")
    assert load(data).raster(8, 8).width_px == 8
    broad = png(8, 8)[:16] + struct.pack(">II", 60_000, 60_000) + png(8, 8)[24:]
    assert load(broad, "picture-too-large") is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"GIF89a....", "a GIF"),
        (b"\0\0\0\x18ftypheic", "a HEIC"),
        (b"II*\0....", "a TIFF"),
        (b"hello", "some other kind"),
    ],
)
def test_other_kinds_are_named(tmp_path: Path, data: bytes, words: str) -> None:
    """What cannot be used is told by its name."""
    (tmp_path / "x.png").write_bytes(data)
    report = Report()
    assert pictures.load("x.png", World(environ={}, cwd=str(tmp_path), cache_dir=""), report, None) is None
    (found,) = report
    assert found.code == "picture-unsupported"
    assert words in found.message


@pytest.mark.parametrize("name", ["gone.png", ".", "odd\0name.png"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    """A file that is not there, or is a folder, is said so."""
    report = Report()
    assert pictures.load(name, World(environ={}, cwd=str(tmp_path), cache_dir=""), report, None) is None
    assert [item.code for item in report] == ["picture-missing"]


def test_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused before it is read."""
    monkeypatch.setattr(pictures, "LARGEST_FILE", 100)
    (tmp_path / "x.png").write_bytes(saved(quarters(), "PNG"))
    report = Report()
    assert pictures.load("x.png", World(environ={}, cwd=str(tmp_path), cache_dir=""), report, None) is None
    assert [item.code for item in report] == ["picture-too-large"]


def test_nothing_reaches_the_terminal(load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    """Decoders keep their words to themselves."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(30)
    load(saved(quarters(), "JPEG", exif=exif)).raster(72, 72)
    load(saved(quarters(), "JPEG")[:400], "picture-corrupt")
    out = capfd.readouterr()
    assert (out.out, out.err) == ("", "")
