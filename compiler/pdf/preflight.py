"""Whether a ready-made PDF may be merged: every reason against it, at once.

In: an opened file.  Out: reasons, in words for compliance.  Rules: ISO 19005-3, 6.1.3 (encryption), 6.2.11.4 (embedded fonts),
6.4 (forms), 6.5 (actions); house rule, 2023: nothing that runs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

RUNNING = {
    "/JavaScript": "JavaScript",
    "/Launch": "an action that starts a program",
    "/ImportData": "an action that imports data",
    "/SubmitForm": "an action that sends a form",
    "/ResetForm": "an action that resets a form",
    "/Rendition": "an action that plays media",
}
DEEPEST = 50  # nested forms, actions and bookmarks; more is a circle or an attack


def reasons_against(reader: Any) -> list[str]:
    """Why the file is refused; empty when it may be merged.  The file is not encrypted and has pages."""
    root = reader.trailer["/Root"].get_object()
    found: list[str] = []
    names = _got(root.get("/Names"))
    if names and names.get("/JavaScript"):
        found.append("it holds JavaScript")
    for place, holder in _action_holders(reader, root):
        for kind in _kinds(holder):
            found.append(f"{place} holds {RUNNING[kind]}")
    form = _got(root.get("/AcroForm"))
    if form and (form.get("/Fields") or form.get("/XFA")):
        found.append("it has form fields")
    if _hidden(reader, root):
        found.append("parts of its pages are in layers that are hidden, or shown on some occasions only")
    found += [f"page {index} has no size a page can have" for index, page in enumerate(reader.pages, 1) if not _sized(page)]
    if _circles(root):
        found.append("its structure runs in a circle")
    for font in sorted(_loose_fonts(reader)):
        found.append(f"the font {font} is not embedded")
    return list(dict.fromkeys(found))


SMALLEST, LARGEST = 3.0, 14_400.0  # points (ISO 32000-1, annex C.2)


def _sized(page: Any) -> bool:
    """Whether a page's boxes are four numbers of a size viewers can show."""
    try:
        for box in (page.mediabox, page.cropbox):
            left, bottom, right, top = (float(edge) for edge in box)
            if not (SMALLEST <= abs(right - left) <= LARGEST and SMALLEST <= abs(top - bottom) <= LARGEST):
                return False
    except (TypeError, ValueError):
        return False
    return not any([isinstance(_got(edge), str) for edge in list.__iter__(page.mediabox)])


def _hidden(reader: Any, root: Any) -> bool:
    """Whether what is shown depends on layers (ISO 32000-1, 8.11): merged, without their settings, all would be shown."""
    layers = _got(root.get("/OCProperties"))
    settings = _got(layers.get("/D")) if isinstance(layers, dict) else None
    if not isinstance(settings, dict):
        return False
    if _got(settings.get("/OFF")) or _got(settings.get("/AS")) or settings.get("/BaseState", "/ON") != "/ON":
        return True
    named = [_got((_got(page.get("/Resources")) or {}).get("/Properties")) or {} for page in reader.pages]
    groups = [_got(value) for properties in named for value in properties.values()]
    return any([isinstance(one, dict) and ("/VE" in one or one.get("/P") in ("/AllOff", "/AnyOff")) for one in groups])


def _circles(root: Any) -> bool:
    """Whether an element of the structure stands below itself, or in two places."""
    tree = _got(root.get("/StructTreeRoot"))
    stack = [tree.get("/K")] if isinstance(tree, dict) else []
    seen: set[int] = set()
    while stack:
        one = _got(stack.pop())
        if isinstance(one, list):
            stack += list.__iter__(one)
        elif isinstance(one, dict) and "/S" in one:
            if id(one) in seen:
                return True
            seen.add(id(one))
            stack.append(one.get("/K"))
    return False


def _got(value: Any) -> Any:
    return value.get_object() if value is not None else None


def _annotations(page: Any) -> list[Any]:
    """A page's annotations; what stands among them and is none is left out."""
    found = _got(page.get("/Annots"))
    return [one for one in map(_got, found if isinstance(found, list) else ()) if isinstance(one, dict)]


def _action_holders(reader: Any, root: Any) -> Iterator[tuple[str, Any]]:
    """(place, dictionary) of everything that may hold actions."""
    yield "the file", root
    for index, page in enumerate(reader.pages, 1):
        yield f"page {index}", page
        for annotation in _annotations(page):
            yield f"page {index}", annotation
    stack = [_got(_got(root.get("/Outlines") or {}).get("/First"))] if root.get("/Outlines") else []
    seen: set[int] = set()
    while stack:
        item = stack.pop()
        if not isinstance(item, dict) or id(item) in seen:
            continue
        seen.add(id(item))
        yield "a bookmark", item
        stack += [_got(item.get("/First")), _got(item.get("/Next"))]


def _kinds(holder: Any) -> Iterator[str]:
    """Kinds of running actions a dictionary starts, chains followed."""
    starts = [_got(holder.get("/OpenAction")), _got(holder.get("/A"))]
    extra = _got(holder.get("/AA"))
    if isinstance(extra, dict):
        starts += [_got(value) for value in extra.values()]
    depth = 0
    while starts and depth < DEEPEST * 10:
        depth += 1
        action = starts.pop()
        if isinstance(action, list):
            starts += [_got(item) for item in action]
        elif isinstance(action, dict):
            kind = str(action.get("/S"))
            if kind in RUNNING:
                yield kind
            if action.get("/Next") is not None:
                starts.append(_got(action.get("/Next")))


def _loose_fonts(reader: Any) -> set[str]:
    """Names of fonts whose program is not in the file."""
    loose: set[str] = set()
    seen: set[int] = set()
    stack: list[tuple[Any, int]] = []
    for page in reader.pages:
        stack.append((_got(page.get("/Resources")), 0))
        for annotation in _annotations(page):
            looks = _got(annotation.get("/AP"))
            if isinstance(looks, dict):
                stack += [(_got(_got(look).get("/Resources")), 1) for look in looks.values() if isinstance(_got(look), dict)]
    while stack:
        resources, depth = stack.pop()
        if not isinstance(resources, dict) or id(resources) in seen or depth > DEEPEST:
            continue
        seen.add(id(resources))
        for font in (_got(resources.get("/Font")) or {}).values():
            font = _got(font)
            if isinstance(font, dict) and not _embedded(font):
                loose.add(str(font.get("/BaseFont", "without a name")).lstrip("/"))
        for kind in ("/XObject", "/Pattern"):
            for item in (_got(resources.get(kind)) or {}).values():
                item = _got(item)
                if isinstance(item, dict) and item.get("/Resources") is not None:
                    stack.append((_got(item.get("/Resources")), depth + 1))
    return loose


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    if font.get("/Subtype") == "/Type0":
        kids = _got(font.get("/DescendantFonts"))
        font = _got(kids[0]) if kids else {}
    descriptor = _got(font.get("/FontDescriptor"))
    return isinstance(descriptor, dict) and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
