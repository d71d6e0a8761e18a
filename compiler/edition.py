"""A house in the language of a note: its faces for that language, its own phrases in it.

In: a brand and a language tag.  Out: the brand with other faces and words, or as it is where it speaks the language already.
Always: the faces of the house itself stay behind those of the language, so that nothing a note could say before is lost.
"""

from __future__ import annotations

from .brand import FaceSpec, TextStyle
from .record import Record
from .words import family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .brand import Brand, Regional
    from .diagnostics import Report, Span
    from .world import World

_OWN_FORMS = frozenset(("zh-Hans", "zh-Hant", "ja", "ko"))  # families that write the same characters in forms of their own


def in_language(brand: Brand, language: str, world: World, report: Report, span: Span) -> Brand | None:
    """The brand for a language; None when a face it needs is not installed, which has been reported."""
    kin = family(language)
    if kin == family(brand.language):
        return brand
    found = {edition.name: edition for edition in brand.languages}
    edition = found.get(language) or found.get(kin)
    if edition is None and kin in _OWN_FORMS:
        known = ", ".join([brand.language, *found])
        report.warning(
            "brand-language",
            f"brand `{brand.name}` has no faces for `{language}`; characters take their forms in `{brand.language}`",
            span,
            help=f"add `{kin}` to `languages` in its brand.yaml; it knows {known}",
        )
    faces: dict[str, FaceSpec] = {}
    for regional in edition.faces if edition is not None else ():
        spec = _resolved(regional, language, world, report, span)
        if spec is None:
            return None
        faces[regional.instead_of] = spec
    translations = [(phrase.text, dict(phrase.translations)) for phrase in brand.phrases]
    words = {text: there.get(language, there.get(kin, text)) for text, there in translations}
    made = _Translator(edition.index if edition is not None else -1, faces, words).record(brand)
    spoken = [item for item in brand.abbreviations if item.expansion in words]  # other words would be read by a stranger's voice
    kept = tuple([item.replace(expansion=words[item.expansion]) for item in spoken])
    return made.replace(language=language, abbreviations=kept)  # type: ignore[return-value]


def _resolved(regional: Regional, language: str, world: World, report: Report, span: Span) -> FaceSpec | None:
    """The face with the file it has on this machine."""
    name = f"{regional.instead_of}-{language}"
    path: str | None = regional.file
    if regional.package:
        path = world.package_file(regional.package, regional.file)
        if path is None:
            package = regional.package.replace("_", "-")
            report.error(
                "brand-font",
                f"notes in `{language}` need the font file `{regional.file}`, which is not installed",
                span,
                help=f"install it: `pip install {package}`, or all of them: `pip install 'compile-note[languages]'`",
            )
            return None
    return FaceSpec(name, path or "", regional.index, regional.axes)


class _Translator:
    """Walks a brand's records; a chain gains the faces of the language in front, a phrase becomes its translation."""

    def __init__(self, index: int, faces: dict[str, FaceSpec], words: dict[str, str]) -> None:
        self.index = index
        self.faces = faces
        self.words = words
        self.styles: dict[str, TextStyle] = {}

    def record(self, record: Record) -> Record:
        """The record with everything in it translated; a style once, whoever names it."""
        if isinstance(record, TextStyle):
            known = self.styles.get(record.name)
            if known is None:
                known = record.replace(faces=self.chain(record.faces), strong=self.chain(record.strong))
                self.styles[record.name] = known
            return known
        values = [self.value(value) for value in record.values()]
        return type(record)(*values)

    def value(self, value: Any) -> Any:
        """One value of a record."""
        if isinstance(value, str):
            return self.words.get(value, value)
        if isinstance(value, tuple) and value and isinstance(value[0], FaceSpec):
            return self.chain(value)
        if isinstance(value, tuple):
            return tuple([self.value(item) for item in value])
        return self.record(value) if isinstance(value, Record) else value

    def chain(self, chain: tuple[FaceSpec, ...]) -> tuple[FaceSpec, ...]:
        """The chain in the language, then what it was."""
        here: list[FaceSpec] = []
        for spec in chain:
            face = self.faces.get(spec.name, spec)
            if face is spec and self.index >= 0 and spec.in_collection:
                face = spec.replace(index=self.index)
            if face not in here:
                here.append(face)
        return (*here, *[spec for spec in chain if spec not in here])
