"""A house's look: `assets/brands/<name>/brand.yaml` (with `extends`) → `Brand`.

In: YAML that reads like a specification sheet.  Out: frozen records, every length in points, every colour `#rrggbb`, every
face a file that exists.  Always: a fault points into the brand file it stands in; nothing in the code knows a house by name.
"""

from __future__ import annotations

from .record import Record

TYPE_CHECKING = False

# --- what a brand says -----------------------------------------------------------------------------------------------
# Each record is one mapping of the YAML: a field `label_style` is the key `label-style`.  Colours are role names there and
# `#rrggbb` here; styles are names there and `TextStyle` here; lengths are points.


class FaceSpec(Record):
    """One face of a font file.  `axes` pins the axes of a variable font; `name` is the brand's own word for it; `scale` sets it
    larger or smaller than the size says, so that Latin letters match the Han of another face."""

    name: str
    file: str
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()
    scale: float = 1.0

    @property
    def in_collection(self) -> bool:
        """Whether its file holds several faces."""
        return self.file.endswith((".ttc", ".otc"))


class TextStyle(Record):
    """How a kind of text is set.

    `faces` is the fallback chain, `strong` the chain for stressed words in it.  `align`: "justify", "left", "right" or
    "center".  Units: `size`, `lead` points; `indent_em`, `tracking_em` em of the size.
    """

    name: str
    faces: tuple[FaceSpec, ...]
    strong: tuple[FaceSpec, ...]
    size: float
    lead: float
    colour: str
    align: str = "justify"
    indent_em: float = 0.0
    tracking_em: float = 0.0


class Geometry(Record):
    """The page and its two columns.  The text column is `text_width` wide from `text_x`; the side column (or rail) may be
    absent (width 0).  The grid starts at `grid_top` and has `grid_lines` lines of `grid_pitch`; a page may run `grid_spare` lines
    longer where it would otherwise leave much white or turn over little."""

    width: float
    height: float
    text_x: float
    text_width: float
    side_x: float
    side_width: float
    grid_top: float
    grid_pitch: float
    grid_lines: int
    grid_spare: int

    @property
    def full_x(self) -> float:
        """Left edge over both columns."""
        return min(self.text_x, self.side_x) if self.side_width else self.text_x

    @property
    def full_width(self) -> float:
        """Width over both columns."""
        if not self.side_width:
            return self.text_width
        return max(self.text_x + self.text_width, self.side_x + self.side_width) - self.full_x


class Rule(Record):
    """A horizontal rule: `weight` thick, its upper edge `y` below the top of what it belongs to.  `span` is "text",
    "side" or "full"."""

    span: str
    y: float
    weight: float
    colour: str


class Box(Record):
    """Furniture: a filled rectangle in page coordinates."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Label(Record):
    """Furniture: a line of text on a baseline.  `text` may hold {house} {house_latin} {series} {company} {address} {title}
    {subtitle} {issue} {year} {number} {period} {period_full} {published} {authors} {authors_line} {authors_full}
    {issuer} {page} {pages} {version} {effective} {disclaimers}.  `align` tells which point of the line `x` is.
    `max_width` (0: none): what is longer is cut with an ellipsis, or with `fit` set smaller.  `needs` names a word of the
    template; while it is empty, the label is left out.  With `after` the label stands so far behind the one before it."""

    text: str
    x: float
    y: float
    style: TextStyle
    align: str = "left"
    max_width: float = 0.0
    needs: str = ""
    fit: bool = False
    after: float = 0.0


class Mark(Record):
    """Furniture: the logo, its upper left corner and its height; `colours` maps the logo's roles to other colours."""

    x: float
    y: float
    height: float
    colours: tuple[tuple[str, str], ...] = ()


class Furniture(Record):
    """What is drawn on a page around the text; all of it artifacts except what a style sheet cannot know."""

    boxes: tuple[Box, ...] = ()
    labels: tuple[Label, ...] = ()
    marks: tuple[Mark, ...] = ()


class LogoShape(Record):
    """A filled shape of the logo.  `steps` as in PathItem, in logo units; `colour` a role or #rrggbb resolved."""

    steps: tuple[tuple[str | float, ...], ...]
    colour: str
    role: str


class Logo(Record):
    """Vector logo on a `width` × `height` field of its own units."""

    width: float
    height: float
    shapes: tuple[LogoShape, ...]


class MetaRow(Record):
    """A line of the first page's imprint: 期号, 区间, 发布, 撰写 … with a template for its value."""

    label: str
    value: str


class Opening(Record):
    """The head of the first page below the furniture: title, deck, and who wrote what when.

    `title_baseline` is the first title line's; the deck's first baseline is `deck_gap` below the last title line's.
    `meta_place`: "side" sets one row below another from `meta_y` (baseline), label column `meta_label_width`, in the side
    column; "below" the same `meta_gap` below the deck; "row" sets them side by side on one baseline there.  `band` is a
    full-bleed ground with a strip under it, at least `band_height` high and always `band_padding` below the last line in
    it; "" for none.  The body starts on the first grid line at least `after` below the opening.  `meta_between` parts the
    rows (or the cells of a row); `title_lines` is the number of title lines the band's height already allows for.
    `title_stop_em` is cut off the blank of each comma and stop within the title, which looks too wide in large type.
    """

    title: TextStyle
    deck: TextStyle
    title_x: float
    title_width: float
    title_baseline: float
    deck_gap: float
    deck_width: float
    meta_rows: tuple[MetaRow, ...]
    meta_label: TextStyle
    meta_value: TextStyle
    meta_place: str = "side"
    meta_x: float = 0.0
    meta_y: float = 0.0
    meta_gap: float = 0.0
    meta_label_width: float = 27.0
    meta_between: float = 0.0
    title_lines: int = 1
    title_stop_em: float = 0.0
    band: str = ""
    band_height: float = 0.0
    band_padding: float = 0.0
    strip: str = ""
    strip_height: float = 0.0
    after: float = 18.0


class SectionStyle(Record):
    """How a section opens.

    `place`: "text" puts the heading over the text; "side" in the rail, on the baseline of the first line beside it.
    Units: `lines` and `topic_lines` grid lines the opener takes, alone and when a topic follows at once; `baseline` points
    from the top of the opener ("text" only); with a topic everything in the opener moves by `topic_shift` points
    and `topic_after` points follow its last line.  Without `rules_at_top` an opener at a page's top has no rules.
    """

    style: TextStyle
    place: str
    lines: float
    baseline: float
    rules: tuple[Rule, ...]
    topic: TextStyle
    topic_lines: float
    topic_shift: float = 0.0
    topic_after: float = 0.0
    rules_at_top: bool = True


class HeadingStyle(Record):
    """Headings inside a section.  Space above and below in grid lines; together with the text they fill whole lines."""

    styles: tuple[TextStyle, ...]
    above: float
    below: float


class ExhibitStyle(Record):
    """Captions, notes and sources of tables and figures.

    `number_place`: "inline" before the claim, or "side" in the rail on its baseline; `credit_place`: "side" beside the
    body, "below" under it.  `unit_place`: "right" on the claim's baseline, "below" on a line of its own.  Units: points;
    `above` from the text before to the caption's box, `gap` from the caption's baseline to the body, `below` after all.
    `small_place`: where an exhibit stands that the note has for the side column, there ("side") or in the text.
    """

    number: TextStyle
    claim: TextStyle
    unit: TextStyle
    credit: TextStyle
    number_place: str
    credit_place: str
    unit_place: str
    rules: tuple[Rule, ...]
    above: float
    caption_baseline: float
    unit_gap: float
    gap: float
    credit_gap: float
    below: float
    small_place: str = "text"


class TableStyle(Record):
    """`span` "text" or "full".  Rule weights in points, 0 for none; `padding` stands between the rules and the rows.

    `highlight_colour` is the ground of a row set off, "" for none: its words are set strong then.  `bars` is the share of a
    table's width for numbers drawn once more behind the last column, where the note asks for it; with 0 the house does without.
    `overflow` says what becomes of a table that is too wide: "turn" lays its page on its side, "cards" makes a card of each row.
    `words_below`: a last column of words stands below its row where it would take many lines beside the others.
    """

    head: TextStyle
    cell: TextStyle
    first: TextStyle
    span: str
    head_height: float
    row_height: float
    column_gap: float
    top_weight: float
    head_weight: float
    row_weight: float
    foot_weight: float
    colour: str
    row_colour: str
    up: str
    down: str
    padding: float = 0.0
    highlight_colour: str = ""
    bars: float = 0.3
    overflow: str = "turn"
    words_below: bool = False


class ChartStyle(Record):
    """How charts are drawn.  Units: points.

    `axis` sets ticks, `name` the names of bars and lanes, `value` the labels of marks.  `fills` are the colours of the series
    in order, `lines` those of the same series as lines, `words` those of their labels.  `height` is that of a plot with an
    upright axis; a bar is `bar` thick, `bar_gap` from the next of its group, groups `row_gap` apart.  `span` is the thickness
    of a stretch of time on a timeline (its words stand in it where they fit), lanes are `lane` high.  `opacity` is that of an
    area; `track_colour` is what is left of a bar that is a share.
    """

    axis: TextStyle
    name: TextStyle
    value: TextStyle
    fills: tuple[str, ...]
    lines: tuple[str, ...]
    words: tuple[str, ...]
    grid_colour: str
    grid_weight: float
    zero_colour: str
    zero_weight: float
    ground_colour: str
    track_colour: str
    up: str
    down: str
    line_weight: float
    dot: float
    ring: float
    height: float
    bar: float
    bar_gap: float
    row_gap: float
    span: float
    lane: float
    opacity: float


class CalloutStyle(Record):
    """The house's view.  `label_place` "above" or "side"; `padding` from the rule to the label, `gap` label to text."""

    label: TextStyle
    style: TextStyle
    label_place: str
    rules: tuple[Rule, ...]
    label_baseline: float
    baseline: float
    above: float
    below: float


class QuoteStyle(Record):
    """`by_place`: "right" under the quotation, or "side" in the rail beside it."""

    style: TextStyle
    by: TextStyle
    by_place: str
    indent_em: float
    above: float
    below: float


class ListStyle(Record):
    """`indent_em` to the label, `hang_em` from the label to the text; in em of the body."""

    indent_em: float
    hang_em: float
    bullet: str


class FootnoteStyle(Record):
    """`rule_width` × `rule_weight`, `clearance` above the rule, `gap` from the rule to the first line's box."""

    style: TextStyle
    mark: TextStyle
    hang: float
    rule_width: float
    rule_weight: float
    rule_colour: str
    clearance: float
    gap: float


class FrontStyle(Record):
    """Key points, contents and key figures, between the opening and the first section.

    `place` "text": the points' heading stands over them, under `rules` (those of span "side" are the contents'); "side": it is
    a section's, in the rail.  `contents_place` "side": beside the points; "row": under the key figures.  `figures_first`: the
    figures come before the points.  Baselines and `figure_rule` count from the top of their strip; `figures_height` is rounded
    up to whole grid lines.  `chart`: the first page ends with the first section's first chart, and text starts on the second.
    """

    points: str
    contents: str
    heading: TextStyle
    place: str
    rules: tuple[Rule, ...]
    heading_baseline: float
    baseline: float
    tag: TextStyle
    tag_width: float
    text: TextStyle
    between: float
    contents_place: str
    entry: TextStyle
    entry_page: TextStyle
    entry_baseline: float
    entry_lead: float
    number: TextStyle
    unit: TextStyle
    words: TextStyle
    column_gap: float
    number_baseline: float
    words_baseline: float
    figure_rule: float
    figure_weight: float
    figure_colour: str
    label_baseline: float
    figures_height: float
    figures_first: bool
    chart: bool


class ReferenceStyle(Record):
    """The list 资料来源.  `heading_place` "above" (with `rules`) or "side"; `columns` 1, or 2 even ones `column_gap` apart."""

    title: str
    heading: TextStyle
    heading_place: str
    style: TextStyle
    number: TextStyle
    hang: float
    between: float
    rules: tuple[Rule, ...]
    heading_baseline: float
    lines: float
    columns: int = 1
    column_gap: float = 0.0


class DisclaimerStyle(Record):
    """The disclaimer page.  `columns` 1 or 2; `label_place` "left" in a column of `label_width`, or "above" each article.

    `top` is where its first page's text begins; without `rules_first` the first title there has no rules.  `version_place`
    "side" sets version and date in the side column, "none" leaves them to the furniture ({version}, {effective}).  The y of
    the imprint count from `imprint_height` above the foot of the text.
    """

    title: TextStyle
    label: TextStyle
    style: TextStyle
    version: TextStyle
    columns: int
    column_gap: float
    label_place: str
    label_width: float
    between: float
    top: float
    title_lines: float
    title_baseline: float
    rules: tuple[Rule, ...]
    furniture: Furniture
    imprint: Furniture
    imprint_height: float
    title_above: float = 0.0
    rules_first: bool = True
    version_place: str = "side"


class Regional(Record):
    """A face that stands in for another in one language: a `file` of an installed `package`, or a path where that is ""."""

    instead_of: str
    package: str
    file: str
    index: int
    axes: tuple[tuple[str, float], ...]


class Edition(Record):
    """A house's faces in another language than its own: `name` is a language tag or its family (zh-Hant, ja, ko).

    `index`: the member of font collections to use (-1: as they are); `faces` stand in for faces that are in no collection.
    """

    name: str
    index: int
    faces: tuple[Regional, ...]


class Phrase(Record):
    """Words of the house, as they stand in its brand, and in other languages by tag or family."""

    text: str
    translations: tuple[tuple[str, str], ...]


class Abbreviation(Record):
    """A short form of the house and what is read aloud instead."""

    short: str
    expansion: str


class Brand(Record):
    """Everything a note's look depends on."""

    name: str
    house: str
    house_latin: str
    company: str
    series: str
    address: str
    language: str
    geometry: Geometry
    colours: tuple[tuple[str, str], ...]
    body: TextStyle
    superscript_scale: float
    superscript_rise: float
    superscript_faces: tuple[FaceSpec, ...]
    superscript_colour: str
    logo: Logo
    masthead: Furniture
    opening: Opening
    head: Furniture
    foot: Furniture
    foot_on_merged: bool
    section: SectionStyle
    heading: HeadingStyle
    exhibit: ExhibitStyle
    table: TableStyle
    chart: ChartStyle
    callout: CalloutStyle
    quote: QuoteStyle
    list: ListStyle
    footnote: FootnoteStyle
    front: FrontStyle
    reference: ReferenceStyle
    disclaimer: DisclaimerStyle
    files: tuple[str, ...]
    emphasis: str = "stress"
    hanging: bool = False
    hyphenation: bool = True
    languages: tuple[Edition, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()


if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .diagnostics import Report, Span
    from .world import World

CACHE = "brands"
FORMAT = 16  # of a cached brand; goes up with every change of the records, of house.yaml, or of what the loader makes of a file


def load(name: str, root: str, world: World, report: Report, span: Span | None = None) -> Brand | None:
    """The brand called `name`, from the note root's assets or the shipped ones; None when a fault was reported.

    `house/phone` is the layout `phone.yaml` of the brand `house`: the same house on another page.
    A brand that loaded without a fault is kept in the cache with the digests of its files: 1 ms instead of 7."""
    entry = _cache_entry(name, root)
    state = [(path, world.identity(path)) for path in _loaded[entry].files] if entry in _loaded else None
    if state is not None and _states.get(entry) == state and _same_layouts(name, _loaded[entry].files, world):
        return _loaded[entry]
    brand = _from_cache_or_file(name, root, entry, world, report, span)
    if brand is not None:
        _loaded[entry] = brand
        _states[entry] = [(path, world.identity(path)) for path in brand.files]
    return brand


_loaded: dict[str, Brand] = {}
_states: dict[str, list[tuple[str, tuple[int, int]]]] = {}


def _from_cache_or_file(name: str, root: str, entry: str, world: World, report: Report, span: Span | None) -> Brand | None:
    kept = _revived(world.cached(CACHE, entry), name, root, world)
    if kept is not None:
        return kept
    from .branding import load as load_brand

    found = len(report)
    brand = load_brand(name, root, world, report, span)
    if brand is not None and len(report) == found:
        from marshal import dumps

        files = [(path, _digest(world.read(path))) for path in brand.files]
        shared: dict[str, str] = {}
        fonts: set[str] = set()
        whole = _written(brand, shared, fonts)
        lines = [f"{name} = {text}" for text, name in shared.items()]
        code = compile("\n".join([*lines, f"brand = {whole}"]), entry, "exec")
        world.store(CACHE, entry, dumps((files, sorted(fonts), code)))
    return brand


def _digest(data: bytes) -> bytes:
    from _blake2 import blake2b

    return blake2b(data, digest_size=16).digest()


def _cache_entry(name: str, root: str) -> str:
    from . import __version__
    from .pattern import KEY  # what is kept is code of one version of the interpreter

    return _digest(repr((FORMAT, __version__, KEY, name, root)).encode()).hex()


def _same_layouts(name: str, files: Sequence[str], world: World) -> bool:
    """Whether no file of the layout has come or gone beside one of the brand's."""
    layout = name.partition("/")[2]
    if not layout:
        return True
    beside = [path[: -len("brand.yaml")] + f"{layout}.yaml" for path in files if path.endswith("brand.yaml")]
    return all([world.is_file(path) == (path in files) for path in beside])


def _revived(data: bytes | None, name: str, root: str, world: World) -> Brand | None:
    """A cached brand whose files, its bases' and its fonts' are all as they were."""
    if data is None:
        return None
    from marshal import loads

    try:
        files, fonts, code = loads(data)
        if not _same_layouts(name, [path for path, _ in files], world):
            return None
        for path, digest in files:
            house, file = path.replace("\\", "/").split("/")[-2:]
            if world.asset(root, f"brands/{house}/{file}") != path or _digest(world.read(path)) != digest:
                return None
        if not all([world.is_file(path) for path in fonts]):
            return None
        made: dict[str, Any] = {}
        exec(code, globals(), made)
    except (OSError, ValueError, EOFError, TypeError, NameError):
        return None
    brand = made.get("brand")
    return brand if isinstance(brand, Brand) else None


def _written(value: Any, shared: dict[str, str], fonts: set[str]) -> str:
    """A record as the Python expression that makes it again: run as code, a brand is back in a quarter of the time.

    Faces and text styles, which many records share, are written once, in `shared` with a name each; `fonts` are the files of
    the faces.
    """
    if isinstance(value, tuple):
        return f"({''.join([f'{_written(item, shared, fonts)}, ' for item in value])})"
    if not isinstance(value, Record):
        return repr(value)
    if isinstance(value, FaceSpec):
        fonts.add(value.file)
    text = f"{type(value).__name__}({', '.join([_written(item, shared, fonts) for item in value.values()])})"
    return shared.setdefault(text, f"shared{len(shared)}") if isinstance(value, TextStyle | FaceSpec) else text
