"""Alternative texts that say nothing: of every kind met in practice.

In: a figure's or chart's `alt`, and the mapping it stands in.  Out: a report, or nothing.  Always: a text that says anything of
what is seen passes; only texts that are wholly a name, a label, or other words of the exhibit again are refused.  Rules:
ISO 14289-1, 7.3; house rule, 2026.
"""

from __future__ import annotations

from ..pattern import later
from ..syntax import Scalar, Sequence
from .inline import passage_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..syntax import Mapping
    from .reader import Reader

PICTURE_ENDS = (
    ".png", ".jpg", ".jpeg", ".jfif", ".svg", ".pdf", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".eps", ".xlsx", ".csv",
)  # fmt: skip
LEAST = 6  # a Han character counts two, any other one
# Words that name a picture and say nothing of it, on folded words without marks and blanks; numbers may follow each.
_NAMES = (
    "(?:图|图片|图像|图表|图形|图示|配图|插图|附图|截图|截屏|屏幕截图|屏幕快照|微信图片|照片|示意图|表|表格|图例|封面|标志|"
    "折线图|柱状图|柱形图|条形图|横条图|饼图|环形图|散点图|面积图|走势图|曲线图|时间线|时间轴|k线图?|趋势图|"
    "images?|img|dsc|dscn|dscf|pictures?|pic|photos?|screenshots?|screenshot|snip|scan|figures?|fig|charts?|graphs?|graphic|"
    "diagrams?|plot|table|logo|cover|icon|untitled|unnamed|copy|final|new|file|alttext|alt|text|placeholder|"
    "null|nil|none|na|undefined|nan|todo|tbd|test|xxx|无标题|未命名|无|暂无|空|空白|略|同上|见图|待补充?|待定|占位|测试|"
    "图片说明|替代文字|替代文本|文字说明|说明)"
)
_LABEL = later(f"(?:[如见上下左右本该此这张幅第的]*{_NAMES}[0-9一二三四五六七八九十ivx]*)+(?:所示|如下|的)?[0-9]*")
_PREFIX = later("^(?:图|图片|图表|截图|示意图|figure|fig|chart|image)[0-9一二三四五六七八九十]*")
_SUFFIX = later("(?:示意图|的图片|的图表|图片|图表|图示|的图|图|chart|figure|image)$")
_MARKS = later(r"\[[@^][^\]]*\]")  # citations and notes in a caption
_SOURCE_LABELS = ("资料来源", "数据来源", "图片来源", "来源", "出处", "截至", "source", "sources", "单位", "unit")


def _folded(text: str) -> str:
    """Half-width and lower-case."""
    return "".join([chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text]).lower()


def _key(text: str) -> str:
    """Letters, digits and Han alone: what is left of words when marks and blanks are not looked at."""
    return "".join([char for char in _folded(text) if char.isalnum()])


def _bare(key: str) -> str:
    """Without `图 1` before it and `图` after it."""
    return _SUFFIX.sub("", _PREFIX.sub("", key))


def check_alt(alt: Scalar, caption: Scalar, what: str, node: Mapping, reader: Reader) -> None:
    """Report an alternative text that says nothing."""
    if "{{" not in alt.value:
        reader.say(passage_of(alt), ())
    fault = _fault(alt.value.strip(), _MARKS.sub("", caption.value), node, reader)
    if fault:
        tip = "say what the picture shows: kind, axes, the values that matter"
        reader.report.error(f"{what}-alt", f"the alternative text {fault}", alt.span, help=tip)


def _fault(words: str, caption: str, node: Mapping, reader: Reader) -> str:
    """What is wrong with it, or ""."""
    key, title = _key(words), _key(caption)
    if not words:
        return "is empty"
    if not key:
        return "has no words"
    if key == title or (_bare(key) == _bare(title) != ""):
        return "repeats the caption"
    if "{{" in words:
        return ""
    if len(key) <= 40 and _LABEL.fullmatch(key):
        return "names the picture and does not say what it shows"
    if _is_name(words, key, node):
        return "is a file's name"
    if not _rest(key, title, node, reader):
        return "repeats the caption and the source"
    if sum([1 + (char > "\u2e7f") for char in key]) < LEAST:
        return "is too short to say what is seen"
    return ""


def _is_name(words: str, key: str, node: Mapping) -> bool:
    """A file's name, with its ending or without it: one word of ASCII, or the name of the very file."""
    if _folded(words).rstrip(" .。").endswith(PICTURE_ENDS):
        return True
    if words.isascii() and not any([char.isspace() for char in words]):
        return True
    image = node.get("image")
    if not isinstance(image, Scalar):
        return False
    stem = image.value.rpartition("/")[2].rpartition(".")[0]
    return stem.isascii() and _key(stem) == key


def _rest(key: str, title: str, node: Mapping, reader: Reader) -> str:
    """What the text says besides the caption, the source and the unit."""
    known = [title, *_SOURCE_LABELS]
    named = node.get("source")
    for item in named.items if isinstance(named, Sequence) else [named]:
        source = reader.sources.get(item.value.strip().removeprefix("@")) if isinstance(item, Scalar) else None
        if source is not None:
            known += [source.publisher, source.title, source.id]
    for other in ("source-text", "unit", "as-of"):
        value = node.get(other)
        if isinstance(value, Scalar):
            known.append(value.value)
    for one in sorted({_key(one) for one in known}, key=lambda one: (-len(one), one)):
        if one:
            key = key.replace(one, "")
    return key
