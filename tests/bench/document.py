"""The same document for both: a note at n times its length, and the Typst source with the same words, table and figure."""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from compiler.diagnostics import Report
from compiler.layout.references import reference_words
from compiler.model import Callout, Cite, Figure, FootnoteMark, Heading, List, Note, Paragraph, Quote, Table, Text, TextDisclaimer
from compiler.pipeline import Stages, read_note
from compiler.words import words_of
from compiler.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
NOTE = REPOSITORY / "notes" / "2023w52.yaml"
PICTURE = "text-to-video.svg"
FIGURE_KEYS = ("caption", "unit", "alt", "source", "source-text", "wide")
SECTIONS = ("市场概况", "热点聚焦", "每周关注", "每周一图")
ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\#$*_`<>@[]=-+/~\"'"})


# Different notes of the same length: the commonest characters of the text change places, differently each time, so that
# no paragraph of prose is one that was set before.  As text, for processes of their own.
VARIED = """
COMMON = "的在和也是以将不了对与中上人有到成从可其前后"
def VARIED(turn):
    turn = 1 + turn % (len(COMMON) - 1)
    return {ord(char): COMMON[(at + turn) % len(COMMON)] for at, char in enumerate(COMMON)}
"""
_HERE: dict[str, Any] = {}
exec(VARIED, _HERE)


class _Literal(yaml.SafeDumper):
    """Writes texts of several lines as an author does, after `|`."""


def _text(dumper: _Literal, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Literal.add_representer(str, _text)


def longer(times: int, folder: Path) -> Path:
    """The first note with the blocks of each section repeated; footnote names kept apart.  No ready-made disclaimer: its
    text could not be made equal."""
    text = re.sub(r"\{\{.*?\}\}", "2.06%", NOTE.read_text("utf-8"))  # the peer binds no numbers to data
    data = yaml.load(text.replace("data: indices\n", "data: 2023w52/indices.csv\n"), yaml.BaseLoader)
    for title in SECTIONS:
        blocks = []
        for turn in range(times):
            for block in data[title]:
                if isinstance(block, dict) and "chart" in block:  # the peer draws no charts: a picture for the last one, or none
                    if block["chart"] != "timeline":
                        continue
                    block = {"figure": {key: block[key] for key in FIGURE_KEYS} | {"image": f"2023w52/{PICTURE}"}}
                blocks.append(_renamed(block, turn))
        data[title] = blocks
    for key in ("points", "figures", "contents", "data", "numbers"):  # nor have the peer's template these
        data.pop(key, None)
    data["disclaimers"] = ["general", "risk"]
    notes = folder / "notes"
    notes.mkdir(parents=True, exist_ok=True)
    if not (notes / "2023w52").exists():
        shutil.copytree(REPOSITORY / "notes" / "2023w52", notes / "2023w52")
        shutil.copy(Path(__file__).with_name(PICTURE), notes / "2023w52")
    path = notes / f"note-{times}.yaml"
    path.write_text(yaml.dump(data, Dumper=_Literal, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return path


def _renamed(block: object, turn: int) -> object:
    if isinstance(block, str) and turn:
        named = block.replace("[^draft]", f"[^draft{turn}]").replace("[^views]", f"[^views{turn}]")
        return named.translate(_HERE["VARIED"](turn))
    return copy.deepcopy(block)  # no anchors in the YAML written


def typst_source(path: Path, folder: Path) -> Path:
    """The peer's source for a note: template and body in `folder`; returns the template's copy."""
    report = Report()
    note = read_note(str(path), World(cwd=str(path.parent.parent)), report, Stages())
    if note is None:
        raise SystemExit("the note of the bench does not check: " + "; ".join(item.message for item in report))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "body.typ").write_text(_body(note), "utf-8")
    shutil.copy(path.parent / "2023w52" / PICTURE, folder)
    return Path(shutil.copy(Path(__file__).with_name("peer.typ"), folder))


def _inlines(inlines: tuple[object, ...]) -> str:
    out = []
    for inline in inlines:
        if isinstance(inline, Text):
            words = inline.text.replace("\n", "").translate(ESCAPED)
            out.append(f"#strong[{words}]" if inline.strong else words)
        elif isinstance(inline, Cite):
            numbers = ",".join(map(str, inline.numbers))
            out.append(f"#super[#link(<source-{inline.numbers[0]}>)[\\[{numbers}\\]]]")
        elif isinstance(inline, FootnoteMark):
            out.append(f"#footnote[{_blocks(inline.blocks).strip()}]")
    return "".join(out)


def _blocks(blocks: tuple[object, ...]) -> str:
    out = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(_inlines(block.inlines))
        elif isinstance(block, Heading):
            out.append(f"{'=' * (block.level + 1)} {_inlines(block.inlines)}")
        elif isinstance(block, List):
            items = ", ".join(f"[{_blocks(item.blocks).strip()}]" for item in block.items)
            kind = "list(" if block.numbering == "bullet" else 'enum(numbering: "（1）", '
            out.append(f"#{kind}{items})")
        elif isinstance(block, Quote):
            out.append(f"#quote(block: true, attribution: [{block.by}，{block.date}])[{_blocks(block.blocks).strip()}]")
        elif isinstance(block, Callout):
            out.append(f"#view[{_blocks(block.blocks).strip()}]")
        elif isinstance(block, Table):
            out.append(_table(block))
        elif isinstance(block, Figure):
            caption = _inlines(block.caption)
            image = f'image("{PICTURE}", width: 100%, alt: "{block.alt}")'
            out.append(f"#figure({image}, caption: [{caption}])\n\n资料来源：Pika；本公司绘制")
    return "\n\n".join(out)


def _table(table: Table) -> str:
    heads = ", ".join(f"[{_inlines(column.title)}]" for column in table.columns)
    cells = ", ".join(f"[{_inlines(cell.inlines)}]" for row in table.rows for cell in row)
    aligns = ", ".join("left" if column.kind == "text" else "right" for column in table.columns)
    columns = ", ".join("1fr" for _ in table.columns)
    body = f"table(columns: ({columns}), align: ({aligns}), stroke: none, table.header({heads}), {cells})"
    return f"#figure(caption: [{_inlines(table.caption)}], {body})"


def _body(note: Note) -> str:
    sections = "\n\n".join(f"= {section.number}、{section.title}\n\n{_blocks(section.blocks)}" for section in note.sections)
    references = []
    for number, source in enumerate(note.references, 1):
        words, url, after = reference_words(source, words_of(note.language))
        address = f'#link("{url}")' if url else ""
        references.append(f"\\[{number}\\] {words.translate(ESCAPED)}{address}{after.translate(ESCAPED)} <source-{number}>")
    disclaimers = []
    for item in note.disclaimers:
        if isinstance(item, TextDisclaimer):
            disclaimers.append(f"= {item.title}")
            for article in item.articles:
                disclaimers.append(f"== {article.label}\n\n{_blocks(article.blocks)}")
    authors = "、".join(author.name for author in note.authors)
    labelled = "\n\n".join(f"#block[{line.rsplit(' <', 1)[0]}] <{line.rsplit(' <', 1)[1]}" for line in references)
    return "\n".join(
        [
            f"#let note-title = [{note.title}]",
            f"#let note-deck = [{note.subtitle}]",
            f"#let note-issue = [{note.issue}]",
            f"#let note-meta = [{note.issue}\\ {words_of(note.language).day(note.published)}\\ {authors}]",
            f"#let note-body(view) = [\n{sections}\n]",
            f"#let note-references = [\n{labelled}\n]",
            "#let note-disclaimers = [\n" + "\n\n".join(disclaimers) + "\n]",
        ]
    )
