"""How far the checks of claims reach: what a note is told of its own sentences."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from compiler.claims.reach import Said, as_text
from compiler.cli import main
from compiler.diagnostics import Report
from compiler.pipeline import check_note
from compiler.world import World
from corpus import sentences

FIRST = sentences()[0]
SAID = (
    "上证指数上涨 2.06%，创业板指涨幅居首，深证成指的魔力走高。专家预计沪指上涨 8%。影片票房增长 30%。"
    "上证指数收涨 {{ indices.上证指数.当周涨跌 | pct }}。"
)


@pytest.fixture
def world() -> World:
    return World(environ={}, cwd=str(Path(__file__).parent.parent), cache_dir="")


def said_of(world: World, say: str) -> list[Said]:
    claimed: list[Said] = []
    note = FIRST.note.replace(FIRST.say, say)
    check_note("notes/claims.yaml", world, Report(), data=note.encode(), claimed=claimed)
    return claimed


def test_what_is_held_and_what_is_not(world: World) -> None:
    """By the code its contrary would be told of, or bound; else why not: words nobody knows, what is expected, other things."""
    found = [(one.text, one.behind) for one in said_of(world, SAID)]
    assert found == [
        ("上涨", "claim-direction"),
        ("2.06%", "claim-value"),
        ("涨幅居首", "claim-extreme"),
        ("走高", "not understood: 魔力"),
        ("上涨", "said of what is expected, or denied"),
        ("8%", "said of what is expected, or denied"),
        ("增长", "not understood: 影片票房"),
        ("30%", "not understood: 影片票房"),
        ("收涨", "claim-direction"),
        ("2.0649%", "bound"),
    ]


def test_what_is_wrong_is_said_to_be(world: World) -> None:
    """Not that no check reaches it: it is told of, by the code the error has."""
    found = said_of(world, "上证指数上涨 2.46%，创业板指涨幅垫底。")
    assert [(one.text, one.state, one.behind) for one in found] == [
        ("上涨", "open", "beside what is wrong"),
        ("2.46%", "wrong", "claim-value"),
        ("涨幅垫底", "wrong", "claim-extreme"),
    ]
    assert as_text(found).startswith("3 claims: 0 held, 2 wrong, 1 open, 0 of nothing")


def test_what_is_waived_is_said_to_be(world: World) -> None:
    """By whom, and why, as in the ledger of numbers."""
    claimed: list[Said] = []
    waiver = "claims: {waive: [{text: 2.46%, reason: 含息口径, name: 沈知远}]}\n"
    note = waiver + FIRST.note.replace(FIRST.say, "上证指数上涨 2.46%，创业板指涨幅垫底。")
    check_note("notes/claims.yaml", world, Report(), data=note.encode(), claimed=claimed)
    assert [(one.text, one.state, one.behind) for one in claimed if one.state != "open"] == [
        ("2.46%", "waived", "沈知远: 含息口径"),
        ("涨幅垫底", "wrong", "claim-extreme"),
    ]


def test_what_is_told_of_is_always_listed(world: World) -> None:
    """Whatever words it is said with: 为正, and a first place after a clause."""
    found = said_of(world, "沪指年内涨跌幅为正。深证成指周涨 3.29%，为四大指数之首。")
    told = [(one.text, one.behind) for one in found if one.state == "wrong"]
    assert ("为正", "claim-direction") in told
    assert ("四大指数之首", "claim-extreme") in told


def test_what_is_of_other_things(world: World) -> None:
    """Where no sentence before it speaks of the data, either."""
    found = [(one.text, one.behind) for one in said_of(world, "影片票房增长 30%。")]
    assert found == [("增长", "names nothing of the data"), ("30%", "names nothing of the data")]


def test_what_is_held_is_told_of_when_it_is_wrong(world: World) -> None:
    """Held is no more than a promise until another number in its place is told of."""
    say = "沪指当周上涨 2.06%，成交 16134.5 亿元。"
    assert [one.state for one in said_of(world, say) if one.text == "2.06%"] == ["held"]
    report = Report()
    note = FIRST.note.replace(FIRST.say, say.replace("2.06", "2.46"))
    check_note("notes/claims.yaml", world, report, data=note.encode())
    assert [item.code for item in report if item.code.startswith("claim")][:1] == ["claim-value"]


def test_the_command_lists_them(world: World) -> None:
    """In words and as data; with `check` only."""
    out, err = io.StringIO(), io.StringIO()
    assert main(["check", "--claims", "notes/2023w52.yaml"], world, out, err) == 0
    head, *lines = out.getvalue().splitlines()
    assert head.startswith("notes/2023w52.yaml: ")
    assert any(line.split()[1:] == ["普涨", "held", "claim-all"] for line in lines)
    out = io.StringIO()
    assert main(["check", "--claims", "--format", "json", "notes/2023w52.yaml"], world, out, err) == 0
    listed = json.loads(out.getvalue())["notes"][0]["claims"]
    assert f"{len(listed)} claims: {sum(one['state'] == 'held' for one in listed)} held" in head
    assert main(["--claims", "notes/2023w52.yaml"], world, out, err) == 2
    assert "--claims goes with check" in err.getvalue()


def test_a_note_without_claims(world: World) -> None:
    """Said in as many words."""
    assert said_of(world, "从略。") == []
    assert as_text([]) == "no claims\n"
