"""Faces: what they measure, what they refuse, and that a face pack answers as HarfBuzz does."""

from __future__ import annotations

import contextlib
import os
import random
import string
import subprocess
import sys
import zlib

import pytest

from compiler.brand import FaceSpec
from compiler.text import cff, facepack, faces, outlines
from compiler.world import World
from smallfonts import build

WORLD = World(cache_dir="")
SERIF = WORLD.package_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
SANS = WORLD.package_file("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
VARIABLE = WORLD.package_file("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc")
LETTERS = string.ascii_letters * 2 + "fffiffl" + string.digits + string.punctuation + "–’‘“”°±×·€"


def load(path, index=0, axes=(), world=WORLD):
    """A face without a brand."""
    return faces.load(FaceSpec("test", path, index, axes), world)


@pytest.fixture(autouse=True)
def _forget():
    """Each test loads its faces anew."""
    faces._loaded.clear()
    yield
    faces._loaded.clear()


@pytest.fixture(scope="module")
def cooked(tmp_path_factory):
    """A world whose cache has the pack of the sans face."""
    world = World(cache_dir=str(tmp_path_factory.mktemp("cache")))
    faces._loaded.clear()
    assert not load(SANS, world=world).packed
    assert faces.cook_missing(world) == 1
    return world


# --- measures and words ----------------------------------------------------------------------------------------------


def test_a_face_says_what_the_font_says():
    """Metrics come in thousandths of an em, the typographic ascent and descent filling the em."""
    face = load(SERIF)
    assert (face.ps_name, face.kind, face.ascent, face.descent) == ("NotoSerifSC-Regular", "CFF", 880, -120)
    assert face.advance(face.gid(ord("国"))) == 1000
    assert face.gid(0x1F600) == 0


def test_the_same_face_is_loaded_once():
    """One file, index and set of axes is one object, so that the PDF embeds it once."""
    assert load(SANS) is load(SANS)
    assert load(VARIABLE, 2, (("wght", 400.0),)) is not load(VARIABLE, 2, (("wght", 700.0),))


def test_a_changed_file_is_a_new_face(tmp_path):
    """A long-running preview sees a font that was replaced."""
    path = build(str(tmp_path / "a.ttf"), {"A": 500})
    first = load(path)
    build(path, {"A": 500, "B": 600})
    second = load(path)
    assert (first.gid(ord("B")), second.gid(ord("B"))) == (0, 2)


def test_pinned_instances_have_names_of_their_own():
    """Two weights of one variable font must not look like one font to a reader."""
    names = {load(VARIABLE, 2, (("wght", weight),)).ps_name for weight in (300.0, 400.0, 700.0)}
    assert len(names) == 3


def test_a_ligature_keeps_its_letters():
    """The glyph for ffi carries the text ffi, so copying gives `office` back."""
    glyphs = load(SERIF).word("office").glyphs
    assert [text for _, text, _ in glyphs] == ["o", "ffi", "c", "e"]


@pytest.mark.parametrize("path", [SERIF, SANS])
def test_quotes_of_latin_words_are_narrow(path):
    """A Chinese face has its quotes a whole em wide; in Latin words they are a third of that (C1)."""
    face = load(path)
    for word in ("it’s", "“best”", "‘A’"):
        quotes = [face.advance(gid) + move for gid, text, move in face.word(word).glyphs if text in "‘’“”"]
        assert quotes
        assert max(quotes) < 500, word
    assert face.advance(face.gid(ord("”"))) == 1000, "between Han they keep their em"


@pytest.mark.parametrize("path", [SERIF, SANS])
def test_words_are_kerned(path):
    """A and V stand closer than their advances."""
    face = load(path)
    word = face.word("AV")
    assert word.glyphs[0][2] < 0
    assert word.width == pytest.approx(sum(face.advance(gid) + move for gid, _, move in word.glyphs))


@pytest.mark.parametrize("mark", ["——", "……"])
@pytest.mark.parametrize("axes", [(), (("wght", 700.0),)])
def test_dash_and_ellipsis_are_two_em(mark, axes):
    """A Chinese dash or ellipsis is just two em in every face (clreq 3.1.9)."""
    face = load(VARIABLE, 2, axes) if axes else load(SERIF)
    assert face.word(mark).width == 2000


@pytest.mark.parametrize(("advance", "moves"), [(894, [0, 212]), (1200, [0, -400])])
def test_a_short_or_long_dash_is_made_two_em(tmp_path, advance, moves):
    """Where the face's dash is another length its strokes stay joined and the unit is two em all the same."""
    word = load(build(str(tmp_path / "dash.ttf"), {"—": advance})).word("——")
    assert word.width == 2000
    assert [move for _, _, move in word.glyphs] == moves


def test_narrow_ellipses_are_spread(tmp_path):
    """The blank that two narrow ellipses leave goes behind each of them."""
    word = load(build(str(tmp_path / "dots.ttf"), {"…": 800})).word("……")
    assert [move for _, _, move in word.glyphs] == [200, 200]


# --- what is refused -------------------------------------------------------------------------------------------------


def refusal(path, index=0, axes=()):
    """Why a face is refused."""
    with pytest.raises(faces.FaceError) as caught:
        load(str(path), index, axes)
    return str(caught.value)


def test_what_is_no_font_is_refused(tmp_path):
    """A missing file, an empty one, a text and half a font each give a reason."""
    (tmp_path / "empty.otf").write_bytes(b"")
    (tmp_path / "text.otf").write_bytes(b"no font at all" * 100)
    with open(SANS, "rb") as file:
        (tmp_path / "half.otf").write_bytes(file.read(2_000_000))
    assert "cannot be read" in refusal(tmp_path / "none.otf")
    for name in ("empty", "text", "half"):
        assert f"{name}.otf`" in refusal(tmp_path / f"{name}.otf")


def test_a_wrong_index_or_axis_is_refused():
    """The message says what there is instead."""
    assert "5 faces" in refusal(VARIABLE, 5)
    assert "no axis `wdth`" in refusal(VARIABLE, 2, (("wdth", 100.0),))
    assert "from 100 to 900, not 1000" in refusal(VARIABLE, 2, (("wght", 1000.0),))
    assert "it has none" in refusal(SANS, 0, (("wght", 400.0),))


@pytest.mark.parametrize(
    ("fs_type", "refused"), [(0, False), (2, True), (4, False), (6, False), (8, False), (0x100, True), (0x200, True)]
)
def test_a_font_that_forbids_embedding_is_refused(tmp_path, fs_type, refused):
    """OS/2 fsType: restricted, not to be subset, bitmaps only; the least restrictive usage bit counts."""
    path = build(str(tmp_path / "a.ttf"), {"A": 500}, fs_type=fs_type)
    if refused:
        assert "forbids embedding" in refusal(path)
    else:
        assert load(path).gid(65) == 1


# --- programs --------------------------------------------------------------------------------------------------------


def test_a_glyph_may_come_twice():
    """Two characters that share a glyph get a CID each."""
    face = load(SANS)
    gid = face.gid(ord("中"))
    once, twice = (zlib.decompress(face.program(order).data) for order in ([gid], [gid, gid]))
    assert len(cff.read(twice, 1000)) == 3
    assert cff.read(twice, 1000)[1:] == cff.read(once, 1000)[1:] * 2


@pytest.mark.parametrize(("path", "index", "axes"), [(SERIF, 0, ()), (VARIABLE, 2, (("wght", 650.0),))])
def test_a_glyph_is_the_same_bytes_in_every_subset(path, index, axes):
    """What a glyph's program is does not depend on the others in the font."""
    file = load(path, index, axes).file
    few = file.charstrings(set(range(60, 90)))
    many = file.charstrings(set(range(40, 3000)))
    assert all(many[gid] == few[gid] for gid in few)


def test_a_damaged_cff_table_is_an_error_of_its_own():
    """Cutting a table short anywhere gives CFFError, nothing else."""
    table = zlib.decompress(load(SANS).program([100, 200, 300]).data)
    for length in range(0, len(table), 7):
        with contextlib.suppress(cff.CFFError):
            cff.read(table[:length], 1000)


@pytest.mark.parametrize("count", [0, 1, 3, 700])
def test_a_stream_of_outlines_unpacks_to_head_and_charstrings(count):
    """Any bytes, none, and many: what is put together is a sound zlib stream of them."""
    chance = random.Random(count)
    charstrings = [chance.randbytes(chance.choice((0, 1, 7, 200, 3000))) for _ in range(count)]
    for head in (b"", chance.randbytes(3000)):
        made = outlines.stream(head, [outlines.outline(one) for one in charstrings])
        assert zlib.decompress(made) == head + b"".join(charstrings)


def test_one_code_serves_all_faces():
    """It costs 3 % of a font at the most over a Huffman code of the font's own."""
    for path in (SERIF, SANS):
        face = load(path)
        charstrings = face.file.charstrings({face.gid(codepoint) for codepoint in range(0x4E00, 0x5200)}).values()
        packer = zlib.compressobj(6, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
        own = packer.compress(b"".join(charstrings)) + packer.flush()
        made = outlines.stream(b"", [outlines.outline(one) for one in charstrings])
        assert len(made) < 1.03 * len(own)


# --- face packs ------------------------------------------------------------------------------------------------------


def test_a_pack_measures_as_harfbuzz_does(cooked):
    """Facts, glyph ids and advances are the same with and without a pack."""
    packed = load(SANS, world=cooked)
    faces._loaded.clear()
    plain = load(SANS)
    assert packed.packed
    assert packed.facts == plain.facts
    chance = random.Random(1)
    characters = [chance.randrange(0x20, 0x2FFFF) for _ in range(5000)] + [0xB7, 0x2022, 0x30FB, 0xA0, 0x20BB7]
    gids = [plain.gid(codepoint) for codepoint in characters]
    assert [packed.gid(codepoint) for codepoint in characters] == gids
    assert [packed.advance(gid) for gid in gids] == [plain.advance(gid) for gid in gids]


def test_a_pack_shapes_as_harfbuzz_does(cooked):
    """Random plain words come out equal; so do dashes, ellipses and what the pack leaves to HarfBuzz."""
    packed = load(SANS, world=cooked)
    faces._loaded.clear()
    plain = load(SANS)
    chance = random.Random(2)
    words = ["".join(chance.choices(LETTERS, k=chance.randrange(1, 9))) for _ in range(3000)]
    for text in [*words, "——", "……", "—", "…", "office", "fffi", "it’s", "“A”", "café", "A—B", "Ωμέγα"]:
        assert packed.word(text) == plain.word(text)


def test_a_pack_cuts_the_same_program(cooked):
    """The embedded bytes do not tell whether there was a pack."""
    packed = load(SANS, world=cooked)
    assert packed.packed
    faces._loaded.clear()
    plain = load(SANS)
    order = [plain.gid(ord(char)) for char in "期货市场——……office·•・　中中"] + [plain.gid(ord("中"))]
    assert packed.program(order) == plain.program(order)


def test_plain_text_needs_no_harfbuzz(cooked):
    """With a pack, Han and plain Latin are set and embedded without importing uharfbuzz."""
    script = (
        "import sys\n"
        "from compiler.brand import FaceSpec\nfrom compiler.text import faces\nfrom compiler.world import World\n"
        f"face = faces.load(FaceSpec('t', {SANS!r}), World(cache_dir={cooked.cache_path('', '').rstrip(os.sep)!r}))\n"
        "face.word('office'); face.word('——')\n"
        "face.program([face.gid(ord(char)) for char in '期货市场'])\n"
        "print('uharfbuzz' in sys.modules)\n"
        "face.word('Ωμέγα')\n"
        "print('uharfbuzz' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("harm", ["short", "long", "head", "empty"])
def test_a_damaged_pack_is_as_good_as_none(cooked, tmp_path, harm):
    """A pack cut short, grown, or with a wrong byte in its head is not used."""
    face = load(SANS, world=cooked)
    [key] = faces._loaded
    with open(cooked.cache_path("faces", facepack._entry(key, cooked)), "rb") as file:
        data = bytearray(file.read())
    data = {"short": data[:-1], "long": data + b"x", "head": data[:100] + b"\xff" + data[101:], "empty": b""}[harm]
    world = World(cache_dir=str(tmp_path))
    path = world.cache_path("faces", facepack._entry(key, world))
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(data)
    faces._loaded.clear()
    again = load(SANS, world=world)
    assert not again.packed
    assert again.facts == face.facts


def test_a_cache_that_keeps_nothing_costs_nothing(tmp_path):
    """Without a cache, or with one that cannot be written, nothing is cooked."""
    load(SANS)
    assert faces.cook_missing(WORLD) == 0
    (tmp_path / "file").write_bytes(b"")
    assert faces.cook_missing(World(cache_dir=str(tmp_path / "file" / "cache"))) == 0


def test_truetype_faces_have_no_pack(tmp_path):
    """glyf outlines are cut by HarfBuzz every time."""
    world = World(cache_dir=str(tmp_path / "cache"))
    load(build(str(tmp_path / "a.ttf"), {"A": 500}), world=world)
    assert faces.cook_missing(world) == 0


def test_two_processes_may_cook_at_once(tmp_path):
    """Both finish, and what they leave is one sound pack."""
    script = (
        "from compiler.brand import FaceSpec\nfrom compiler.text import faces\nfrom compiler.world import World\n"
        f"world = World(cache_dir={str(tmp_path)!r})\n"
        f"faces.load(FaceSpec('t', {SANS!r}), world)\nfaces.cook_missing(world)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert load(SANS, world=World(cache_dir=str(tmp_path))).packed
    assert not [name for name in os.listdir(tmp_path / "faces") if name.endswith(".part")]
