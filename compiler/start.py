"""Where the command starts: the modules of a compile come out of one file, not out of seventy.

The import system looks for each module on disk, opens, reads and decodes it, and keeps locks: 5 of 120 ms of a cold compile.
`load` takes the code of `MODULES` from one entry of the user's cache and runs each module in order, 3 µs apart.  An entry holds
for one interpreter and one folder, and only while every source file has the size and the time it was made from, which is what
Python asks of its own byte code; otherwise the modules are imported as ever, and the entry is made anew when the work is done.
`CN_LEAN=0` in the environment switches it off.
"""

from __future__ import annotations

import gc
import os
import sys

from .world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

FOLDER = os.path.dirname(os.path.abspath(__file__))
KIND = "program"
_HEAD = 20  # bytes before the data: the digest of every cache entry, then a CRC, which takes 0.3 ms to check instead of 1.5

# What every build of a note imports, each after what it imports itself (a package after its modules where it imports them).
MODULES = (
    "record", "pattern", "diagnostics", "syntax.places", "syntax", "model", "words",
    "check.delimiters", "check.inline", "check.markdown", "check.reader", "check.tables", "check.alts", "check.blocks",
    "check.papers", "check.asked", "check.note", "check", "check.sources",
    "brand", "text.western", "text.breaking", "text.characters", "text.languages", "text.prepare", "text.items",
    "text.setting", "text.justify", "text", "text.cff", "text.outlines", "text.faces", "text.facepack",
    "layout", "layout.frames", "layout.flow", "layout.moving", "layout.columns", "layout.typeset", "layout.galley",
    "layout.closing", "layout.furniture", "layout.document", "layout.references", "pictures", "layout.exhibits", "layout.widths",
    "layout.tables", "pdf", "bundle", "pdf.objects", "pdf.metadata", "pdf.attachments", "pdf.images", "pdf.fonts", "pdf.paint",
    "lean", "pdf.pen", "pdf.structure", "pdf.write", "provenance", "pipeline", "cli",
)  # fmt: skip


def _builds(argv: list[str]) -> bool:
    """Whether the arguments name a note to read; anything else needs few of the modules."""
    return argv[:1] != ["verify"] and any([word == "-" or word.endswith((".yaml", ".yml")) for word in argv])


def _key() -> str:
    from zlib import crc32

    place = crc32(FOLDER.encode("utf-8", "surrogateescape"))
    return f"{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.flags.optimize}-{place:08x}"


def _files() -> list[tuple[str, str, int, int]]:
    """(name, path, size, time in ns) of each module's source.  Errors: OSError."""
    found = []
    for short in MODULES:
        path = os.path.join(FOLDER, *short.split(".")) + ".py"
        try:
            about = os.stat(path)
        except OSError:
            path = os.path.join(path[:-3], "__init__.py")
            about = os.stat(path)
        found.append((f"{__package__}.{short}", path, about.st_size, about.st_mtime_ns))
    return found


def load(world: World) -> bool:
    """Import `MODULES` out of the user's cache; False, and nothing imported, where there is no entry that holds."""
    from marshal import loads
    from zlib import crc32

    path = world.cache_path(KIND, _key())
    if path is None or f"{__package__}.cli" in sys.modules:
        return False
    try:
        with open(path, "rb") as file:
            entry = file.read()
        data = memoryview(entry)[_HEAD:]
        if crc32(data) != int.from_bytes(entry[_HEAD - 4 : _HEAD], "little"):
            return False
        names, files, codes, shapes = loads(data)
        if names != MODULES:
            return False
        for _, source, size, time in files:
            about = os.stat(source)
            if about.st_mtime_ns != time or about.st_size != size:
                return False
        _run(files, codes)
    except (OSError, ValueError, EOFError, TypeError):
        return False
    sys.modules[f"{__package__}.record"].shapes.update(shapes)
    return True


def _run(files: list[tuple[str, str, int, int]], codes: list[CodeType]) -> None:
    """Make each module as the import system would and run its code; on any fault none of them stays."""
    from _frozen_importlib import ModuleSpec  # `importlib.machinery` is a module more
    from _frozen_importlib_external import SourceFileLoader

    modules = sys.modules
    module_type = type(sys)
    try:
        for name, path, _, _ in files:
            module = modules[name] = module_type(name)
            loader = SourceFileLoader(name, path)
            is_package = path.endswith("__init__.py")
            spec = ModuleSpec(name, loader, origin=path, is_package=is_package)
            spec.has_location = True
            module.__spec__, module.__loader__, module.__file__ = spec, loader, path
            module.__package__ = spec.parent
            if is_package:
                module.__path__ = spec.submodule_search_locations = [os.path.dirname(path)]
        for (name, *_), code in zip(files, codes):
            module = modules[name]
            exec(code, module.__dict__)
            parent, _, leaf = name.rpartition(".")
            setattr(modules[parent], leaf, module)
    except BaseException:
        for name, *_ in files:
            modules.pop(name, None)
        raise


def keep(world: World) -> None:
    """Write the entry that `load` takes: the code of all modules as Python has it compiled, and the constructors of records."""
    from importlib.machinery import SourceFileLoader
    from marshal import dumps
    from zlib import crc32

    try:
        files = _files()
        codes = [SourceFileLoader(name, source).get_code(name) for name, source, _, _ in files]
    except (OSError, ImportError, SyntaxError):  # no sources: a zip file, say
        return
    data = dumps((MODULES, files, codes, sys.modules[f"{__package__}.record"].shapes))
    world.store(KIND, _key(), crc32(data).to_bytes(4, "little") + data)


def entry() -> None:
    """The console command.

    The collector is off and the process leaves without tearing the interpreter down: 12 ms of a cold compile, and right only
    here, where the process ends with the work.
    """
    gc.disable()
    code = 130  # interrupted
    try:
        world = World() if _builds(sys.argv[1:]) and os.environ.get("CN_LEAN") != "0" else None
        lacking = world is not None and not load(world)
        from .cli import command

        code = command()
        if world is not None and lacking:
            keep(world)
    except KeyboardInterrupt:
        pass
    os._exit(code)
