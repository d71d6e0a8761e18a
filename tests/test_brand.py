"""Brands: the shipped houses, a third one of ten lines, and a fault of every kind at its place in the brand file."""

from __future__ import annotations

import io
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
import yaml
from pypdf import PdfReader

import smallfonts
from compiler.brand import Brand, load
from compiler.branding import TEMPLATE_NAMES
from compiler.diagnostics import Report, SourceFile, Span
from compiler.layout import furniture
from compiler.pathdata import PathError, path_steps
from compiler.world import World
from conftest import BRANDS, MINIMAL, REPOSITORY, Build

LATIN = "AaBb0123456789.%"


@pytest.fixture
def house(tmp_path: Path) -> Callable[..., tuple[Brand | None, Report]]:
    """Loads the brand `own` of a root of its own; further brands by name."""

    def run(text: str | bytes, **others: str) -> tuple[Brand | None, Report]:
        for name, content in {"own": text, **others}.items():
            folder = tmp_path / "assets" / "brands" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "brand.yaml").write_bytes(content.encode() if isinstance(content, str) else content)
        report = Report()
        world = World(environ={}, cwd=str(tmp_path), cache_dir="")
        return load("own", str(tmp_path), world, report, Span(SourceFile("note.yaml", "brand: own\n"), 7, 10)), report

    return run


def places(report: Report) -> list[str]:
    """`code@folder:line:column` of each diagnostic; the folder is the brand's whose file it points into."""
    found = []
    for item in report:
        assert item.span is not None
        line, column = item.span.file.line_col(item.span.start)
        path = item.span.file.name
        folder = Path(path).parent.name if path.endswith("brand.yaml") else path
        found.append(f"{item.code}@{folder}:{line}:{column}")
    return found


def shipped(name: str) -> Brand:
    """A house that comes with the compiler."""
    report = Report()
    brand = load(name, str(REPOSITORY), World(environ={}, cwd=str(REPOSITORY), cache_dir=""), report)
    assert not len(report)
    assert brand is not None
    return brand


# --- the shipped houses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BRANDS)
def test_shipped_houses(name: str) -> None:
    """Each shipped house loads without a word, its faces exist, its measure is whole em and its columns end on the page."""
    brand = shipped(name)
    page = brand.geometry
    assert page.text_width / brand.body.size == pytest.approx(round(page.text_width / brand.body.size))
    assert page.full_x + page.full_width <= page.width
    assert page.grid_top + page.grid_pitch * page.grid_lines < page.height
    assert brand.body.lead == page.grid_pitch
    assert all(os.path.isfile(face.file) for face in brand.body.faces)
    assert len(brand.body.faces) >= 2, "the text needs a face to fall back on"
    assert brand.name == name
    assert [os.path.basename(os.path.dirname(path)) for path in brand.files] == [name]


def contrast(one: str, two: str) -> float:
    """Contrast of two colours (WCAG 2.1, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(two)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", BRANDS)
def test_text_is_readable(name: str) -> None:
    """Running text, notes and signed figures stand out from white at 4.5:1 or more, and are set in 8 points or more."""
    brand = shipped(name)
    styles = (
        brand.body, brand.section.style, brand.section.topic, brand.exhibit.claim, brand.exhibit.number, brand.exhibit.credit,
        brand.table.head, brand.table.cell, brand.table.first, brand.callout.label, brand.callout.style, brand.quote.by,
        brand.footnote.style, brand.reference.style, brand.disclaimer.style, brand.disclaimer.label,
    )  # fmt: skip
    for colour in {style.colour for style in styles} | {brand.table.up, brand.table.down}:
        assert contrast(colour, "#ffffff") >= 4.5, colour
    assert min(style.size for style in styles) >= 8


def test_no_house_in_the_code() -> None:
    """Nothing in the code knows a house by name; help texts may show one."""
    names = re.compile("|".join([*BRANDS, *(shipped(name).house for name in BRANDS)]))
    found = [
        f"{path.name}: {line.strip()}"
        for path in (REPOSITORY / "compiler").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if names.search(line) and not line.startswith("  brand: ")
    ]
    assert not found


def test_template_names() -> None:
    """The names a label may use are those that layout fills in."""
    source = Path(furniture.__file__).read_text("utf-8") + (REPOSITORY / "compiler/layout/document.py").read_text("utf-8")
    assert [name for name in TEMPLATE_NAMES if f'"{name}"' not in source] == []


# --- a third house ---------------------------------------------------------------------------------------------------

THIRD = """\
# 新屋基金: hengting in another ink and with a face of its own.
extends: hengting
house: 新屋基金
colours:
  accent: "#5a1e3a"
faces:
  own: {file: fonts/Own.ttf}
fonts:
  text: [own, serif, sans]
"""


@pytest.fixture
def third(root: Path) -> Path:
    """The third house with its font, in a note root."""
    folder = root / "assets" / "brands" / "third"
    (folder / "fonts").mkdir(parents=True)
    (folder / "brand.yaml").write_text(THIRD, encoding="utf-8")
    smallfonts.build(str(folder / "fonts" / "Own.ttf"), dict.fromkeys(LATIN, 500))
    return root


def test_third_house(third: Path) -> None:
    """Ten lines make another house: what they say changes everywhere it is used, all else is inherited."""
    assert THIRD.count("\n") <= 10
    report = Report()
    brand, base = load("third", str(third), World(environ={}, cwd=str(third), cache_dir=""), report), shipped("hengting")
    assert not len(report)
    assert brand is not None
    assert (brand.house, base.house) == ("新屋基金", "衡汀基金")
    assert brand.section.style.colour == brand.callout.label.colour == brand.logo.shapes[0].colour == "#5a1e3a"
    assert brand.body.faces[0].file == str(third / "assets" / "brands" / "third" / "fonts" / "Own.ttf")
    assert brand.body.faces[1:] == base.body.faces[:2]
    assert brand.reference.style.faces == brand.body.faces
    assert brand.section.style.faces == base.section.style.faces
    assert brand.geometry == base.geometry
    assert [os.path.basename(os.path.dirname(path)) for path in brand.files] == ["third", "hengting"]


def test_third_house_compiles(third: Path, build: Build) -> None:
    """A note in the third house is set in its face and carries its name."""
    made = build(MINIMAL.replace("brand: hengting", "brand: third"))
    page = PdfReader(io.BytesIO(made.pdf)).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    assert [font for font in fonts if str(font.get_object()["/BaseFont"]).endswith("Small-Regular")]
    assert "新屋基金" in page.extract_text()


# --- what `extends` means --------------------------------------------------------------------------------------------


def test_lists_are_replaced_and_mappings_merged(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A list takes the place of the inherited one, a mapping changes only the keys it says."""
    brand, report = house("extends: hengting\nsection: {rules: [], lines: 3}\n")
    base = shipped("hengting").section
    assert not len(report)
    assert brand is not None
    assert brand.section == base.replace(rules=(), lines=3.0)


def test_a_chain_of_brands(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A brand may extend one that extends another; the nearest word counts."""
    middle = "extends: lanxu\nhouse: 中屋\nseries: 日报\n"
    brand, report = house("extends: middle\nhouse: 自屋\n", middle=middle)
    assert not len(report)
    assert brand is not None
    assert (brand.house, brand.series, brand.company) == ("自屋", "日报", shipped("lanxu").company)


def test_edges_follow_the_columns(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """Furniture placed by the name of an edge moves with the columns."""
    text = "extends: hengting\ncolumns: {text-x: 60}\nhead: {labels: [{text: x, x: text-left+2.5, y: 9, style: note}]}\n"
    brand, report = house(text)
    assert not len(report)
    assert brand is not None
    assert brand.head.labels[0].x == 62.5


def test_a_style_is_like_another(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """`like` takes over what the style does not say, also from an inherited style that was changed."""
    brand, report = house("extends: hengting\nstyles: {body: {colour: soft}, quote: {size: 9}}\n")
    assert not len(report)
    assert brand is not None
    assert (brand.quote.style.size, brand.quote.style.colour, brand.quote.style.indent_em) == (9, "#5b5a56", 0)
    assert brand.quote.style.strong == brand.body.strong


def test_logo_shapes(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A logo is made of paths, circles and rectangles in colours of the brand."""
    shapes = "[{circle: [5, 5, 2], colour: soft}, {rect: [0, 1, 2, 3], colour: ink}, {path: m1 1h2v2z, colour: up}]"
    brand, report = house(f"extends: hengting\nlogo: {{width: 10, shapes: {shapes}}}\n")
    assert not len(report)
    assert brand is not None
    assert [shape.role for shape in brand.logo.shapes] == ["soft", "ink", "up"]
    assert brand.logo.shapes[0].steps[1][-2:] == (5, 3)
    assert brand.logo.shapes[1].steps == (("M", 0, 1), ("L", 2, 1), ("L", 2, 4), ("L", 0, 4), ("Z",))
    assert brand.logo.shapes[2].steps == (("M", 1, 1), ("L", 3, 1), ("L", 3, 3), ("Z",))


@pytest.mark.parametrize(
    ("data", "steps"),
    [
        ("M1 2 3 4", [("M", 1, 2), ("L", 3, 4)]),
        ("m1,2 3-4", [("M", 1, 2), ("L", 4, -2)]),
        ("M0 0L.5.5H3V-1e1Z", [("M", 0, 0), ("L", 0.5, 0.5), ("L", 3, 0.5), ("L", 3, -10), ("Z",)]),
        ("M5 5l1 0zl0 1", [("M", 5, 5), ("L", 6, 5), ("Z",), ("L", 5, 6)]),
        ("M1 1c1 0 2 1 2 2", [("M", 1, 1), ("C", 2, 1, 3, 2, 3, 3)]),
        ("M0 0q3 0 3 3", [("M", 0, 0), ("C", 2, 0, 3, 1, 3, 3)]),
    ],
)
def test_path_data(data: str, steps: list[tuple[object, ...]]) -> None:
    """Path data mean what SVG 1.1 (8.3) says."""
    assert list(path_steps(data)) == steps


@pytest.mark.parametrize(("data", "at"), [("", 0), ("L0 0", 0), ("1 2", 0), ("M0", 0), ("M0 0 A1", 5), ("M0 0L1 2 3", 4)])
def test_bad_path_data(data: str, at: int) -> None:
    """Faulty path data are refused at the character at fault."""
    with pytest.raises(PathError) as fault:
        path_steps(data)
    assert fault.value.at == at


# --- faults ----------------------------------------------------------------------------------------------------------

FAULTS = {  # what follows `extends: hengting` from line 2 on → diagnostics
    "unknown-key": ("hous: x\n", "brand-key@own:2:1"),
    "unknown-key-inside": ("section:\n  stlye: topic\n", "brand-key@own:3:3"),
    "unknown-key-in-a-list": (
        "foot: {labels: [{txt: x, x: 1, y: 1, style: note}]}\n",
        "brand-missing@own:2:17 brand-key@own:2:18",
    ),
    "missing-key": ("foot: {labels: [{text: x, x: 1, style: note}]}\n", "brand-missing@own:2:17"),
    "colour": ("footnote: {rule-colour: sfot}\n", "brand-colour@own:2:25"),
    "colour-by-value": ('footnote: {rule-colour: "#000000"}\n', "brand-colour@own:2:25"),
    "colour-empty": ("table:\n  colour:\n", "brand-colour@own:3:10"),
    "colour-ill-formed": ('colours: {ink: "#12345"}\n', "brand-colour@own:2:16"),
    "colour-comment": ("colours:\n  accent: #5a1e3a\n", "brand-colour@own:3:10"),
    "style": ("body: bodi\n", "brand-style@own:2:7"),
    "style-like": ("styles: {body: {like: bodi}}\n", "brand-style@own:2:23"),
    "style-cycle": ("styles: {body: {like: deck}, deck: {like: body}}\n", "brand-cycle@own:2:43"),
    "style-self": ("styles:\n  body: {like: body}\n", "brand-cycle@own:3:16"),
    "style-bare": ("styles: {fresh: {size: 9}}\n", "brand-missing@own:2:17"),
    "face": ("fonts: {text: [serf, sans]}\n", "brand-face@own:2:16"),
    "face-none": ("fonts: {text: []}\n", "brand-face@own:2:15"),
    "face-without-file": ("faces: {own: {index: 1}}\n", "brand-missing@own:2:9"),
    "font-missing": ("faces: {own: {file: fonts/Own.ttf}}\n", "brand-font@own:2:21"),
    "font-of-a-package": ("faces: {serif: {package: no_such_fonts, file: A.otf}}\n", "brand-font@own:2:47"),
    "font-outside": ("faces: {own: {file: ../../../../outside.ttf}}\n", "brand-font@own:2:21"),
    "font-index": ("faces: {sans-500: {index: -1}}\n", "brand-type@own:2:27"),
    "font-axes": ("faces: {sans-500: {axes: 500}}\n", "brand-type@own:2:26"),
    "measure": ("columns: {text-width: 380}\n", "brand-measure@own:2:23"),
    "measure-of-the-body": ("styles: {body: {size: 10}}\n", "brand-measure@own:2:23"),
    "number": ("grid: {pitch: wide}\n", "brand-type@own:2:15"),
    "number-nan": ("grid: {pitch: nan}\n", "brand-type@own:2:15"),
    "number-inf": ("grid: {lines: inf}\n", "brand-type@own:2:15"),
    "number-full-width": ("grid: {top: ８１}\n", "brand-type@own:2:13"),
    "number-zero": ("styles: {body: {size: 0}}\n", "brand-value@own:2:23"),
    "number-negative": ("table: {row-weight: -1}\n", "brand-value@own:2:21"),
    "number-vast": ("table: {row-height: 99999}\n", "brand-value@own:2:21"),
    "number-unit": ("table: {row-height: 18pt}\n", "brand-type@own:2:21"),
    "not-whole": ("grid: {lines: 36.5}\n", "brand-type@own:2:15"),
    "front-places": ("front: {place: side, contents-place: side}\n", "brand-value@own:2:38"),
    "scale": ("faces: {own: {package: pylopdf_fonts_zh_cn, file: NotoSansSC-Regular.otf, scale: 9}}\n", "brand-value@own:2:82"),
    "language-face": ("languages: {ja: {sans: sans-x}}\n", "brand-face@own:2:24"),
    "language-key": ("languages: {ja: {serfi: sans}}\n", "brand-key@own:2:18"),
    "language-index": ("languages: {ja: {index: two}}\n", "brand-type@own:2:25"),
    "phrase": ("phrases: {期号: Issue}\n", "brand-type@own:2:15"),
    "truth": ("foot-on-merged: maybe\n", "brand-value@own:2:17"),
    "place": ("section: {place: txet}\n", "brand-value@own:2:18"),
    "align": ("styles: {note: {align: middle}}\n", "brand-value@own:2:24"),
    "columns": ("disclaimer: {columns: 3}\n", "brand-value@own:2:23"),
    "edge": ("opening: {title-x: text-lef}\n", "brand-value@own:2:20"),
    "placeholder": ('foot: {labels: [{text: "第 {pgae} 页", x: 1, y: 1, style: note}]}\n', "brand-value@own:2:27"),
    "text-instead-of-a-mapping": ("styles: big\n", "brand-type@own:2:9"),
    "list-instead-of-a-mapping": ("colours: [red]\n", "brand-type@own:2:10"),
    "mapping-instead-of-a-list": ("foot: {labels: {text: x}}\n", "brand-type@own:2:16"),
    "mapping-instead-of-text": ("house: {name: x}\n", "brand-type@own:2:8"),
    "no-heading-style": ("heading: {styles: []}\n", "brand-value@own:2:19"),
    "page-too-small": ("page: {height: 100}\n", "brand-page@own:2:7"),
    "columns-overlap": ("columns: {side-x: 400}\n", "brand-page@own:2:10"),
    "no-lines": ("grid: {lines: 0}\n", "brand-page@own:2:7"),
    "spare-below-none": ("grid: {spare: -1}\n", "brand-type@own:2:15"),
    "spare-too-many": ("grid: {spare: 30}\n", "brand-page@own:2:7"),
    "chart-colours": ("chart: {fills: accent}\n", "brand-type@own:2:16"),
    "chart-colour": ("chart: {lines: [accent, sfot]}\n", "brand-colour@own:2:25"),
    "chart-height": ("chart: {height: 0}\n", "brand-value@own:2:17"),
    "chart-gap": ("chart: {bar-gap: -1}\n", "brand-value@own:2:18"),
    "chart-opacity": ("chart: {opacity: 16}\n", "brand-value@own:2:18"),
    "logo-path": ("logo: {shapes: [{path: M0 0 W9, colour: ink}]}\n", "brand-path@own:2:29"),
    "logo-shape": ("logo: {shapes: [{circle: [1, 2], colour: ink}]}\n", "brand-type@own:2:26"),
    "logo-empty": ("logo: {shapes: []}\n", "brand-type@own:2:16"),
    "logo-role": ("head: {marks: [{x: 0, y: 0, height: 9, colours: {inkk: soft}}]}\n", "brand-colour@own:2:50"),
    "two": ("hous: x\nbody: bodi\n", "brand-key@own:2:1 brand-style@own:3:7"),
    "not-yaml": ("house: [a\n", "yaml-syntax@own:2:8"),
    "tab": ("grid:\n\tlines: 3\n", "yaml-tab@own:3:1"),
    "twice": ("house: a\nhouse: b\n", "yaml-duplicate-key@own:3:1"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault(case: str, house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A fault is reported once, at its place in the brand file, with something that can be done about it."""
    text, expected = FAULTS[case]
    brand, report = house("extends: hengting\n" + text)
    assert brand is None
    assert places(report) == expected.split()
    assert any(item.help or item.notes or len(item.message) > 20 for item in report)


def test_help_suggests_the_near_miss(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """Slips of the hand get the word that was meant; a missing package gets the command that installs it."""
    text = (
        "extends: hengting\nhous: x\nbody: bodi\nfootnote: {rule-colour: sfot}\ncolumns: {text-width: 378}\n"
        "faces: {fresh: {package: no_such_fonts, file: A.otf}}\nfonts: {fresh: serf}\nopening: {title-x: text-lef}\n"
    )
    _, report = house(text)
    tips = " ".join(tip for item in report for tip in item.help)
    for word in ("`house`", "`body`", "`soft`", "`pip install no-such-fonts`", "`serif`", "`text-left`"):
        assert word in tips
    _, report = house("extends: hengting\ncolumns: {text-width: 380}\n")
    assert "make `text-width` 378 (36 em of 10.5)" in "".join(next(iter(report)).help)


def test_an_inherited_fault_points_into_the_base(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A fault in the base is shown in the base's file."""
    _, report = house("extends: middle\n", middle="extends: lanxu\n\nbody: bodi\n")
    assert places(report) == ["brand-style@middle:3:7"]


def test_a_page_without_a_side_column(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """Without a side column nothing may be placed in it: each such word is pointed at, in the base too."""
    _, report = house("extends: hengting\ncolumns: {side-width: 0}\nexhibit: {number-place: side}\n")
    found = places(report)
    assert "brand-value@own:3:25" in found
    assert {place.split(":")[0] for place in found} == {"brand-value@own", "brand-value@hengting"}
    assert all("`side-width`" in item.help[0] for item in report)


def test_unknown_brands(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """An unknown base is a fault at `extends`, an unknown brand one in the note; the nearest is suggested."""
    _, report = house("house: x\nextends: hengtin\n")
    assert places(report) == ["brand-unknown@own:2:10"]
    assert next(iter(report)).help == ("did you mean `hengting`?",)
    report = Report()
    span = Span(SourceFile("note.yaml", "brand: ../own"), 7, 13)
    assert load("../own", str(REPOSITORY), World(environ={}, cwd=str(REPOSITORY), cache_dir=""), report, span) is None
    assert places(report) == ["brand-unknown@note.yaml:1:8"]


def test_brands_in_a_circle(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """Brands that extend one another in a circle, or without end, are refused where the circle closes."""
    _, report = house("extends: other\n", other="extends: own\n")
    assert places(report) == ["brand-cycle@other:1:10"]
    assert "own → other → own" in next(iter(report)).message
    _, report = house("extends: b0\n", **{f"b{at}": f"extends: b{at + 1}\n" for at in range(12)})
    assert [item.code for item in report] == ["brand-cycle"]


def test_an_empty_brand(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A brand that extends nothing is told all the parts it lacks."""
    brand, report = house("house: 自屋\n")
    assert brand is None
    lacking = {item.message for item in report}
    parts = {f"the brand has no `{key}`" for key in ("page", "columns", "grid", "faces", "fonts")}
    assert parts | {"the brand has no style `body`"} == lacking
    assert {place.split(":")[0] for place in places(report)} == {"brand-missing@own"}


PLAIN = """house: 新屋基金
page: {width: 595.28, height: 841.89}
columns: {text-x: 92.64, text-width: 410}
grid: {top: 90, pitch: 18, lines: 36}
faces:
  serif: {package: pylopdf_fonts_zh_cn, file: NotoSerifSC-Regular.otf}
  sans: {package: pylopdf_fonts_zh_cn, file: NotoSansSC-Regular.otf}
fonts: {text: [serif, sans]}
styles: {body: {font: text, size: 10.25, lead: 18, colour: ink, indent-em: 2}}
logo: {width: 1, height: 1, shapes: [{rect: [0, 0, 1, 1], colour: accent}]}
"""


def test_a_brand_may_leave_out_all_that_is_no_name_page_or_face(root: Path, build: Build) -> None:
    """Charts, tables, front, furniture: whatever a brand does not speak of has good defaults, and nothing is said."""
    folder = root / "assets" / "brands" / "plain"
    folder.mkdir(parents=True)
    (folder / "brand.yaml").write_text(PLAIN, "utf-8")
    text = MINIMAL.replace(
        "市场概况: |\n  上证指数上涨 2.06%[@sse]。\n",
        """contents: true
points: {市场概况: 要点。}
figures: [{number: "+2.06", unit: "%", text: 当周涨幅, section: 市场概况}]
disclaimers: []
市场概况:
  - |
    上证指数上涨 2.06%[@sse]。脚注^[注。]。

    [>上证指数]: 旁注。
  - chart: bar
    caption: 图
    alt: 横条，两根
    source: sse
    x: 名
    series: [数]
    rows: [[甲, 1], [乙, -2]]
  - table: {caption: 表, source: sse, bars: 数, columns: [名, 数], rows: [[甲, 1.5], [乙, 2]]}
  - {quote: 引文。, by: 某人}
  - view: 观点。
""",
    )
    words = "".join([page.extract_text() for page in PdfReader(io.BytesIO(build(text, brand="plain").pdf)).pages])
    assert all(word in words for word in ("要点。", "旁注。", "注。", "某人", "观点。", "新屋基金"))


def test_the_chain_of_running_text_has_its_name(house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """The defaults set what they do not know better in `text`; a brand without it is told so in its own file."""
    _, report = house(
        PLAIN.replace("fonts: {text: [serif, sans]}", "fonts: {main: [serif, sans]}").replace("font: text", "font: main")
    )
    assert places(report) == ["brand-missing@own:8:8"]


@pytest.mark.parametrize("count", [7, 90])
def test_references_in_two_even_columns(root: Path, build: Build, count: int) -> None:
    """Where the brand asks for it: entries whole and in order, the columns even, more than a page goes on on the next."""
    folder = root / "assets" / "brands" / "two"
    folder.mkdir(parents=True)
    (folder / "brand.yaml").write_text("extends: hengting\nreference: {columns: 2, column-gap: 21}\n", "utf-8")
    known = "".join(f"  s{at}: {{publisher: 某机构, title: 第{at}份示例数据{'与说明' * (at % 5)}}}\n" for at in range(count))
    cited = "，".join(f"数据[@s{at}]" for at in range(count))
    text = re.sub("  sse: .*\n", known, MINIMAL).replace("上证指数上涨 2.06%[@sse]", cited)
    seen: list[int] = []
    for page in pymupdf.open(stream=build(text, brand="two").pdf):
        words = [span for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
        labels = [span for span in words if re.fullmatch(r"\[\d+\]\s*", span["text"]) and abs(span["size"] - 8.5) < 0.1]
        numbers = [int(span["text"].strip()[1:-1]) for span in labels]
        seen += numbers
        if len(labels) < 2:
            continue
        columns = [[span for span in labels if abs(span["origin"][0] - x) < 0.1] for x in (50.0, 249.5)]
        assert sum(map(len, columns)) == len(labels)
        assert columns[0][0]["origin"][1] == pytest.approx(columns[1][0]["origin"][1], abs=0.1)
        feet = [max(span["origin"][1] for span in column) for column in columns]
        assert abs(feet[0] - feet[1]) < 5 * 15
    assert seen == list(range(1, count + 1))


def test_a_house_fits_in_a_sheet() -> None:
    """What a house says takes some 150 lines, as many as its specification; the rest are defaults."""
    for name in BRANDS:
        lines = (REPOSITORY / "assets" / "brands" / name / "brand.yaml").read_text("utf-8").splitlines()
        assert len([line for line in lines if line.strip()]) <= 180
        assert max(map(len, lines)) <= 150


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"- a\n- b\n", b"house: \xff\xfe\n", b"text only\n", b"a: &x 1\nb: *x\n"])
def test_files_that_are_no_brand(data: bytes, house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """A file that is no mapping of text is a diagnostic."""
    brand, report = house(data)
    assert brand is None
    assert report.errors


def test_a_brand_that_cannot_be_opened(house: Callable[..., tuple[Brand | None, Report]], tmp_path: Path) -> None:
    """A brand file that cannot be opened is reported where the note names it."""
    (tmp_path / "assets" / "brands" / "own" / "brand.yaml").mkdir(parents=True)
    report = Report()
    span = Span(SourceFile("note.yaml", "brand: own\n"), 7, 10)
    assert load("own", str(tmp_path), World(environ={}, cwd=str(tmp_path), cache_dir=""), report, span) is None
    assert places(report) == ["brand-unreadable@note.yaml:1:8"]


@pytest.mark.parametrize("name", BRANDS)
def test_no_value_makes_the_loader_fail(name: str, house: Callable[..., tuple[Brand | None, Report]]) -> None:
    """Whatever stands in the place of a value or is left out, the answer is a brand or a diagnostic, never an exception."""
    whole = yaml.safe_load((REPOSITORY / "assets" / "brands" / name / "brand.yaml").read_text("utf-8"))
    chance = random.Random(52)
    junk = ["", "nan", "-1", "0", "99999", "x y", [], {}, ["a", ["b"]], {"a": {"b": "c"}}, [{}], [None], "{house", "text-left+"]
    for _ in range(150):
        node = whole
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = chance.choice(keys)
            if not isinstance(node[key], dict | list) or not node[key] or chance.random() < 0.25:
                break
            node = node[key]
        kept = node[key]
        node[key] = chance.choice(junk)
        brand, report = house(yaml.safe_dump(whole, allow_unicode=True))
        assert (brand is None) == (report.errors > 0)
        node[key] = kept


@pytest.mark.parametrize("name", [*BRANDS, *[f"{name}/phone" for name in BRANDS]])
def test_a_kept_brand_is_the_brand(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a second process takes from the cache equals what the first read; a font that is gone makes it read anew."""
    from compiler import brand as module

    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=str(tmp_path))
    made = []
    for _ in range(2):
        monkeypatch.setattr(module, "_loaded", {})
        monkeypatch.setattr(module, "_states", {})
        made.append(load(name, str(REPOSITORY), world, Report()))
        monkeypatch.setattr("compiler.branding.load", None)  # not asked again
    assert made[0] is not None
    assert made[0] == made[1]
    assert made[0] is not made[1]
    data = world.cached(module.CACHE, module._cache_entry(name, str(REPOSITORY)))
    monkeypatch.setattr(World, "is_file", lambda _self, path: not path.endswith((".otf", ".ttf", ".ttc")))
    assert module._revived(data, name, str(REPOSITORY), world) is None
