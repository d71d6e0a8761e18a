"""A font file as HarfBuzz reads it: metrics, shaping and subsets.

In: a path, an index into a collection, pinned axes.  Out: facts, glyph ids, advances, shaped words, flattened outlines.
Always: glyf, CFF and CFF2 behave alike; a file that cannot be set and embedded is a FaceError at once, not a blank page
later.  Importing this module loads uharfbuzz (6 ms), so `faces` does it only when no face pack answers.
"""

from __future__ import annotations

from struct import error as StructError
from struct import pack_into, unpack_from

from .. import lean
from . import cff
from .faces import FaceError, Facts
from .setting import Word

with lean.stand_ins("uharfbuzz"):
    import uharfbuzz as hb

_GLYF_TABLES = frozenset(("glyf", "loca", "head", "hhea", "hmtx", "maxp", "fvar", "gvar", "avar", "HVAR"))
_CFF_TABLES = frozenset(("CFF ", "CFF2", "head", "hhea", "hmtx", "maxp", "fvar", "avar", "HVAR"))
_RESTRICTED, _EDITABLE_OR_PRINT, _NO_SUBSETTING, _BITMAP_ONLY = 0x0002, 0x000C, 0x0100, 0x0200  # OS/2 fsType
_POSTSCRIPT_NAME = 6
_QUOTES = frozenset("‘’“”")
_NO_WIDTH = "\u200b"  # stands for a glyph that is a further part of the character before it


def long_mark(text: str) -> bool:
    """Whether the text is a Chinese dash or ellipsis, which is one unit of as many em as it has characters."""
    return not text.strip(text[:1]) and text[:1] in ("—", "…")


class FontFile:
    """One face of a file, opened.

    Errors: FaceError when the file is no usable font, has not that index or axis, or forbids embedding.
    """

    def __init__(self, path: str, index: int, axes: tuple[tuple[str, float], ...]) -> None:
        self._path = path
        self._axes = axes
        try:
            blob = hb.Blob.from_file_path(path)
        except (hb.HarfBuzzError, OSError) as fault:
            raise FaceError(f"`{path}` cannot be read") from fault
        self._face = face = hb.Face(blob, index)
        if not face.count:
            raise FaceError(f"`{path}` is no font")
        if not 0 <= index < face.count:
            raise FaceError(f"`{path}` has {face.count} faces, so no index {index}")
        self._tags = frozenset(face.table_tags)
        self._check_tables(index, len(blob))
        self._font = hb.Font(face)
        self._pin()
        self._scale = 1000 / face.upem
        try:
            self._check_licence()
            self.facts = self._read_facts()
        except (StructError, IndexError, ValueError) as fault:
            raise FaceError(f"`{path}` is damaged: {fault}") from fault

    def _check_tables(self, index: int, size: int) -> None:
        outlines = [tag for tag in ("CFF ", "CFF2", "glyf") if tag in self._tags]
        missing = {"head", "hhea", "hmtx", "maxp", "cmap"} - self._tags
        if missing or not outlines:
            raise FaceError(f"`{self._path}` is no usable font: no table {', '.join(sorted(missing)) or 'of outlines'}")
        if not self._face.glyph_count or not self._face.unicodes:
            raise FaceError(f"`{self._path}` is damaged: it has no glyphs or no character map")
        if _tables_end(self._path, index) > size:
            raise FaceError(f"`{self._path}` is damaged: it is cut short")

    def _pin(self) -> None:
        known = {axis.tag: axis for axis in self._face.axis_infos}
        for tag, value in self._axes:
            axis = known.get(tag)
            if axis is None:
                raise FaceError(f"`{self._path}` has no axis `{tag}`; it has {', '.join(sorted(known)) or 'none'}")
            if not axis.min_value <= value <= axis.max_value:
                raise FaceError(
                    f"`{self._path}` has its axis `{tag}` from {axis.min_value:g} to {axis.max_value:g}, not {value:g}"
                )
        if self._axes:
            self._font.set_variations(dict(self._axes))

    def _check_licence(self) -> None:
        """Source: OpenType 1.9, OS/2 fsType; the least restrictive of several usage bits counts."""
        if "OS/2" not in self._tags:
            return
        usage = unpack_from(">H", self._table("OS/2"), 8)[0]
        if usage & _RESTRICTED and not usage & _EDITABLE_OR_PRINT:
            raise FaceError(f"`{self._path}` forbids embedding (fsType {usage:#06x})")
        if usage & (_NO_SUBSETTING | _BITMAP_ONLY):
            raise FaceError(f"`{self._path}` forbids embedding a subset of its outlines (fsType {usage:#06x})")

    def _table(self, tag: str) -> bytes:
        return bytes(self._face.reference_table(tag).data)

    def _read_facts(self) -> Facts:
        scale = self._scale
        head, os2, post = self._table("head"), self._table("OS/2"), self._table("post")
        ascent, descent = unpack_from(">hh", os2, 68) if len(os2) >= 72 else (0, 0)
        if not ascent:
            ascent, descent = unpack_from(">hh", self._table("hhea"), 4)
        cap_height = unpack_from(">h", os2, 88)[0] if len(os2) >= 90 else ascent
        weight = dict(self._axes).get("wght", unpack_from(">H", os2, 4)[0] if len(os2) >= 6 else 400)
        digits = {self.word(digit).width for digit in "0123456789"}
        left, bottom, right, top = (round(edge * scale) for edge in unpack_from(">4h", head, 36))
        return Facts(
            ps_name=self._ps_name(),
            kind="TrueType" if "glyf" in self._tags else "CFF",
            units_per_em=self._face.upem,
            bbox=(left, bottom, right, top),
            ascent=round(ascent * scale),
            descent=round(descent * scale),
            cap_height=round(cap_height * scale),
            stem_v=50 + int((weight / 65) ** 2),
            italic_angle=unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 8 else 0.0,
            has_tabular=len(digits) == 1,
        )

    def _ps_name(self) -> str:
        """The PostScript name; a pinned instance's says where it is pinned, as all share the default's name."""
        given = self._face.get_name(_POSTSCRIPT_NAME) or "Font"
        name = "".join([char for char in given if char.isascii() and (char.isalnum() or char in "-_.")]) or "Font"
        if self._axes:
            name = name.split("-")[0] + "-" + "".join([f"{tag.strip()}{value:g}" for tag, value in sorted(self._axes)])
        return name[:63]

    # --- characters and words

    def gid(self, codepoint: int) -> int:
        """Glyph of a character, 0 when the face has none."""
        return int(self._font.get_nominal_glyph(codepoint) or 0)

    def advance(self, gid: int) -> float:
        """Units: 1/1000 em, to the tenth, which is what the PDF will say."""
        return float(round(self._font.get_glyph_h_advance(gid) * self._scale, 1))

    def word(self, text: str) -> Word:
        """The text as shaped.  Marks that HarfBuzz raises keep their height out: a Word moves along the line only."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        han = long_mark(text) or buffer.script == "Hani"
        buffer.direction = "ltr"
        buffer.language = "zh-Hans" if han else "en"
        if han or buffer.script in (None, "Zyyy", "Zinh", "Zzzz"):
            buffer.script = "Hani" if han else "Latn"
        # a Chinese face draws these a whole em wide unless asked: `it’s` would read `it’ s` (C1)
        narrow = [[at, at + 1, True] for at, char in enumerate(text) if char in _QUOTES]
        hb.shape(self._font, buffer, {"pwid": narrow} if narrow else None)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        clusters = [info.cluster for info in infos]
        texts = [text[start:end] or _NO_WIDTH for start, end in zip(clusters, [*clusters[1:], len(text)])]
        shifts = [*[place.x_offset for place in places[1:]], 0]
        glyphs = []
        width = 0.0
        for info, place, shown, shift in zip(infos, places, texts, shifts):
            natural = self.advance(info.codepoint)
            move = round((place.x_advance - place.x_offset + shift) * self._scale - natural, 1)
            glyphs.append((info.codepoint, shown, move))
            width += natural + move
        word = Word(text, tuple(glyphs), round(width, 1))
        return _whole_ems(word) if long_mark(text) else word

    # --- embedding and cooking

    def charstrings(self, gids: set[int]) -> dict[int, bytes]:
        """Flattened charstrings of these glyphs and of the missing glyph."""
        subset, _ = self._subset(gids, _CFF_TABLES, hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.DESUBROUTINIZE)
        try:
            charstrings = cff.read(bytes(subset.reference_table("CFF ").data), self._face.upem)
        except cff.CFFError as fault:
            raise FaceError(f"`{self._path}` cannot be embedded: {fault}") from fault
        if len(charstrings) != len(gids | {0}):
            raise FaceError(f"`{self._path}` is damaged: only {len(charstrings)} of {len(gids)} glyphs have outlines")
        return dict(zip(sorted(gids | {0}), charstrings))

    def truetype(self, order: list[int]) -> tuple[bytes, bytes]:
        """A TrueType program with these glyphs and the CIDToGIDMap that gives `order[i]` the CID i + 1."""
        subset, plan = self._subset(set(order), _GLYF_TABLES, hb.SubsetFlags.DEFAULT)
        places = plan.old_to_new_glyph_mapping
        return bytes(subset.blob.data), b"\x00\x00" + b"".join([places[gid].to_bytes(2, "big") for gid in order])

    def _subset(self, gids: set[int], keep: frozenset[str], flags: hb.SubsetFlags) -> tuple[hb.Face, hb.SubsetPlan]:
        request = hb.SubsetInput()
        request.glyph_set.update(gids)
        request.unicode_set.clear()
        request.layout_feature_tag_set.clear()
        request.drop_table_tag_set.update([int.from_bytes(tag.encode("latin-1"), "big") for tag in self._tags - keep])
        every = hb.SubsetFlags
        flags |= every.NO_LAYOUT_CLOSURE | every.NO_BIDI_CLOSURE | every.NOTDEF_OUTLINE | every.NO_HINTING
        if "CFF2" in self._tags:
            flags |= every.DOWNGRADE_CFF2
        request.flags = flags
        if self._face.axis_infos:
            request.pin_all_axes_to_default(self._face)
            for tag, value in self._axes:
                request.pin_axis_location(self._face, tag, value)
        try:
            plan = hb.SubsetPlan(self._face, request)
            return plan.execute(), plan
        except (RuntimeError, hb.HarfBuzzError) as fault:
            raise FaceError(f"`{self._path}` is damaged: its outlines cannot be read") from fault

    @property
    def glyph_count(self) -> int:
        return int(self._face.glyph_count)

    def characters(self) -> list[int]:
        """All code points of the character map."""
        return list(self._face.unicodes)


def _tables_end(path: str, index: int) -> int:
    """Where the last table of a face ends by the file's own directory, which HarfBuzz does not insist on."""
    with open(path, "rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * index)
            start = int.from_bytes(file.read(4), "big")
        file.seek(start + 4)
        count = int.from_bytes(file.read(2), "big")
        file.seek(start + 12)
        entries = file.read(16 * count)
    return max([sum(unpack_from(">II", entries, at + 8)) for at in range(0, 16 * count, 16)], default=0)


def _whole_ems(word: Word) -> Word:
    """A dash or ellipsis that is just as many em long as it has characters.

    Most faces draw it so.  Where the strokes are shorter, those of a dash stay joined and the blank follows; where they are
    longer they overlap; the dots of an ellipsis are spread.  Source: clreq 3.1.9 (dash and ellipsis take two em).
    """
    lack = round(1000 * len(word.text) - word.width, 1)
    if not lack:
        return word
    glyphs = list(word.glyphs)
    spread = len(glyphs) if word.text[0] == "…" else 1
    share = round(lack / spread, 1)
    for at in range(len(glyphs) - spread, len(glyphs)):
        gid, text, move = glyphs[at]
        glyphs[at] = gid, text, round(move + share, 1)
    gid, text, move = glyphs[-1]
    glyphs[-1] = gid, text, round(move + lack - share * spread, 1)
    return Word(word.text, tuple(glyphs), 1000.0 * len(word.text))


def with_units_per_em(data: bytes, units: int) -> bytes:
    """A TrueType program whose `head` says another number of units, its checksums made right again.

    Source: OpenType 1.9, table directory and head (checkSumAdjustment).
    """
    out = bytearray(data)
    count = unpack_from(">H", data, 4)[0]
    for entry in range(12, 12 + 16 * count, 16):
        tag, _, start, size = unpack_from(">4sLLL", data, entry)
        if tag == b"head":
            pack_into(">H", out, start + 18, units)
            pack_into(">L", out, start + 8, 0)
            pack_into(">L", out, entry + 4, _checksum(out[start : start + size]))
            pack_into(">L", out, start + 8, (0xB1B0AFBA - _checksum(out)) & 0xFFFFFFFF)
    return bytes(out)


def _checksum(data: bytes | bytearray) -> int:
    """The sum of a table's big-endian words, modulo 2 to the 32."""
    padded = bytes(data) + bytes(-len(data) % 4)
    return int(sum(unpack_from(f">{len(padded) // 4}L", padded))) & 0xFFFFFFFF
