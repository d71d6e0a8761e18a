"""Pictures of every kind through the whole path: what they are drawn as, and what a bad one is told."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from compiler import pictures
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import MINIMAL, Build, png

FIGURE = """每周一图:
  - figure:
      image: {name}
      alt: 左半为红色、右半为蓝色的方块，用来检查方向与颜色
      caption: 红与蓝
      source: sse
      width: 50%
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
<rect width="100" height="100" fill="#ff0000"/><g transform="translate(100 0)"><rect width="100" height="100" fill="#0000ff"/></g>
<text x="50" y="60" font-size="20" fill="#ffffff" text-anchor="middle">红色</text></svg>"""


def halves(mode: str = "RGB", size: tuple[int, int] = (400, 200)) -> Image.Image:
    """A red left half and a blue right half."""
    image = Image.new("RGB", size, (255, 0, 0))
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, size[0], size[1]), fill=(0, 0, 255))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def rotated() -> bytes:
    """A JPEG stored on its side, with the EXIF orientation that puts it upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(halves().rotate(90, expand=True), "JPEG", exif=exif.tobytes())


def pdf_page() -> bytes:
    """A PDF with the two halves, drawn by ReportLab without text."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100), invariant=1)
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 0, 100, 100, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 1)
    canvas.rect(100, 0, 100, 100, stroke=0, fill=1)
    canvas.save()
    return _without_fonts(out.getvalue())


def _without_fonts(data: bytes) -> bytes:
    """ReportLab names Helvetica on every page; a picture must not."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    del writer.pages[0]["/Resources"][NameObject("/Font")]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


GOOD = {
    "rgb.png": lambda: saved(halves(), "PNG"),
    "palette.png": lambda: saved(halves("P"), "PNG"),
    "alpha.png": lambda: saved(halves("RGBA"), "PNG"),
    "interlaced.png": lambda: saved(halves(), "PNG", interlace=1),
    "rgb.jpg": lambda: saved(halves(), "JPEG", quality=95),
    "progressive.jpg": lambda: saved(halves(), "JPEG", progressive=True, quality=95),
    "cmyk.jpg": lambda: saved(halves("CMYK"), "JPEG", quality=95),
    "turned.jpg": rotated,
    "lossless.webp": lambda: saved(halves(), "WEBP", lossless=True),
    "drawing.svg": lambda: SVG.encode(),
    "page.pdf": pdf_page,
    "misnamed.png": lambda: saved(halves(), "JPEG", quality=95),
}


def figure_note(name: str) -> str:
    """The minimal note with a figure."""
    return MINIMAL.replace("每周一图: |\n  文生视频走向公众。\n", FIGURE.format(name=name))


@pytest.mark.parametrize("name", GOOD)
def test_picture_is_drawn(name: str, build: Build, root: Path) -> None:
    """Every kind shows red at the left and blue at the right, upright, in its place."""
    (root / "notes" / name).write_bytes(GOOD[name]())
    pdf = build(figure_note(name)).pdf
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    reds, blues = [], []
    for x in range(0, page.width, 2):
        for y in range(0, page.height, 2):
            r, g, b = page.getpixel((x, y))
            if r > 200 and g < 60 and b < 60:
                reds.append(x)
            elif b > 200 and r < 60 and g < 60:
                blues.append(x)
    assert len(reds) > 500
    assert len(blues) > 500
    assert max(reds) <= min(blues) + 4


def test_same_picture_is_embedded_once(build: Build, root: Path) -> None:
    """Two figures of one file share an image."""
    (root / "notes" / "rgb.png").write_bytes(GOOD["rgb.png"]())
    twice = FIGURE.format(name="rgb.png") + FIGURE.format(name="rgb.png").split("\n", 1)[1]
    pdf = build(MINIMAL.replace("每周一图: |\n  文生视频走向公众。\n", twice)).pdf
    assert pdf.count(b"/Subtype/Image") == 1


def test_large_picture_is_sampled_down(build: Build, root: Path) -> None:
    """Print needs 300 dots per inch; more are not embedded."""
    noise = Image.effect_noise((4000, 2000), 80).convert("RGB")
    (root / "notes" / "large.png").write_bytes(saved(noise, "PNG"))
    made = build(figure_note("large.png"))
    assert b"/Width 4000" not in made.pdf
    assert len(made.pdf) < 1_500_000


def test_second_compile_needs_no_decoder(root: Path, cache: str, build: Build) -> None:
    """What Pillow and svglib made is kept: the same bytes come from the cache."""
    for name in ("alpha.png", "drawing.svg"):
        (root / "notes" / name).write_bytes(GOOD[name]())
        assert build(figure_note(name)).pdf == build(figure_note(name)).pdf


BAD = {
    "cut.png": (lambda: saved(halves(), "PNG")[:200], "picture-corrupt"),
    "flipped.png": (lambda: saved(halves(), "PNG").replace(b"IDAT", b"IDAU", 1), "picture-corrupt"),
    "cut.jpg": (lambda: saved(halves(), "JPEG")[:30], "picture-corrupt"),
    "empty.jpg": (lambda: b"", "picture-unsupported"),
    "text.svg": (lambda: b"just words", "picture-unsupported"),
    "script.svg": (lambda: SVG.replace("<rect", "<script>x</script><rect", 1).encode(), "picture-unsupported"),
    "remote.svg": (
        lambda: SVG.replace("<rect", '<image href="https://x.example/a.png"/><rect', 1).encode(),
        "picture-unsupported",
    ),
    "entity.svg": (lambda: b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), "picture-unsupported"),
    "broken.svg": (lambda: SVG[:80].encode(), "picture-corrupt"),
    "broken.pdf": (lambda: b"%PDF-1.7\nnothing", "picture-corrupt"),
    "huge.png": (lambda: png(1, 1)[:16] + b"\0\0\x4e\x20" * 2 + png(1, 1)[24:], "picture-too-large"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_picture(name: str, tmp_path: Path, cache: str) -> None:
    """A bad picture is one diagnostic and nothing else."""
    make, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    report = Report()
    assert pictures.load(str(path), World(environ={}, cwd=str(tmp_path), cache_dir=cache), report, None) is None
    assert [item.code for item in report] == [code]


def test_too_few_dots_is_a_warning(build: Build, root: Path) -> None:
    """A thumbnail blown up is said so."""
    (root / "notes" / "thumb.png").write_bytes(png(40, 20))
    build(figure_note("thumb.png"), expect=("picture-low-resolution",))


TINY_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="300" viewBox="0 0 1500 300">
<rect x="0" y="0" width="1500" height="300" fill="#eeeeee"/>
<text x="20" y="60" font-size="9">甲乙丙丁</text><rect x="{bar}" y="0" width="20" height="100" fill="#333333"/></svg>"""


@pytest.mark.parametrize(("bar", "said"), [(400, ()), (57, ("picture-words",))])
def test_words_too_small_are_a_warning(bar: int, said: tuple[str, ...], root: Path, cache: str) -> None:
    """Words that find no room to be set larger are said to be too small; others are set larger and nothing is said."""
    (root / "notes" / "tiny.svg").write_text(TINY_SVG.format(bar=bar), "utf-8")
    report = Report()
    path = root / "notes" / "note.yaml"
    path.write_text(figure_note("tiny.svg"), "utf-8")
    compile_note(str(path), World(environ={}, cwd=str(root), cache_dir=cache), report)
    assert tuple(item.code for item in report) == said


RICH_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="160" viewBox="0 0 300 160">
<defs><clipPath id="c"><rect x="20" y="20" width="60" height="60"/></clipPath></defs>
<circle cx="50" cy="50" r="45" fill="#ff0000" clip-path="url(#c)"/>
<line x1="100" y1="20" x2="280" y2="20" stroke="#0000ff" stroke-width="3" stroke-dasharray="8 4"/>
<rect x="110" y="50" width="60" height="60" fill="#00aa00" opacity="0.4"/>
<text x="220" y="140" font-size="12" transform="rotate(-90 220 140)">转角文字</text></svg>"""


def test_clips_dashes_opacity_and_turned_text(build: Build, root: Path) -> None:
    """What plotting programs write is drawn without a warning: a clipped disc has corners, a dash has gaps, text is text."""
    (root / "notes" / "rich.svg").write_text(RICH_SVG, encoding="utf-8")
    pdf = build(figure_note("rich.svg").replace("width: 50%", "width: 80%")).pdf
    document = pypdfium2.PdfDocument(pdf)
    assert "转角文字" in "".join(page.get_textpage().get_text_range() for page in document)
    page = document[0].render(scale=2).to_pil().convert("RGB")
    pixels = page.load()
    reds, blues, greens = set(), set(), set()
    for x in range(page.width):
        for y in range(page.height):
            r, g, b = pixels[x, y]
            if r > 230 and g < 30 and b < 30:
                reds.add((x, y))
            elif b > 230 and r < 30 and g < 30:
                blues.add((x, y))
            elif r < 170 and g > 210 and b < 170:
                greens.add((x, y))
    left, right = min(x for x, _ in reds), max(x for x, _ in reds)
    top, bottom = min(y for _, y in reds), max(y for _, y in reds)
    assert (left + 2, top + 2) in reds  # the clip's corner, which the disc alone does not reach
    assert abs((right - left) - (bottom - top)) <= 2
    middle = sorted(y for _, y in blues)[len(blues) // 2]
    row = [x for x, y in blues if y == middle]
    assert len(row) < 0.8 * (max(row) - min(row))
    assert len(greens) > 500
