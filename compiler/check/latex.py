r"""LaTeX as it stands in bibliographies → plain text.

In: a field of a BibTeX file, without its own braces or quotes.  Out: its words, `{\"o}` as ö, `--` as –, on one line.
Always: an unknown command is told of and left out, its argument kept.  Rule: the commands of LaTeX for accents and letters.
"""

from __future__ import annotations

import re

from ..pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§", "P": "¶", "copyright": "©",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€", "texteuro": "€",
    "textyen": "¥", "textdegree": "°", "textbackslash": "\\", "textasciitilde": "~", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "times": "×", "pm": "±", "cdot": "·", "textperiodcentered": "·", "quad": " ",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "omega": "ω", "Delta": "Δ", "leq": "≤",
    "geq": "≥", "le": "≤", "ge": "≥", "to": "→", "rightarrow": "→", "infty": "∞",
}  # fmt: skip
# commands whose words are wanted without them
_STYLES = frozenset((
    "emph", "textit", "textbf", "textsc", "textsf", "texttt", "textrm", "textup", "textsl", "textnormal", "mbox", "hbox",
    "text", "mathrm", "mathit", "mathbf", "enquote", "uline", "underline", "url", "path", "href", "it", "bf", "sc", "em",
    "rm", "tt", "sl", "itshape", "bfseries", "scshape", "upshape", "relax", "protect", "noopsort",
))  # fmt: skip
_PIECE = later(
    r"""\\(?P<sign>[`'"^~=.])\s*(?:\{\s*\\?(?P<a>[^\W\d_]?)\s*\}|\\(?P<b>[ij])(?![A-Za-z])\s?|(?P<c>[^\W\d_]))"""
    r"""|\\(?P<word>[uvHckrdb])(?:\s*\{\s*\\?(?P<d>[^\W\d_]?)\s*\}|\s*\\(?P<e>[ij])(?![A-Za-z])\s?|\s+(?P<f>[^\W\d_]))"""
    r"""|\\(?P<command>[A-Za-z]+)\*?\s*(?:\{\})?"""
    r"""|\\(?P<char>.)|(?P<plain>---|--|``|''|[~{}$])""",
    re.DOTALL,
)
_PLAIN = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "$": ""}


def plain(text: str, unknown: Callable[[str], None]) -> str:
    r"""The words of a field; `unknown` is told of each command that is left out, such as `\foo`."""
    if "\\" in text or "{" in text or "~" in text or "-" in text or "`" in text or "'" in text or "$" in text:
        text = _PIECE.sub(lambda found: _piece(found, unknown), text)
    return " ".join(text.split())


def _piece(found: re.Match[str], unknown: Callable[[str], None]) -> str:
    part = found.groupdict()
    if part["plain"]:
        return _PLAIN[part["plain"]]
    accent = part["sign"] or part["word"]
    if accent:
        from unicodedata import normalize

        letter = next((part[name] for name in "abcdef" if part[name]), "")
        return normalize("NFC", letter + _ACCENTS[accent]) if letter else ""
    command = part["command"]
    if command is None:
        return " " if part["char"] in " ,;:!/\n" else part["char"]
    if command in _LETTERS:
        return _LETTERS[command]
    if command not in _STYLES:
        unknown(f"\\{command}")
    return ""


def address(text: str) -> str:
    r"""A web address as it stands in a field: `\url{…}` taken off, `\_` and `\%` as they are meant; `~` and `--` stay."""
    text = text.strip()
    found = _URL.search(text)
    if found:
        text = found.group(1)
    return _ESCAPED.sub(r"\1", text).replace("{", "").replace("}", "").strip()


_URL = later(r"\\(?:url|path|href)\s*\{([^{}]*)\}")
_ESCAPED = later(r"\\([_%&#~$])")
