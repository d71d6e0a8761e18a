"""Plain sentences on the tables of the corpus: what any reviewer would try, right and wrong, made by rule from the cells.

`python tests/plain.py [FILE...]` prints, for each kind of sentence, how many wrong ones are caught and how many right ones told
of.  The names, units and truths are read here from the rows themselves, not by what the checks make of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import yaml

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from compiler.world import World
from corpus import FILES, Sentence, note_of, told

HAN = "零一二三四五六七八九十"
WEEKLY = re.compile(r"(?:本周|当周|周)(?:涨跌幅?|涨幅|收益率?|表现)")
YEARLY = re.compile(r"(?:今年以来|年初至今|年初以来|年内)(?:涨跌幅?|涨幅|收益率?)?")
MOVES = re.compile(r"涨|跌|收益|回报|同比|环比|变动|增速|以来|至今|变化|增减|净|利差|差|率差")
TIMED = re.compile(r"\d|本周|上周|本月|上月|去年|上年|年初|期末|最新|前值|预期|累计|目标|上期|本期|排名|代码|成立")
UNIT = re.compile(r"[（(]([^（）()]*)[）)]$")
AMOUNTS = ("亿元", "万元", "万辆", "万吨", "亿件", "万件", "亿美元", "亿港元", "万平方米")
NO_THING = re.compile(r"合计|总计|平均|其他|其余|全部|[（(]|国债")  # sums; bonds, whose yields rise where they fall
MONTH = re.compile(r"(\d{4})[-年](\d{1,2})月?$")


class Column(NamedTuple):
    """A column of numbers: what it is called, its unit, and the cell of each row."""

    noun: str
    unit: str
    cells: tuple[tuple[str, Decimal], ...]


class Plain(NamedTuple):
    """A sentence of a kind, with the words that make it right ("" for none) and wrong."""

    kind: str
    right: str
    wrong: str


def columns(table: dict[str, Any]) -> list[Column]:
    """The columns a plain sentence can be made of: full of numbers, and called by a word, not by a time."""
    head, *rows = [[str(cell) for cell in row] for row in table["rows"]]
    key = head.index(table["key"]) if table.get("key") in head else 0
    said = table.get("columns") or {}
    out = []
    for at, title in enumerate(head):
        bracket = UNIT.search(title)
        asked = said.get(title) or {}
        unit = asked.get("unit") or ("%" if asked.get("kind") == "percent" else bracket.group(1) if bracket else "")
        noun = UNIT.sub("", title)
        try:
            numbers = tuple([(row[key], Decimal(row[at].replace(",", "").rstrip("%"))) for row in rows])
        except (InvalidOperation, IndexError):
            continue
        if noun.isascii():  # nobody says `nav` in a Chinese note
            continue
        if at != key and len(noun) > 1 and "/" not in unit and unit not in ("bp", "个百分点", "") and len(numbers) > 2:
            out.append(Column(noun, unit, numbers))
    return out


def of_rows(table: dict[str, Any], column: Column) -> Iterator[Plain]:
    """Sentences on a column of a table whose rows are things."""
    noun, unit, cells = column
    head = UNIT.sub("", str(table.get("key") or table["rows"][0][0]))
    names = [name for name, _ in cells]
    if len(set(names)) < len(names) or any([NO_THING.search(name) for name in names]):
        return
    values = [value for _, value in cells]
    top, low = max(cells, key=_value), min(cells, key=_value)
    if values.count(top[1]) > 1 or values.count(low[1]) > 1:
        return
    week, year = WEEKLY.fullmatch(noun), YEARLY.fullmatch(noun)
    if (week or year) and unit == "%":
        yield from _moves("本周" if week else "年内", head, cells, top, low)
    elif not MOVES.search(noun) and not TIMED.search(noun) and low[1] > 0:
        name, value = cells[len(cells) // 2]
        yield from _sizes(name, noun, unit, value)
        yield Plain("top", f"{top[0]}{noun}最高。", f"{low[0]}{noun}最高。")
        yield Plain("order", f"{top[0]}{noun}高于{low[0]}。", f"{low[0]}{noun}高于{top[0]}。")
        if unit in AMOUNTS and len(cells) < len(HAN):
            total = sum(values, Decimal(0))
            more = (total * Decimal("1.1")).quantize(Decimal("0.1"))
            say = f"{HAN[len(cells)]}个{head}{noun}合计{{}}{unit}。"
            yield Plain("sum", say.format(f"{total:f}"), say.format(f"{more:f}"))


def _value(cell: tuple[str, Decimal]) -> Decimal:
    return cell[1]


def _sizes(name: str, noun: str, unit: str, value: Decimal) -> Iterator[Plain]:
    """What is said of one size: itself, rounded, over and under a bound, in another unit."""
    shown = f"{value:f}"
    digits = [at for at, char in enumerate(shown) if char.isdigit()]
    if len(digits) < 3:
        return
    at = digits[1]
    slip = shown[:at] + str((int(shown[at]) + 4) % 10) + shown[at + 1 :]
    yield Plain("value", f"{name}{noun}为{shown}{unit}。", f"{name}{noun}为{slip}{unit}。")
    step = Decimal(1).scaleb(value.adjusted() - 1)
    high, low = (value * Decimal("1.07")).quantize(step), (value * Decimal("0.93")).quantize(step)
    if low < value < high:
        yield Plain("over", f"{name}{noun}超过{low:f}{unit}。", f"{name}{noun}超过{high:f}{unit}。")
        yield Plain("under", f"{name}{noun}不足{high:f}{unit}。", f"{name}{noun}不足{low:f}{unit}。")
    if unit.startswith("亿"):
        yield Plain("unit", f"{name}{noun}{shown}{unit}。", f"{name}{noun}{shown}万{unit[1:]}。")
    places = len(shown.partition(".")[2])
    if places > 1:
        last = Decimal(1).scaleb(1 - places)
        right, cut = value.quantize(last, ROUND_HALF_UP), value.quantize(last, ROUND_FLOOR)
        wrong = cut if cut != right else cut + last
        if right != value:
            yield Plain("rounding", f"{name}{noun}为{right:f}{unit}。", f"{name}{noun}为{wrong:f}{unit}。")


def _moves(
    span: str, head: str, cells: tuple[tuple[str, Decimal], ...], top: tuple[str, Decimal], low: tuple[str, Decimal]
) -> Iterator[Plain]:
    """What is said of what rows moved by over a week or a year."""
    for name, value in (top, low):
        up, down = ("上涨", "下跌") if value > 0 else ("下跌", "上涨")
        if value:
            yield Plain("direction", f"{name}{span}{up}。", f"{name}{span}{down}。")
            yield Plain("moved", f"{name}{span}{up}{abs(value):f}%。", f"{name}{span}{down}{abs(value):f}%。")
    rose, fell = len([1 for _, value in cells if value > 0]), len([1 for _, value in cells if value < 0])
    yield Plain("beat", f"{top[0]}{span}跑赢{low[0]}。", f"{low[0]}{span}跑赢{top[0]}。")
    if top[1] > 0:
        yield Plain("lead", f"{top[0]}{span}涨幅居首。", f"{low[0]}{span}涨幅居首。")
    if rose and fell and rose + fell == len(cells) < len(HAN):
        many = HAN[len(cells)]
        yield Plain("all", "", f"{many}个{head}{span}全部上涨。")
        if rose != fell:
            say = f"{many}个{head}{span}{{}}涨{{}}跌。"
            yield Plain("count", say.format(HAN[rose], HAN[fell]), say.format(HAN[fell], HAN[rose]))


def of_times(column: Column) -> Iterator[Plain]:
    """Sentences on a column of a table by month."""
    noun, unit, cells = column
    whens = [(int(found.group(1)), int(found.group(2))) for name, _ in cells if (found := MONTH.fullmatch(name))]
    if len(whens) < len(cells) or whens != sorted(whens) or TIMED.search(noun) or MOVES.search(noun):
        return
    (_, old), (_, new) = cells[-2:]
    year, month = whens[-1]
    name = f"{year}年{month}月"
    yield from _sizes(name, noun, unit, new)
    if old != new:
        up, down = ("上升", "下降") if new > old else ("下降", "上升")
        yield Plain("step", f"{name}{noun}较上月{up}。", f"{name}{noun}较上月{down}。")
    values = [value for _, value in cells]
    if values.count(max(values)) == values.count(min(values)) == 1:
        best, worst = (whens[values.index(pick(values))] for pick in (max, min))
        say = f"{noun}最高的是{{}}年{{}}月。"
        yield Plain("peak", say.format(*best), say.format(*worst))


def plain(files: tuple[Path, ...] = FILES) -> Iterator[tuple[str, Sentence]]:
    """All of them, each with its kind."""
    for file in files:
        for group in yaml.safe_load(file.read_text("utf-8")):
            for table in group["data"].values():
                if not isinstance(table, dict) or "rows" not in table:
                    continue
                by_time = re.match(r"\d{4}", str(table["rows"][1][0])) is not None
                for column in columns(table):
                    for one in of_times(column) if by_time else of_rows(table, column):
                        for code, say in (("", one.right), ("claim", one.wrong)):
                            if say:
                                yield one.kind, Sentence(group["id"], say, code, note_of(group, say))


def main(names: list[str]) -> int:
    """The table of figures."""
    world = World(environ={}, cwd=str(Path(__file__).parent.parent), cache_dir="")
    counts: dict[str, list[int]] = {}
    for kind, sentence in plain(tuple(Path(name) for name in names) or FILES):
        row = counts.setdefault(kind, [0, 0, 0, 0])
        found = bool(told(sentence, world))
        row[0 if sentence.code else 2] += 1
        row[1 if sentence.code else 3] += found
        if found != bool(sentence.code):
            print(f"  {'missed' if sentence.code else 'told of a right one'} ({kind}, {sentence.group}): {sentence.say}")
    print(f"{'kind':12}{'wrong':>7}{'caught':>8}{'right':>8}{'told of':>9}")
    for kind, row in sorted(counts.items()):
        print(f"{kind:12}{row[0]:7}{row[1]:8}{row[2]:8}{row[3]:9}")
    wrong, caught, right, flagged = (sum([row[at] for row in counts.values()]) for at in range(4))
    print(f"{'all':12}{wrong:7}{caught:8}{right:8}{flagged:9}   {caught / max(wrong, 1):.1%}")
    return int(caught < 0.95 * wrong or flagged > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
