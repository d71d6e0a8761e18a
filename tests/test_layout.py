"""Where things stand on the page: what an editor would send back is looked for in the lines as drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from compiler.diagnostics import Report, render_short
from compiler.layout.frames import LAYOUT, Pages, PathItem, RectItem
from compiler.layout.score import blocks_of
from compiler.pipeline import Stages, lay_out, read_note
from compiler.world import World
from conftest import BRANDS, MINIMAL, Build

MARKET = "市场概况: |\n  上证指数上涨 2.06%[@sse]。\n"


Lay = Callable[[str, str], Pages]


@pytest.fixture
def lay(root: Path, cache: str) -> Lay:
    """Lays out a note's text in a brand; fails on any diagnostic."""

    def run(text: str, brand: str) -> Pages:
        path = root / "notes" / "note.yaml"
        path.write_text(text, encoding="utf-8")
        world, report = World(environ={}, cwd=str(root), cache_dir=cache), Report()
        note = read_note(str(path), world, report, Stages(), brand=brand)
        laid = lay_out(note, str(path), world, report, Stages()) if note is not None else None
        assert not len(report), "\n".join(render_short(item) for item in report)
        assert laid is not None
        return laid.pages

    return run


def drawn(pdf: bytes) -> list[str]:
    """The lines of the first page as drawn, block by block."""
    blocks = pymupdf.open(stream=pdf)[0].get_text("dict")["blocks"]
    return ["".join(span["text"] for span in line["spans"]).strip() for block in blocks for line in block.get("lines", ())]


@pytest.mark.parametrize("brand", BRANDS)
def test_short_cells_stay_on_one_line(build: Build, brand: str) -> None:
    """A column of short names keeps them whole beside a column of sentences."""
    names = ("软件与信息服务", "半导体设备", "光伏", "医疗器械与服")
    sentence = "本周成交较上周放大，资金集中在龙头公司，板块内部分化加剧，后续看订单能否兑现"
    rows = "".join(f"        - [{name}, {sentence}]\n" for name in names)
    table = f"  - table:\n      caption: 行业\n      source: sse\n      columns: [行业, 看法]\n      rows:\n{rows}"
    whole = drawn(build(MINIMAL.replace(MARKET, f"市场概况:\n  - 上证指数上涨 2.06%[@sse]。\n{table}"), brand=brand).pdf)
    for name in names:
        assert any(name in line for line in whole), whole


@pytest.mark.parametrize("brand", BRANDS)
def test_no_credit_ends_in_a_lone_character(build: Build, brand: str) -> None:
    """A credit of any length, under an exhibit or beside it, does not end in a line of one character (M7)."""
    figure = "  - figure: {image: pixel.png, caption: 图, source: sse, alt: 灰色方块}\n"
    text = MINIMAL.replace(MARKET, f"市场概况:\n  - 上证指数上涨 2.06%[@sse]。\n{figure}")
    name = "衡汀基金研究所宏观与产业数据中心编制整理并复核的月度高频指标库" * 3
    turned = 0
    for length in range(6, 66):
        lines = drawn(build(text.replace("上海证券交易所", name[:length] + "终"), brand=brand).pdf)
        last = next(line for line in lines if "终" in line)
        turned += name[:4] not in last
        assert last[: last.index("终")].strip("：来源 "), (length, last)
    assert turned, "no credit of these lengths has two lines"


@pytest.mark.parametrize(
    ("period", "words"),
    [("2023-12-25/2023-12-29", "2023.12.25—12.29"), ("2023-12-25/2024-01-05", "2023.12.25—2024.1.5")],
)
def test_the_period_names_its_year(build: Build, period: str, words: str) -> None:
    """The opening page of a house that asks for the full period says which year it is."""
    text = MINIMAL.replace("brand:", f"period: {period}\nbrand:")
    assert words in "".join(drawn(build(text, brand="lanxu").pdf))


@pytest.mark.parametrize("brand", BRANDS)
def test_references_fill_their_lines(build: Build, brand: str) -> None:
    """The first of a reference's two lines is as full as the next word allows: no balancing as in a heading."""
    name = "关于进一步完善私募投资基金登记备案与信息报送有关事项的通知及其起草说明公开征求意见稿反馈"
    text = MINIMAL.replace("上海证券交易所", name).replace("上证指数上涨", "上证指数及其他主要宽基指数上涨" * 9)
    page = pymupdf.open(stream=build(text, brand=brand).pdf)[0]
    spans = [s for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()) for s in line["spans"]]
    edge = max(span["bbox"][2] for span in spans if "宽基" in span["text"])
    reference = next(span for span in spans if "私募" in span["text"])
    assert edge - reference["bbox"][2] < 2 * reference["size"]


@pytest.mark.parametrize("count", [9, 10, 11, 43])
def test_no_reference_stands_by_itself(build: Build, count: int) -> None:
    """Where the list is divided, at least two entries stand on either side."""
    ids = "".join(f"  s{n}: {{publisher: 出版者{n}, title: 资料题名{n}}}\n" for n in range(1, 9))
    cites = "; ".join(f"@s{n}" for n in range(1, 9))
    text = MINIMAL.replace("市场概况:", f"{ids}市场概况:", 1).replace("[@sse]", f"[{cites}; @sse]")
    text = text.replace("文件公开征求意见。", "\n\n  ".join(["文件公开征求意见。"] * count))
    pages = [page.get_text() for page in pymupdf.open(stream=build(text).pdf)]
    counts = [sum(f"资料题名{n}[" in page or f"资料题名{n}\n" in page for n in range(1, 9)) for page in pages]
    last = ["指数行情" in page for page in pages]
    shares = [found + ends for found, ends in zip(counts, last) if found + ends]
    assert sum(shares) == 9
    assert min(shares) >= 2


def test_an_address_may_be_a_last_line(build: Build) -> None:
    """The date stays on a reference's first line when only the address has no room there."""
    text = MINIMAL.replace("https://www.sse.com.cn/", "https://www.sse.com.cn/market/stockdata/overview/weekly/")
    text = text.replace("上海证券交易所", "上海证券交易所市场数据与信息发布部").replace("url:", "date: 2023-12-29, url:")
    lines = drawn(build(text).pdf)
    assert any("(2023-12-29)" in line and "信息发布部" in line for line in lines)
    assert any(line.startswith("https://") for line in lines)


def under(laid: Pages, kind: type[PathItem] | type[RectItem]) -> list[PathItem | RectItem]:
    """The small marks drawn under text."""
    found = [item for item in laid.pages[0].items if isinstance(item, kind) and item.owner is LAYOUT]
    return [
        item for item in found if (item.height < 1 if isinstance(item, RectItem) else item.stroke == "" and len(item.steps) == 6)
    ]


@pytest.mark.parametrize("brand", BRANDS)
def test_emphasis_and_proper_names(lay: Lay, brand: str) -> None:
    """Dots stand under Han only, centred; each name has a line of its own, with a gap between two; leading stays (M1)."""
    plain = lay(MINIMAL.replace("文件公开征求意见。", "文件公开征求意见，张三李四。"), brand)
    marked = lay(MINIMAL.replace("文件公开征求意见。", "文件*公开，AI 征求*意见，<u>张三</u><u>李四</u>。"), brand)
    dots = len(under(marked, PathItem)) - len(under(plain, PathItem))
    assert dots == (4 if brand == "hengting" else 0)
    known = {(item.x, item.width) for item in under(plain, RectItem) if isinstance(item, RectItem)}
    names = [item for item in under(marked, RectItem) if isinstance(item, RectItem) and (item.x, item.width) not in known]
    assert len(names) == 2
    assert names[0].x + names[0].width < names[1].x - 0.5
    assert names[0].y == names[1].y


def test_a_name_in_two_faces_has_one_line(lay: Lay) -> None:
    """Latin and Han of one name, and a rare character from another face, stand over one line."""
    marked = lay(MINIMAL.replace("文件公开征求意见。", "<u>OpenAI 㐂𠮷公司</u>。"), "hengting")
    wide = [item for item in under(marked, RectItem) if isinstance(item, RectItem) and 40 < item.width < 120]
    assert len(wide) == 1


@pytest.mark.parametrize(
    ("text", "code"), [("甲<u>乙", "markdown-html"), ("甲</u>乙", "markdown-html"), ("**甲<u>乙**丙</u>", "markdown-html")]
)
def test_names_left_open_are_reported(build: Build, text: str, code: str) -> None:
    """A name that is not closed where it stands is printed as it is, with a warning."""
    made = build(MINIMAL.replace("文件公开征求意见。", text), expect=(code,))
    assert "<u>" in "".join(drawn(made.pdf)) or "</u>" in "".join(drawn(made.pdf))


def test_a_brand_may_hang_its_stops(root: Path, lay: Lay) -> None:
    """`hanging: true` lets a stop stand in the margin where it would not fit."""
    folder = root / "assets" / "brands" / "own"
    folder.mkdir(parents=True)
    text = MINIMAL.replace("文件公开征求意见。", "国" * 34 + "，" + ("国" * 36 + "，") * 6 + "国国国。")
    (folder / "brand.yaml").write_text("extends: hengting\n", encoding="utf-8")
    edges = {}
    for hanging in ("false", "true"):
        (folder / "brand.yaml").write_text(f"extends: hengting\nhanging: {hanging}\n", encoding="utf-8")
        blocks = [block for block in blocks_of(lay(text, "own")) if block.element.frame and len(block.lines) > 5]
        right = blocks[0].element.frame[1] if blocks[0].element.frame else 0.0
        edges[hanging] = sum(line.glyphs[-1][1] > right - 0.1 for line in blocks[0].lines)
    assert edges["false"] == 0 < edges["true"]
