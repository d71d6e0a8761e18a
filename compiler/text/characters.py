"""Character classes and the prohibition levels, as data.

In: a code point.  Out: its class, one letter, so that a paragraph's classes are a string that regular expressions can read.
Sources: clreq (Requirements for Chinese Text Layout) section 3.1, GB/T 15834-2011 5.1, UAX #14; the clause stands beside
each set.  Where sources disagree the choice is written beside the datum.
"""

from __future__ import annotations

HAN = "h"  # an ideograph or kana with a cell of 1 em
WIDE = "x"  # the same with another advance, or with a variation selector
SYMBOL = "f"  # wide, but takes no gap beside Latin: full-width letters, ①, ideographic space (clreq 3.2.2; TYPOGRAPHY A2)
ITERATION = "n"  # wide and never at a line start: 々 ー small kana ‼ (UAX #14 NS, CJ)
STOP = "s"  # pause and stop marks, ink at the left, blank at the right
CLOSE = "c"  # closing brackets and quotes, blank at the right
OPEN = "o"  # opening brackets and quotes, blank at the left
DASH = "d"  # —— and ……: 2 em, inseparable (GB/T 15834 5.1.6, 5.1.7)
MIDDLE = "i"  # interpunct · ・ ‧
CONNECTOR = "m"  # connectors ～ – and signs after a number ％ ℃: never at a line start, no stretch beside them
SOLIDUS = "l"  # full-width ／
PREFIX = "p"  # signs before a number, full width: never at a line end
WEST = "w"  # letters and digits of alphabets
WEST_MARK = "q"  # everything else that is set with them
NARROW_OPEN = "O"  # an opening mark without a blank of its own: ( [ and ‘ “ of a Latin face
NARROW_CLOSE = "C"  # a closing mark or stop without a blank of its own
HANGUL = "g"  # Hangul: wide, keeps its word spaces
SPACE = " "
HARD_SPACE = "b"  # NBSP, NNBSP: no break, kept
WIDE_SPACE = "u"  # the ideographic space: kept, stands outside the measure where a line ends (UAX #14 BA)
JOINER = "j"  # word joiner: not painted, no break
BREAKER = "z"  # zero-width space: not painted, a break after it
SOFT_HYPHEN = "y"  # not painted, but where a line ends in its word
MARK = "k"  # combining marks and variation selectors: belong to the character before
REGIONAL = "r"  # half a flag; `prepare` makes a symbol and a mark of each two (UAX #14 LB30a)
FORCED = "B"  # a forced break
NOTE = "K"  # the first character of a note mark: sticks to what is before (TYPOGRAPHY U7)
AFTER_NOTE = "v"  # the end of a note mark

LIGHT_STOPS = "，、；：．"  # shrunk before the full stops (TYPOGRAPHY J3 e)
HANGING = frozenset("，、。．")  # may stand outside the measure: clreq 3.1.6.3 names the stops at the corner of their cell
FULL_STOPS = "。！？"  # shrunk last (J3 g)
_MEMBERS = (
    (STOP, LIGHT_STOPS + FULL_STOPS),  # clreq 3.1.2; GB/T 15834 5.1.1
    (CLOSE, "’”）》〉」』】〗〕］｝〙〛｠〞〟"),  # clreq 3.1.4
    (OPEN, "‘“（《〈「『【〖〔［｛〘〚｟〝"),
    (DASH, "—…⋯⸺⸻―‥"),  # clreq 3.1.5; ― is what GBK text has for —
    (MIDDLE, "·・‧"),  # GB/T 15834 5.1.8
    (CONNECTOR, "～–〜％℃℉￠′″‐゠㎡㎥㎏㎎㎝㎜㎞㎖㏄"),  # clreq 3.1.5 connectors; UAX #14 PO
    (SOLIDUS, "／"),  # GB/T 15834 5.1.9
    (PREFIX, "￥￡＄￦№"),  # UAX #14 PR
    (ITERATION, "々〻ゝゞヽヾー〼‼⁇⁈⁉ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"),
    (NARROW_CLOSE, "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｡､｣･ﾞﾟ⁆‽․⸣⸥⸧⸩⟧⟩⟫⟭⟯❩❫❭❯❱❳❵"),  # UAX #14 CL, NS: half width and small forms
    (NARROW_OPEN, "﹙﹛﹝｢‚„¡¿⁅⸢⸤⸦⸨⟦⟨⟪⟬⟮❨❪❬❮❰❲❴"),  # UAX #14 OP
    (NARROW_CLOSE, "︐︑︒︓︔︕︖︘︶︸︺︼︾﹀﹂﹄﹈"),  # UAX #14 CL, NS: forms for vertical text
    (NARROW_OPEN, "︗︵︷︹︻︽︿﹁﹃﹇"),
    (HAN, "〇〆"),
    (SPACE, " \t\n\r\f\v"),
    (HARD_SPACE, "\u00a0\u202f\u2007"),
    (WIDE_SPACE, "\u3000"),
    (JOINER, "\u2060\ufeff"),
    (SOFT_HYPHEN, "\u00ad"),
    (BREAKER, "\u200b"),
    (FORCED, "\u2028\u2029\u0085"),
)
_RANGES = (
    (0x0300, 0x036F, MARK),
    (0x1AB0, 0x1AFF, MARK),
    (0x1DC0, 0x1DFF, MARK),
    (0x20D0, 0x20FF, MARK),
    (0x200C, 0x200F, MARK),
    (0x3099, 0x309A, MARK),
    (0xFE00, 0xFE0F, MARK),
    (0xFE20, 0xFE2F, MARK),
    (0xE0100, 0xE01EF, MARK),
    (0x1160, 0x11FF, MARK),  # vowels and finals of a Hangul syllable (UAX #14 LB26)
    (0xD7B0, 0xD7FB, MARK),
    (0x1F3FB, 0x1F3FF, MARK),  # the colour of an emoji's skin (LB30b)
    (0xE0020, 0xE007F, MARK),
    (0x1F1E6, 0x1F1FF, REGIONAL),
    (0x3041, 0x30FF, HAN),
    (0x31F0, 0x31FF, HAN),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xF900, 0xFAFF, HAN),
    (0x20000, 0x3FFFF, HAN),
    (0x2E80, 0x2FDF, HAN),
    (0xAC00, 0xD7A3, HANGUL),
    (0x1100, 0x11FF, HANGUL),
    (0x3130, 0x318F, HANGUL),
    (0xFFA0, 0xFFDC, HANGUL),
    (0xFF66, 0xFF9D, WIDE),
    (0x2460, 0x24FF, SYMBOL),
    (0x2600, 0x27BF, SYMBOL),
    (0x2190, 0x21FF, SYMBOL),
    (0x25A0, 0x25FF, SYMBOL),
    (0x3000, 0x33FF, SYMBOL),
    (0xFF01, 0xFFEE, SYMBOL),
    (0x1F000, 0x1FAFF, SYMBOL),
)
_NAMED = {ord(character): letter for letter, characters in _MEMBERS for character in characters}


def base_class(code: int) -> str:
    """The class of a code point in Chinese context, before its face and its neighbours have a say."""
    letter = _NAMED.get(code)
    if letter is not None:
        return letter
    if code < 0x300:
        return WEST if chr(code).isalnum() else WEST_MARK
    for first, last, letter in _RANGES:
        if first <= code <= last:
            return letter
    return WEST if chr(code).isalpha() or chr(code).isdecimal() else WEST_MARK


CHINESE = frozenset("hxfnscodilpu")  # beside these a typed ASCII space is not set (TYPOGRAPHY N2, N3)
AMBIGUOUS = "‘’“”—…·⋯′″–‐―‥"  # Chinese or Latin by their neighbours (TYPOGRAPHY C1)
AMBIGUOUS_MARKS = frozenset(AMBIGUOUS)
QUOTES = "‘’“”"

# Which ends of a Latin stretch take the gap to Han (TYPOGRAPHY A1 to A3): letters and digits do; so do the signs that begin or
# end a number or a name.
GAP_FIRST = "$€£¥+-−±#"
GAP_LAST = "%‰°+#′″"
# UAX #14 LB13 to LB15 and LB25 at the ends of a Latin stretch.
WEST_NO_START = ")]},.!?:;%‰°»›’”·/|'\"-*¡"
WEST_NO_END = "([{«‹“‘$€£¥¿\"'#"
# Note marks in plain text, which stick to what is before them and take no gap (TYPOGRAPHY U7, M3); `[1]` is another.
RAISED = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ†‡")
ROMAN = frozenset("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")  # as wide as an ideograph: no gap (A2), though they join letters: Ⅱb
CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿")

# Han words that count or measure what a number before them says: kept together when it costs little (TYPOGRAPHY U6).
MEASURES = frozenset("年月日号时点分秒亿万千百元角美港欧日倍个只家次名位项款类届期季周天起条件份吨米度成档轮批步股手页章节")
# Latin units: a space between a number and one of these does not break (TYPOGRAPHY U3).
_UNIT_NAMES = (
    "ns μs µs ms s min h d nm μm µm um mm cm m km mi ft in yd g kg mg μg µg t kt Mt lb oz L mL ml V mV kV A mA Ah mAh W mW kW"
    " MW GW TW Wh kWh MWh GWh TWh Wp kWp MWp GWp J kJ MJ GJ cal kcal N kN Ω kΩ MΩ F μF µF T mol lm lx ha Hz kHz MHz GHz THz"
    " B kB KB MB GB TB PB EB bit kb Mb Gb bp bps kbps Mbps Gbps FLOPS TFLOPS PFLOPS EFLOPS TOPS K °C °F Pa kPa MPa GPa dB px pt"
    " em fps rpm ppm ppb bbl % ‰ m² km² cm² mm² m³ cm³ USD CNY RMB HKD EUR JPY GBP"
)
UNITS = frozenset(_UNIT_NAMES.split())  # also one over another: km/h, GB/s


class Level:
    """A prohibition level: the classes that may not start a line and those that may not end one (clreq 3.1.7).

    `allowed` are the pairs of classes between which a line may break.
    """

    __slots__ = ("allowed", "name", "no_end", "no_start")

    def __init__(self, name: str, no_start: str, no_end: str) -> None:
        self.name = name
        self.no_start = frozenset(no_start + _NEVER_START)
        self.no_end = frozenset(no_end + _NEVER_END)
        self.allowed = frozenset(
            [
                before + after
                for before in _LETTERS
                for after in _LETTERS
                if before not in self.no_end and after not in self.no_start and before + after not in _JOINED
            ]
        )


_LETTERS = "hxfnscodmilpwqOCgkKvu "
_NEVER_START = "kuK "  # transparent characters, blanks and note marks, at every level
_NEVER_END = "u "  # after a blank the break has been recorded already
_JOINED = frozenset(("ww", "dd", "pw", "wC", "CC", "Cw"))  # U1, U2 and closing marks inside Latin
_BASIC_START = "scinmC" + SOLIDUS  # P1, P5; the Chinese text of clreq names the solidus too
_BASIC_END = "opO"  # P1, P6
_LEVELS = {
    "whole": (_LETTERS, _LETTERS),  # a line that is never broken: no entries but its ends, a third of the work
    "none": ("", ""),  # P4
    "basic": (_BASIC_START, _BASIC_END),
    "gb": (_BASIC_START, _BASIC_END + SOLIDUS),  # P2; GB/T 15834 5.1.9
    "strict": (_BASIC_START + DASH, _BASIC_END + SOLIDUS),  # P3
}


class _Levels(dict[str, Level]):
    """Levels by name, each made when it is first asked for: 0.1 ms of a cold compile apiece."""

    def __missing__(self, name: str) -> Level:
        level = self[name] = Level(name, *_LEVELS[name])
        return level


LEVELS = _Levels()
