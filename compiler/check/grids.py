"""Data files that are no text in columns: XLSX, JSON → a `Sheet`.

In: a file the note names.  Out: the same rows of texts as from a CSV file.  Always: what a cell shows is what counts (2.06% is
2.06 per cent, a day is a day in either date system); each cell has a place: in XLSX the line is the row, and messages name
the cell as the program does.
"""

from __future__ import annotations

from ..diagnostics import SourceFile, Span
from .sheets import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..syntax import Scalar
    from .reader import Reader

LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes of a workbook; a packed bomb is larger
MOST_CELLS = 2_000_000  # of a sheet, empty ones too: a stray cell at the far corner would make 17,000,000,000 of them
MISSING = "--"


def grid(path: str, data: bytes, node: Scalar, reader: Reader) -> Sheet | None:
    """The sheet in a file's bytes, or None after a report."""
    name = reader.world.shown(path)
    rows = _workbook(data, node, reader) if path.lower().endswith(".xlsx") else _json(name, data, node, reader)
    return _sheet(name, rows, node, reader) if rows is not None else None


def _fault(reader: Reader, node: Scalar, words: str, tip: str = "", code: str = "data-unreadable") -> None:
    reader.report.error(code, f"`{node.value}` {words}", node.span, help=tip)


def _sheet(name: str, rows: list[list[str]], node: Scalar, reader: Reader) -> Sheet | None:
    """Rows of texts as a file that can be shown: a row a line, its cells parted by bars."""
    width = max([at + 1 for row in rows for at, text in enumerate(row) if text.strip()], default=0)
    if not width:
        reader.report.error("data-empty", f"`{node.value}` is empty", node.span)
        return None
    lines: list[str] = []
    records: list[list[tuple[str, int]]] = []
    at = 0
    for row in rows:
        cells = [" ".join(text.split()) for text in [*row, *[""] * width][:width]]
        line = " | ".join(cells)
        if any(cells):
            start = at
            record = []
            for text in cells:
                record.append((text, start))
                start += len(text) + 3
            records.append(record)
        lines.append(line)
        at += len(line) + 1
    file = SourceFile(name, "\n".join(lines))
    return Sheet(file, tuple([text for text, _ in records[0]]), records[1:], node)


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, node: Scalar, reader: Reader) -> list[list[str]] | None:
    """The first sheet of a workbook as it is shown."""
    import io
    import warnings
    import zipfile

    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum([item.file_size for item in archive.infolist()])
        if unpacked > LARGEST_UNPACKED:
            _fault(reader, node, f"unpacks to more than {LARGEST_UNPACKED >> 20} MB", "keep only the sheet the note needs")
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles it does not know
            shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
            written = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    except Exception as fault:  # zipfile, zlib and openpyxl raise whatever they meet in a damaged file
        _fault(reader, node, f"is no workbook that can be read: {fault}", "save it again as .xlsx, or as CSV")
        return None
    merged = [str(one) for one in written.merged_cells.ranges]
    if merged:
        _fault(reader, node, f"has merged cells: {', '.join(merged[:3])}", "part them, and fill each", "data-merged")
        return None
    if shown.max_row * shown.max_column > MOST_CELLS:
        corner = f"{shown.cell(shown.max_row, shown.max_column).coordinate}"
        _fault(reader, node, f"reaches down to {corner}", "delete the rows and columns that are not data, and save it again")
        return None
    rows = []
    for cells, formulas in zip(shown.iter_rows(), written.iter_rows()):
        row = []
        for cell, formula in zip(cells, formulas):
            if cell.value is None and formula.data_type == "f":
                tip = "open the workbook in a spreadsheet program and save it"
                _fault(reader, node, f"has a formula without a value in {formula.coordinate}", tip, "data-formula")
                return None
            row.append(_shown(cell))
        rows.append(row)
    return rows


def _shown(cell: Any) -> str:
    """A cell's text as its format shows it, with all its digits."""
    from datetime import date, datetime, time
    from decimal import Decimal

    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        if "%" in str(cell.number_format):
            number *= 100
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return _padded(text, str(cell.number_format)) + ("%" if "%" in str(cell.number_format) else "")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return MISSING if text in ("#N/A", "#NULL!") else text


def _padded(text: str, form: str) -> str:
    """Zeros at the end as the number's format shows them: 3.7 under 0.00 is 3.70."""
    fixed = form.split(";")[0].rstrip("%").partition(".")[2]
    places = len(fixed) if fixed and not fixed.strip("0") else 0
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(places, '0')}" if places else text


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(name: str, data: bytes, node: Scalar, reader: Reader) -> list[list[str]] | None:
    """A list of objects, or of lists of which the first names the columns; numbers as they are typed."""
    import json

    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, parse_float=str, parse_int=str)
    except UnicodeDecodeError:
        _fault(reader, node, "is not UTF-8")
        return None
    except json.JSONDecodeError as fault:
        span = Span(SourceFile(name, text), fault.pos, fault.pos + 1)
        reader.report.error("data-unreadable", f"this is no JSON: {fault.msg}", span, notes=((node.span, "named here"),))
        return None
    except RecursionError:
        _fault(reader, node, "is nested too deep")
        return None
    rows: list[list[object]] = []
    if isinstance(value, list) and value and all([isinstance(item, dict) for item in value]):
        names = list(dict.fromkeys([key for item in value for key in item]))
        rows = [list(names), *[[item.get(name) for name in names] for item in value]]
    elif isinstance(value, list) and value and all([isinstance(item, list) for item in value]):
        rows = value
    if not rows or any([isinstance(cell, dict | list) for row in rows for cell in row]):
        _fault(reader, node, "is no table", "write a list of objects, or of lists of which the first names the columns")
        return None
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
