"""Bound numbers: `{{ indices.沪深300.当周涨跌 | pct }}` → text.

In: what stands between the braces.  Out: the text to print and the value behind it.  Always: no code is run; a path, a few
functions and formats are all there is; every fault points at the wrong word.  Values are exact and round half up, as on
paper (house rule, 2026).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from ..claims.direction import contrary, exception
from ..data.rounding import rounded
from ..diagnostics import nearest
from ..model import Date
from ..pattern import later
from ..record import Record
from ..words import han_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..data.model import DataCell, DataTable
    from .inline import Passage
    from .reader import Reader

COLUMN_FUNCTIONS = ("max", "min", "sum", "mean", "count", "streak")
CELL_FUNCTIONS = {"diff": 2, "ratio": 2, "change": 2, "rank": 1, "row": 1}
FORMATS = ("pct", "sign", "abs", "fixed", "thousands", "万", "亿", "han", "iso", "day", "month")
MINUS = "\u2212"
_TOKEN = later(r'\s*(?:"([^"\n]*)"|([(),.|])|([^\s(),.|"{}]+))')
_SHIFTS = {"万": 4, "亿": 8}
_UNITS = {"元": 0, "万元": 4, "亿元": 8, "万": 4, "亿": 8}


class _Fault(Exception):
    """A word that is wrong, and why."""

    def __init__(self, code: str, message: str, start: int, end: int, tip: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.start = start
        self.end = end
        self.tip = tip


class _Token(Record):
    text: str
    start: int
    end: int
    sign: bool = False


class _Value(Record):
    """A value on its way to print.  `table`, `row` (its number), `column` where it is one cell, else -1; `text` as typed."""

    value: Decimal | Date | str
    decimals: int
    unit: str
    table: str = ""
    row: int = -1
    column: int = -1
    text: str = ""


class _Column(Record):
    """A whole column of a table."""

    table: DataTable
    column: int


def bound_text(passage: Passage, start: int, end: int, reader: Reader) -> str:
    """The text for the braces at `passage.text[start:end]`; "" after a report."""
    inner = passage.text[start + 2 : end - 2]
    try:
        return _Reading(passage.text, inner, start, reader).text()
    except _Fault as fault:
        span = passage.span(fault.start, fault.end)
        reader.report.error(fault.code, str(fault), span, help=fault.tip)
        return ""
    except _Contrary as fault:
        word = passage.span(*fault.place)
        notes = ((fault.cell.span, f"the data say {fault.cell.text}"),)
        told = (word.file.name, word.start)
        if told not in reader.told:  # 集体上涨 goes before several numbers
            reader.told.add(told)
            reader.report.error(fault.code, str(fault), word, notes=notes, help="turn the word round, or correct the data")
        return ""


class _Contrary(Exception):
    """A direction word against the sign of the value behind it."""

    def __init__(self, message: str, place: tuple[int, int], cell: DataCell, code: str = "claim-direction") -> None:
        super().__init__(message)
        self.place = place
        self.cell = cell
        self.code = code


class _Reading:
    """Reads one pair of braces."""

    def __init__(self, whole: str, inner: str, start: int, reader: Reader) -> None:
        self.whole = whole
        self.start = start
        self.base = start + 2
        self.reader = reader
        self.inner = inner
        self.tokens = self._tokens()
        self.at = 0

    def _tokens(self) -> list[_Token]:
        out = []
        at = 0
        while at < len(self.inner):
            found = _TOKEN.match(self.inner, at)
            if found is None or found.end() == at:
                rest = self.inner[at:]
                if not rest.strip():
                    break
                place = self.base + at + len(rest) - len(rest.lstrip())
                raise _Fault("bind-form", f"`{rest.strip()[0]}` has no meaning here", place, place + 1, FORM)
            kind = found.lastindex or 0
            first = self.base + found.start(kind) - (1 if kind == 1 else 0)
            last = self.base + found.end()
            out.append(_Token(found.group(kind), first, last, kind == 2))
            at = found.end()
        return out

    def text(self) -> str:
        """What is printed."""
        value = self._expression()
        if isinstance(value, _Column):
            raise self._fault("bind-path", "this names a whole column", self.tokens[0], f"name a row: `{value.table.id}.行.列`")
        names = []
        while self._is("|"):
            self.at += 1
            names.append(self._word("a format"))
            if self._peek() is not None and not self._is("|"):
                names.append(self._word("a number"))
        left = self._peek()
        if left is not None:
            raise self._fault("bind-form", f"`{left.text}` is one word too many", left, FORM)
        self._hold_direction(value)
        return _shown(value, names)

    def _hold_direction(self, value: _Value) -> None:
        """The direction word before the braces against the sign."""
        if not isinstance(value.value, Decimal) or value.column < 0:
            return
        table = self.reader.data[value.table]
        found = contrary(self.whole, self.start, value.value, table, value.column)
        if found is None:
            self._hold_all(table, value.column)
        else:
            cell = table.rows[value.row][value.column]
            name = table.rows[value.row][table.key].text if table.key >= 0 else ""
            word = self.whole[found[0] : found[1]]
            raise _Contrary(f"`{word}` is said of {value.text} ({name} {table.columns[value.column].key})", found, cell)

    def _hold_all(self, table: DataTable, column: int) -> None:
        """`集体上涨` before the braces against all rows, once."""
        found = exception(self.whole, self.start, table, column)
        if found is None:
            return
        start, end, row = found
        cell = table.rows[row][column]
        name = table.rows[row][table.key].text if table.key >= 0 else f"#{row + 1}"
        message = f"`{self.whole[start:end]}` is not true of all: {name} {cell.text}"
        raise _Contrary(message, (start, end), cell, "claim-all")

    # --- the grammar -------------------------------------------------------------------------------------------------

    def _peek(self, ahead: int = 0) -> _Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _is(self, sign: str, ahead: int = 0) -> bool:
        token = self._peek(ahead)
        return token is not None and token.sign and token.text == sign

    def _fault(self, code: str, message: str, token: _Token, tip: str = "") -> _Fault:
        return _Fault(code, message, token.start, token.end, tip)

    def _word(self, what: str) -> _Token:
        token = self._peek()
        if token is None or token.sign:
            place = token.start if token is not None else self.base + len(self.inner)
            raise _Fault("bind-form", f"{what} is missing here", place, place + 1, FORM)
        self.at += 1
        return token

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            token = self._peek()
            place = token.start if token is not None else self.base + len(self.inner)
            raise _Fault("bind-form", f"`{sign}` is missing here", place, place + 1, FORM)
        self.at += 1

    def _expression(self) -> _Value | _Column:
        first = self._word("a path")
        if not self._is("("):
            return self._path(first)
        self.at += 1
        known = (*COLUMN_FUNCTIONS, *CELL_FUNCTIONS)
        if first.text not in known:
            near = nearest(first.text, known)
            tip = f"did you mean `{near}`?" if near else f"there are: {', '.join(known)}"
            raise self._fault("bind-function", f"there is no function `{first.text}`", first, tip)
        arguments = [self._expression()]
        while self._is(","):
            self.at += 1
            arguments.append(self._expression())
        self._expect(")")
        return self._called(first, arguments)

    def _path(self, first: _Token) -> _Value | _Column:
        table = self.reader.data.get(first.text)
        if table is None:
            from .data import known_data

            near = nearest(first.text, list(self.reader.data))
            tip = f"did you mean `{near}`?" if near else f"data here: {known_data(self.reader)}"
            raise self._fault("bind-table", f"there are no data `{first.text}`", first, tip)
        self.reader.bound_to.add(table.id)
        self._expect(".")
        names = [self._word("a row or a column")]
        if self._is("."):
            self.at += 1
            names.append(self._word("a column"))
        stray = self._peek()
        if stray is not None and not stray.sign:
            raise self._fault("bind-form", f"`{stray.text}` follows a name without a point", stray, FORM)
        column = self._column(table, names[-1])
        if len(names) == 1:
            return _Column(table, column)
        return _cell(table, self._row(table, names[0]), column, names[0])

    def _column(self, table: DataTable, token: _Token) -> int:
        keys = [column.key for column in table.columns]
        if token.text not in keys:
            near = nearest(token.text, keys)
            tip = f"did you mean `{near}`?" if near else f"columns there: {', '.join(keys)}"
            raise self._fault("bind-column", f"`{table.id}` has no column `{token.text}`", token, tip)
        return keys.index(token.text)

    def _row(self, table: DataTable, token: _Token) -> int:
        if token.text.startswith("#") and token.text[1:].isascii() and token.text[1:].isdigit():
            number = int(token.text[1:])
            if 1 <= number <= len(table.rows):
                return number - 1
        names = [row[table.key].text for row in table.rows] if table.key >= 0 else []
        if token.text not in names:
            near = nearest(token.text, names)
            tip = f"did you mean `{near}`?" if near else f"rows there: {', '.join(names[:8]) or f'#1 to #{len(table.rows)}'}"
            raise self._fault("bind-row", f"`{table.id}` has no row `{token.text}`", token, tip)
        return names.index(token.text)

    # --- functions ---------------------------------------------------------------------------------------------------

    def _called(self, name: _Token, arguments: Sequence[_Value | _Column]) -> _Value:
        word = name.text
        wanted = 1 if word in COLUMN_FUNCTIONS else CELL_FUNCTIONS[word]
        if len(arguments) != wanted:
            raise self._fault("bind-function", f"`{word}` takes {wanted}, not {len(arguments)}", name)
        if word in COLUMN_FUNCTIONS:
            column = arguments[0]
            if not isinstance(column, _Column):
                raise self._fault("bind-function", f"`{word}` takes a column", name, f"write `{word}(表.列)`")
            return self._of_column(name, column)
        values = [value for value in arguments if isinstance(value, _Value)]
        if len(values) != wanted:
            raise self._fault("bind-function", f"`{word}` takes a cell, not a column", name)
        if word in ("row", "rank"):
            return self._of_cell(name, values[0])
        numbers = [value.value for value in values if isinstance(value.value, Decimal)]
        if len(numbers) != 2:
            raise self._fault("bind-function", f"`{word}` takes numbers", name)
        one, two = numbers
        decimals = max(value.decimals for value in values)
        if word == "diff":
            return _Value(one - two, decimals, values[0].unit)
        try:
            share = one / two if word == "ratio" else (one / two - 1) * 100
        except (DivisionByZero, InvalidOperation):
            raise self._fault("bind-zero", "this divides by zero", name) from None
        return _Value(share, 2, "" if word == "ratio" else "%")

    def _of_column(self, name: _Token, column: _Column) -> _Value:
        table, place, word = column.table, column.column, name.text
        about = table.columns[place]
        cells = [(row, cells[place].value) for row, cells in enumerate(table.rows)]
        if word == "count":
            return _Value(Decimal(len([value for _, value in cells if value is not None])), 0, "")
        numbers = [(row, value) for row, value in cells if isinstance(value, Decimal)]
        if not numbers:
            raise self._fault("bind-function", f"`{about.key}` has no numbers", name)
        if word in ("max", "min"):
            best = (max if word == "max" else min)([value for _, value in numbers])
            row = next(row for row, value in numbers if value == best)
            return _cell(table, row, place, name)
        if word == "streak":
            signs = [value > 0 for _, value in numbers]
            count = next((at for at, sign in enumerate(signs[::-1]) if sign != signs[-1]), len(signs))
            return _Value(Decimal(count), 0, "")
        total = sum([value for _, value in numbers], Decimal(0))
        return _Value(total if word == "sum" else total / len(numbers), about.decimals, about.unit)

    def _of_cell(self, name: _Token, value: _Value) -> _Value:
        if value.column < 0:
            raise self._fault("bind-function", f"`{name.text}` takes a cell of the data", name)
        table = self.reader.data[value.table]
        if name.text == "row":
            if table.key < 0:
                raise self._fault("bind-function", f"the rows of `{table.id}` have no names", name, "give the data a `key`")
            return _Value(table.rows[value.row][table.key].text, 0, "")
        numbers = [row[value.column].value for row in table.rows]
        above = [number for number in numbers if isinstance(number, Decimal) and number > value.value]  # type: ignore[operator]
        return _Value(Decimal(len(above) + 1), 0, "")


FORM = "write `{{ 表.行.列 | 格式 }}`; a name with a point or a blank goes in quotation marks"


def _cell(table: DataTable, row: int, column: int, token: _Token) -> _Value:
    cell, about = table.rows[row][column], table.columns[column]
    if cell.value is None:
        raise _Fault("bind-missing", f"this cell of `{table.id}` is empty", token.start, token.end, "bind another, or fill it in")
    decimals = len(cell.text.rstrip("%％ ").replace("．", ".").partition(".")[2]) if isinstance(cell.value, Decimal) else 0
    return _Value(cell.value, decimals, about.unit, table.id, row, column, cell.text)


# --- formats ---------------------------------------------------------------------------------------------------------


def _shown(value: _Value, names: Sequence[_Token]) -> str:
    """The value in the formats asked for, one after another; as typed without any."""
    if not names:
        if value.text:
            return value.text.replace("-", MINUS) if isinstance(value.value, Decimal) else value.text
        return _plain(value.value, value.decimals) if isinstance(value.value, Decimal) else str(value.value)
    number, decimals = value.value, value.decimals
    sign = grouped = han = percent = False
    at = 0
    while at < len(names):
        name = names[at]
        at += 1
        argument = None
        if at < len(names) and names[at].text.isascii() and names[at].text.isdigit():
            argument = int(names[at].text)
            at += 1
        if name.text not in FORMATS:
            near = nearest(name.text, FORMATS)
            tip = f"did you mean `{near}`?" if near else f"there are: {', '.join(FORMATS)}"
            raise _Fault("bind-format", f"there is no format `{name.text}`", name.start, name.end, tip)
        if name.text in ("iso", "day", "month"):
            return _date(number, name)
        if not isinstance(number, Decimal):
            raise _Fault("bind-format", f"`{name.text}` is for numbers", name.start, name.end)
        if name.text == "pct":
            percent, decimals = True, decimals if argument is None else argument
        elif name.text == "fixed":
            decimals = decimals if argument is None else argument
        elif name.text == "abs":
            number = abs(number)
        elif name.text in _SHIFTS:
            shift = _SHIFTS[name.text] - _UNITS.get(value.unit, 0)
            number = number.scaleb(-shift)
            decimals = _places(number) if argument is None else argument
        sign = sign or name.text == "sign"
        grouped = grouped or name.text == "thousands"
        han = han or name.text == "han"
    assert isinstance(number, Decimal)
    if han:
        whole = int(number.to_integral_value(ROUND_HALF_UP))
        if not 0 < whole < 100:
            last = names[-1]
            raise _Fault("bind-format", f"`han` writes numbers from 1 to 99, not {whole}", last.start, last.end)
        return han_number(whole)
    return _plain(number, decimals, sign=sign, grouped=grouped) + ("%" if percent else "")


def _places(number: Decimal) -> int:
    """Its decimals, zeros at the end not counted."""
    return max(-int(number.normalize().as_tuple().exponent), 0)


def _plain(number: Decimal, decimals: int, *, sign: bool = False, grouped: bool = False) -> str:
    shown = rounded(number, decimals)
    text = f"{shown.copy_abs():,f}" if grouped else f"{shown.copy_abs():f}"
    return (MINUS if shown < 0 else "+" if sign and shown > 0 else "") + text


def _date(value: object, name: _Token) -> str:
    if not isinstance(value, Date):
        raise _Fault("bind-format", f"`{name.text}` is for days", name.start, name.end)
    if name.text == "iso":
        return value.iso
    return f"{value.month} 月 {value.day} 日" if name.text == "day" else f"{value.year} 年 {value.month} 月"
