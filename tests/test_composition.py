"""The composition rules, case by case: rule, text, measure, and what must come out.

The cases are in tests/cases/composition; their first words name the clause of the rule they prove.  Han are 1 em wide, all else
½, so that the right answers can be counted on fingers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.text import compose
from compiler.text.characters import CLOSE, LEVELS, OPEN, STOP, base_class

CASES = Path(__file__).parent / "cases" / "composition"
LEVEL = LEVELS["basic"]
CARRIER = "本周成交额为，较上周放大，其中的部分集中在龙头公司。"


def cases(name: str) -> list[Any]:
    """The rows of one case file."""
    found: list[Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    return [pytest.param(*row, id=f"{row[0]}"[:40]) for row in found]


@pytest.mark.parametrize("row", yaml.safe_load((CASES / "lines.yaml").read_text("utf-8")), ids=lambda row: row[0][:40])
def test_lines(row: list[Any]) -> None:
    """The text breaks just there."""
    rule, width, text, expected, *options = row
    found = [line.text for line in compose(text, width, **(options[0] if options else {}))]
    assert "|".join(found) == str(expected), rule


@pytest.mark.parametrize(("rule", "text", "first", "second", "span"), cases("spans"))
def test_spans(rule: str, text: str, first: int, second: int, span: float) -> None:
    """The distance of two characters, in em."""
    line = compose(str(text), 40)[0]
    assert line.x[second] - line.x[first] == pytest.approx(span, abs=0.01), rule


@pytest.mark.parametrize(("rule", "token"), cases("whole"))
def test_whole(rule: str, token: str) -> None:
    """The token stands on one line, wherever it falls."""
    widest = int(compose(token, 100)[0].x[-1] + 3)
    for width in range(max(widest, 6), 24):
        for shift in range(9):
            text = CARRIER[:shift] + CARRIER[:6] + token + CARRIER[6:] * 2
            assert any(token in line.text for line in compose(text, width)), (rule, width, shift)


MIXED = st.lists(
    st.sampled_from(
        ["国", "指数", "上涨", "，", "。", "《", "》", "（", "）", "“", "”", "——", "……", "2.06%，", "GPT-4，", " 20 GB ", " ",
         "AI", "the fund", "、", "：", "10～20", "比尔·盖茨", "①", "㐂", "𠮷", "é", " https://a.example/b?c=1 ", "\n"]
    ),
    min_size=1, max_size=60,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(MIXED, st.integers(min_value=16, max_value=40))
def test_any_text(parts: list[str], width: int) -> None:
    """Nothing is lost or forbidden, what can be flush is flush, nothing is overfull, and the result is always the same."""
    text = "".join(parts)
    lines = compose(text, width)
    assert compose(text, width) == lines
    joined = "".join(line.text for line in lines)
    assert "".join(joined.split()) == "".join(text.split())
    for number, line in enumerate(lines):
        if not line.text:
            continue
        letter = base_class(ord(line.text[-1]))
        blank = 0.5 if letter in (STOP, CLOSE) and line.adv[-1] > 0.75 else 0.0
        end = line.x[-1] + line.adv[-1]
        assert end - blank <= width + 0.02
        if number < len(lines) - 1:
            assert not (letter == OPEN and line.adv[-1] > 0.75)
            assert end - blank == pytest.approx(width, abs=0.02) or end == pytest.approx(width, abs=0.02) or len(line.text) < 12
        if number:
            first = base_class(ord(line.text[0]))
            assert first not in (STOP, CLOSE) or line.adv[0] < 0.75 or line.text[0] in "’”"
