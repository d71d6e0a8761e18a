"""The corpus of claims: sentences, the data they are held against, and what a check makes of them.

`python tests/corpus.py [FILE...]` prints the table of figures; the files are those of tests/cases unless others are named.
`python tests/corpus.py --forms [FILE...]` prints the same of the forms: wordings with the names and numbers that make them
right or wrong, tests/cases/claims-forms-*.yaml.
`python tests/corpus.py --beside COUNT [SEED] [FILE...]` holds COUNT right sentences beside one or two others of their group, as
one paragraph, and prints those told of.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from compiler.diagnostics import Report
from compiler.pipeline import check_note
from compiler.world import World

CASES = Path(__file__).parent / "cases"
NAMES = ("", "-unseen", "-others", "-shares", "-strangers", "-neighbours", "-strangers-2", "-neighbours-2")
NAMES += ("-strangers-3", "-neighbours-3", "-strangers-4", "-strangers-5", "-neighbours-4")
NAMES += ("-strangers-6", "-strangers-7", "-strangers-8")
NAMES += ("-strangers-9", "-strangers-10", "-strangers-11", "-strangers-12", "-strangers-13")
NAMES += (
    "-strangers-14",
    "-strangers-15",
    "-strangers-16",
    "-strangers-17",
    "-strangers-18",
    "-strangers-19",
    "-strangers-20",
    "-strangers-21",
    "-strangers-22",
    "-strangers-23",
    "-strangers-24",
    "-strangers-25",
)
FILES = tuple([CASES / f"claims{name}.yaml" for name in NAMES])
FORMS = tuple(sorted(CASES.glob("claims-forms-*.yaml")))
HEAD = """\
title: 每周评论
published: {published}
period: {period}
brand: hengting
data:
{data}
市场概况: |
  {say}
热点聚焦: 从略。
每周关注: 从略。
每周一图: 从略。
"""


class Sentence(NamedTuple):
    """What is said; `code`: what is to be told of it, "" where it is right; `missed`: we know that it is not caught."""

    group: str
    say: str
    code: str
    note: str
    missed: bool = False


def sentences(files: tuple[Path, ...] = FILES) -> list[Sentence]:
    """All sentences, each with a note around it."""
    out = []
    for file in files:
        for group in yaml.safe_load(file.read_text("utf-8")):
            said = [("", one, False) for one in group["right"]]
            for key in ("wrong", "missed"):
                said += [(code, one, key == "missed") for code, some in group.get(key, {}).items() for one in some]
            for code, say, missed in said:
                out.append(Sentence(group["id"], say, code, note_of(group, say), missed))
    return out


def forms(files: tuple[Path, ...] = FORMS) -> list[list[Sentence]]:
    """For each wording its sentences: `say` with `right` and `wrong` put in, each a word for `{}` or a list for `{0}`, `{1}`."""
    out = []
    for file in files:
        for group in yaml.safe_load(file.read_text("utf-8")):
            for form in group["forms"]:
                fills = [("", one) for one in form.get("right", [])] + [(form["code"], one) for one in form.get("wrong", [])]
                for say in form["say"]:
                    said = [(code, say.format(*([one] if isinstance(one, str) else one))) for code, one in fills]
                    out.append([Sentence(group["id"], one, code, note_of(group, one)) for code, one in said])
    return out


def beside(count: int, seed: int, files: tuple[Path, ...] = FILES) -> Iterator[Sentence]:
    """Right sentences, two or three of one group at random as one paragraph: no less right in company."""
    chance = random.Random(seed)
    groups = [group for file in files for group in yaml.safe_load(file.read_text("utf-8"))]
    for _ in range(count):
        group = chance.choice(groups)
        some = chance.sample(group["right"], min(len(group["right"]), chance.choice((2, 2, 3))))
        say = chance.choice(("。", "；")).join([one.rstrip("。") for one in some]) + "。"
        yield Sentence(group["id"], say, "", note_of(group, say))


def note_of(group: dict[str, Any], say: str) -> str:
    """A note that says this, with the data of a group."""
    shown = yaml.safe_dump(group["data"], allow_unicode=True, width=10_000)
    data = "".join(f"  {line}\n" for line in shown.splitlines())
    return HEAD.format(published=group["published"], period=group["period"], data=data, say=say)


def told(sentence: Sentence, world: World) -> list[tuple[str, str, str]]:
    """(code, words under the caret, message) of each claim that does not hold."""
    report = Report()
    check_note("notes/claims.yaml", world, report, data=sentence.note.encode())
    assert not [item for item in report if item.severity == "error" and not item.code.startswith("claim")], list(report)
    found = [(item.code, item.span, item.message) for item in report if item.code.startswith("claim")]
    return [(code, span.file.text[span.start : span.end] if span is not None else "", message) for code, span, message in found]


def main(names: list[str]) -> int:
    """The table: for each kind, how many are caught, and under its own code."""
    world = World(environ={}, cwd=str(Path(__file__).parent.parent), cache_dir="")
    if set(names) & {"-h", "--help"}:
        print(__doc__)
        return 0
    if names[:1] == ["--beside"]:
        numbers = [int(name) for name in names[1:] if name.isdigit()]
        files = tuple(Path(name) for name in names[1:] if not name.isdigit()) or FILES
        company = [(one, told(one, world)) for one in beside(numbers[0], (numbers[1:] or [1])[0], files)]
        for one, found in company:
            if found:
                print(f"  told of right ones: {one.say}\n    {found[0][0]}: {found[0][2]}")
        print(f"{len(company)} paragraphs of right sentences, {len([1 for _, found in company if found])} told of")
        return int(any(found for _, found in company))
    if names[:1] == ["--forms"]:
        return _table([one for some in forms(tuple(Path(name) for name in names[1:]) or FORMS) for one in some], world)
    return _table(sentences(tuple(Path(name) for name in names) or FILES), world)


def _table(corpus: list[Sentence], world: World) -> int:
    total: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for sentence in corpus:
        found = told(sentence, world)
        total[sentence.code] += 1
        caught[sentence.code] += bool(found)
        named[sentence.code] += sentence.code in [code for code, _, _ in found]
        if not sentence.code and found:
            print(f"  told of a right one: {sentence.say}\n    {found[0][0]}: {found[0][2]}")
        elif sentence.code and not found:
            print(f"  missed ({sentence.code}): {sentence.say}")
    right, flagged = total.pop("", 0), caught.pop("", 0)
    print(f"{'kind':18}{'wrong':>7}{'caught':>8}{'by name':>9}")
    for code in sorted(total):
        print(f"{code:18}{total[code]:7}{caught[code]:8}{named[code]:9}")
    wrong, all_caught = sum(total.values()), sum(caught.values())
    print(f"{'all':18}{wrong:7}{all_caught:8}{sum(named[code] for code in total):9}   {all_caught / max(wrong, 1):.1%}")
    print(f"{right} right sentences, {flagged} told of")
    return int(all_caught < 0.95 * wrong or flagged > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
