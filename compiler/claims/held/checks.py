"""What a clause is held against: all checks, in the order in which the first to speak of a word is the one that is told.

In: a clause, the book, its sentence so far.  Out: findings.  Always: the parts of a whole and shares are imported where a clause
has words for them.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.beside import of_ratio
from ..words.quantities import THINGS
from .added import hold_added
from .against import hold_against
from .arrivals import hold_arrivals
from .beyond import hold_beyond
from .both_columns import hold_both_columns
from .by_week import hold_by_week
from .column_sums import hold_column_sums
from .dates import hold_days
from .gaps import hold_gaps
from .gradual import hold_gradual
from .limits import hold_limits
from .multiples import hold_multiples
from .only import hold_only
from .over_then import hold_over_then
from .paces import hold_paces
from .places import hold_places
from .polarity import hold_polarity
from .quarters import hold_listed_sums, hold_quarters
from .ranks import hold_groups
from .series import hold_records
from .signs import hold_signs
from .spread import hold_spread
from .stepwise import hold_steps
from .streaks import hold_streaks
from .stretches import hold_stretches
from .sum_order import hold_sum_order
from .sums import hold_sums
from .tallies import hold_tallies
from .together import hold_together
from .two_columns import hold_two_columns
from .weeks import hold_weeks
from .which_time import hold_times
from .widened import hold_widened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from .findings import Finding

    Check = Callable[[Scene, Book, Sequence[Scene]], Iterator[Finding]]

TWO = 2  # times, of which none is the highest there has been
_OF_PARTS = later(rf"前[二三四五六七八九十\d]|之一|其中|唯一|的[\d二两三四五六七八九十]+[{THINGS}]")


def _of_clause(check: Callable[[Scene, Book], Iterator[Finding]]) -> Check:
    """A check that asks for no more than the clause."""
    return lambda scene, book, _: check(scene, book)


def _shares(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    if any([word in scene.words for word in ("占", "相当于", "贡献")]):
        from .part_of_named import hold_parts_of_named
        from .shares import hold_shares

        yield from hold_shares(scene, book, sentence)
        yield from hold_parts_of_named(scene, book, sentence)


def _parts_and_groups(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    if of_ratio(scene, book):
        return  # 净利润率最高的是…
    if _OF_PARTS.search(scene.words) or (len(sentence) > 1 and _OF_PARTS.search(sentence[-2].words)):
        from .parts import hold_parts

        yield from hold_parts(scene, book, sentence)
    yield from hold_groups(scene, book, sentence)


def _records_of_course(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    if len(book.sheets[0].times) > TWO or "最" not in scene.words:
        yield from hold_records(scene, book, sentence)


# What a clause is held against, in the order in which the first to speak of a word is the one that is told.
CHECKS: tuple[Check, ...] = (
    hold_sums,
    hold_column_sums,
    hold_sum_order,
    hold_added,
    hold_quarters,
    _of_clause(hold_listed_sums),
    _of_clause(hold_together),
    _of_clause(hold_stretches),
    _of_clause(hold_arrivals),
    _shares,
    hold_streaks,
    hold_records,
    _of_clause(hold_gradual),
    _of_clause(hold_weeks),
    _of_clause(hold_steps),
    hold_multiples,
    _of_clause(hold_days),
    _of_clause(hold_beyond),
    _of_clause(hold_tallies),
    hold_times,
    hold_limits,
    hold_against,
    hold_places,
    _of_clause(hold_two_columns),
    _of_clause(hold_both_columns),
    hold_only,
    hold_gaps,
    _of_clause(hold_widened),
    _of_clause(hold_spread),
    _of_clause(hold_paces),
    hold_over_then,
    _of_clause(hold_by_week),
    _parts_and_groups,
    hold_polarity,
    _of_clause(hold_signs),
)
# The same for the course of one row in a table whose columns are times.
OF_COURSES: tuple[Check, ...] = (
    hold_sums,
    hold_streaks,
    _records_of_course,
    hold_multiples,
    _of_clause(hold_beyond),
    _of_clause(hold_tallies),
    hold_times,
    _of_clause(hold_by_week),
    _of_clause(hold_gradual),
    _of_clause(hold_paces),
    hold_over_then,
    _of_clause(hold_stretches),
    _of_clause(hold_two_columns),
    _of_clause(hold_both_columns),
)
