"""Every diagnostic code with its explanation.

In: nothing.  Out: `CODES`, read by `compile-note --explain` and by the test that wants each code raised by some case and no
code raised that is not here.  Never imported by a plain compile.
"""

from __future__ import annotations

from .record import Record


class Code(Record):
    """A code's one-line meaning and the paragraph `--explain` prints (why it is asked for, and how to mend it)."""

    summary: str
    explanation: str


CODES: dict[str, Code] = {
    # --- world: files and environment ----------------------------------------------------------------------------------
    "note-unreadable": Code(
        "the note's file cannot be opened",
        "The path does not exist, is a folder, or may not be read. Check the spelling and the "
        "permissions; `-` reads standard input. Exit code 3.",
    ),
    "output-unwritable": Code(
        "the PDF cannot be written",
        "The disk is full, the folder is read-only, or another program holds the file. Whatever stood "
        "there before is untouched: the PDF is written beside it and put in its place only when it is "
        "whole. Exit code 3.",
    ),
    "file-encoding": Code(
        "the file is not UTF-8",
        "Notes, brands and disclaimers are UTF-8 text. Files saved by older Chinese editors are often "
        "GBK: convert them with the editor's “save as UTF-8” or with `iconv -f gb18030 -t utf-8 old.yaml "
        "> new.yaml`.",
    ),
    "file-empty": Code(
        "the file holds nothing", "There is no text, or nothing but comments. `compile-note --help` shows a first note."
    ),
    "file-too-large": Code(
        "the file is larger than 8 MB",
        "A note is text; fifty weeklies in one file are under 1 MB. Keep data in CSV files and pictures in files of their own.",
    ),
    "file-character": Code(
        "a control character stands in the text",
        "Such characters come with text pasted from other programs, show nothing, and break PDF text extraction. Delete it.",
    ),
    # --- syntax: the YAML of a note or a brand -------------------------------------------------------------------------
    "yaml-syntax": Code(
        "the text is not YAML",
        "The carets stand where the parser gave up; the fault is there or just before. Most often: a `: "
        "` inside unquoted text (use quotes, or `|` and an indented block), a line that is not aligned "
        "with its neighbours, or a bracket or quote left open.",
    ),
    "yaml-tab": Code("a tab indents a line", "YAML indents with spaces only. Set the editor to insert spaces."),
    "yaml-duplicate-key": Code(
        "a key is given twice", "Most YAML readers would silently keep the last one; half a section could vanish. Keep one."
    ),
    "yaml-alias": Code(
        "an anchor, alias or merge key",
        "`&name`, `*name` and `<<` copy parts of a file. A note should read from top to bottom as it is "
        "printed, so they are refused. Text that starts with & or * belongs in quotes.",
    ),
    "yaml-comment": Code(
        "a value that is cut by a `#`",
        "In YAML a blank and # begin a comment: `title: 第 #3 期` is the title 第. Put such a text in quotes. A real comment "
        "has a blank after the #, and no warning.",
    ),
    "yaml-tag": Code(
        "a tag such as `!!int`",
        "Every value in a note is text: `000001`, `no` and `12:30` stay as typed. Tags have nothing to "
        "say. Text that starts with ! belongs in quotes.",
    ),
    "yaml-documents": Code("a second document in one file", "One file holds one note. Delete the `---` line, or split the file."),
    "yaml-depth": Code("collections nested too deeply", "A note needs about ten levels; the limit is sixty."),
    "yaml-key": Code("a key is not plain text", "Keys are words: `title: …`."),
    "front-matter": Code(
        "the head of a disclaimer is not closed or no mapping",
        "A disclaimer starts with `---`, lines like `title: 免责声明`, and `---` again.",
    ),
    # --- note: the schema and the inline language ----------------------------------------------------------------------
    "note-type": Code("a value has the wrong form", "The message says what is wanted there: text, a list, or a mapping."),
    "note-key": Code(
        "a key nobody reads",
        "Usually a slip of the hand; the nearest known key is suggested. Unknown keys are errors because "
        "their content would be lost in silence.",
    ),
    "note-missing": Code(
        "a required key is missing or empty", "A note needs `title`, `published`, `brand` and the four sections."
    ),
    "note-language": Code("`language` is no language tag", "Use a BCP 47 tag: `zh-CN`, `zh-Hant-TW`, `en`."),
    "date-form": Code(
        "a date is not written like 2024-01-02",
        "One form, so that no day can be read as a month. Full-width digits, slashes and 年月日 are "
        "recognised and the right form is suggested.",
    ),
    "date-unreal": Code("a day that does not exist", "Such as 2023-02-30."),
    "date-order": Code("a period ends before it begins", "Write the earlier day first."),
    "section-missing": Code(
        "one of the four sections is missing",
        "市场概况, 热点聚焦, 每周关注 and 每周一图 make the note. A section may be renamed: `市场概况: {title: 本周市场, body: "
        "…}`.",
    ),
    "section-empty": Code("a section without content", "Write it, or say in a sentence why there is nothing this week."),
    "block-unknown": Code(
        "a list item starts with no known block",
        "Blocks are text, or one of: text, heading, list, table, figure, chart, quote, view, break.",
    ),
    "figure-image": Code("a figure without `image`", "Name the picture's file; the path counts from the note's folder."),
    "figure-alt": Code(
        "a figure without a real alternative text",
        "Who cannot see the picture hears `alt`. It must say what the picture shows; a file name, `图 1`, "
        "`截图`, or the caption again, with its source or without, says nothing (ISO 14289-1, 7.3).",
    ),
    "figure-caption": Code("a figure without `caption`", "The caption says what the reader should take from the picture."),
    "figure-source": Code(
        "a figure without a source",
        "图片须注明资料来源。Add `source: <id>` with an id from `sources:`; for pictures of your own add "
        "`source-text: 本公司绘制` as well.",
    ),
    "figure-missing": Code(
        "the picture's file is not there", "The path counts from the note's folder, then from the note's root."
    ),
    "figure-outside": Code(
        "the picture lies outside the note's root",
        "A note must be complete in its folder, links followed; copy the picture in.",
    ),
    "table-source": Code("a captioned table without a source", "Numbers come from somewhere. Add `source: <id>`."),
    "table-data": Code("a table has both `rows` and `data`, or neither", "Give the rows in the note or name a CSV file."),
    "table-empty": Code("a table without rows", "Add rows or delete the table."),
    "table-row": Code(
        "a row with the wrong number of cells",
        'Each row has as many cells as there are columns; write "" for an empty one, and quote cells that hold a comma.',
    ),
    "table-column": Code(
        "a column that is not understood",
        "A column is a title, or a mapping with title, key, kind (text, number, change, spark), align, width (em) and bar.",
    ),
    "table-total": Code(
        "a total that is not the sum of its rows, or cannot be one",
        "A last row called 合计, 总计 or Total is held against the rows above it where its column holds amounts; shares, prices "
        "and changes are left alone. `total: 合计` reckons it, `total: {title: 平均, by: mean}` the mean.",
    ),
    "table-group": Code("a group without rows", "`- group: 宽基指数` heads the rows below it, up to the next group."),
    "table-summary": Code(
        "a table's summary that repeats its caption",
        "`summary:` is read aloud before the cells: how the table is built, and what to look for in it. It is not printed.",
    ),
    "table-highlight": Code("a row to be set off that is not there", "`highlight: [沪深 300]` names rows by their first cell."),
    "table-number": Code(
        "a cell without a digit in a column of numbers",
        "A warning: such words cannot stand at the decimal point. Write `--` for no value, or give the column `kind: text`.",
    ),
    "table-bars": Code(
        "bars of a column that has none",
        "`bars: [当周, 全年]` draws the numbers of one or two columns, named by key or title, once more behind the last column.",
    ),
    "table-too-wide": Code(
        "a table that does not fit its width",
        "With every cell broken, words at their smallest (four fifths, 7 pt) and the page on its side, if `turn` lets it be, the "
        "columns need more room still. Drop or shorten a column, or make two tables of it.",
    ),
    "chart-kind": Code(
        "a kind of chart that does not exist",
        "One of line, bar, timeline, column, area, scatter, pie, ring, candle. The nearest one is suggested. The kind stands "
        "behind `chart:` by itself; caption, data and series stand beside it.",
    ),
    "chart-alt": Code(
        "a chart without a real alternative text",
        "Who cannot see the chart hears `alt`. It must say what the chart shows: its kind, its axes, the values that matter; the "
        "caption again says nothing (ISO 14289-1, 7.3).",
    ),
    "chart-caption": Code("a chart without `caption`", "The caption says what the reader should take from the numbers."),
    "chart-source": Code(
        "a chart without a source", "图表须注明资料来源。Add `source: <id>`, and `source-text: 本公司绘制` where that is so."
    ),
    "chart-data": Code(
        "a chart has both `rows` and `data`, or neither", "Give the rows in the note or name a CSV file: `data: {csv: file.csv}`."
    ),
    "chart-empty": Code(
        "a chart without a number to draw", "There are no rows, or every value of a series is missing, or all slices are zero."
    ),
    "chart-number": Code(
        "a cell that is no number where one is drawn",
        "A chart draws numbers: digits with a point, thousands parted by threes, a sign before, % behind, full-width forms too. "
        "Nothing or `--` is a missing value and drawn as a gap. Units belong into `unit`; NaN and text are refused.",
    ),
    "chart-series": Code(
        "series that a chart of this kind cannot draw",
        "`series` names the columns to draw: one for a pie or ring, four for candles (open, high, low, close), six at most for "
        "the others. Several series need names.",
    ),
    "chart-second": Code(
        "a second axis that cannot be drawn",
        "`second: {series: [成交额], unit: 亿元}` reads some series of a line or column chart against an axis of its own at the "
        "right; over columns they are lines. It names series of this chart but not all of them, and each axis needs a unit. "
        "Charts of other kinds have one axis.",
    ),
    "chart-panels": Code(
        "a chart that cannot be drawn in panels",
        "`panels: true` draws each series of a line, area, column or bar chart in a small plot of its own, all to one scale; "
        "`panels: 行业` one for each value of that column. There are 2 to 12 panels, with 40 columns in each or 40 bars in all, "
        "without `stacked`, `whole`, `second` or `side`; each has one value for a name.",
    ),
    "chart-negative": Code(
        "a value below zero in a stack or a pie",
        "Parts of a whole cannot be less than nothing. Draw the values side by side: leave `stacked` out, or use `chart: bar`.",
    ),
    "chart-slices": Code(
        "a pie or ring of more than six slices", "Nobody compares seven angles. Join the smallest into 其他, or use `chart: bar`."
    ),
    "chart-order": Code(
        "days that are not in order",
        "Points along a time stand from the first day to the last, each day once, and nothing ends before it begins. Sort the "
        "rows.",
    ),
    "chart-prices": Code(
        "a day whose highest price is not the highest",
        "The four series of a candle chart come in the order open, high, low, close; on each day no price is over the highest or "
        "under the lowest.",
    ),
    "chart-large": Code(
        "more rows than a chart of this kind can show",
        "40 bars, 40 events, 120 columns and 250 candles are what can be told apart on a page. A line takes any number of "
        "points.",
    ),
    "chart-whole": Code(
        "a bar that is no part of its whole",
        "`whole: 100` draws each bar on a track as long as 100, for shares of something. It wants one series, not stacked, with "
        "values from 0 to the whole.",
    ),
    "chart-names": Code(
        "names that find no room under their columns",
        "A warning: columns without names cannot be read. Use `chart: bar`, where names stand beside the bars, or shorter names.",
    ),
    "data-missing": Code("the CSV file is not there", "The path counts from the note's folder, then from the note's root."),
    "data-outside": Code("the CSV file lies outside the note's root", "Copy it into the note's folder."),
    "data-unreadable": Code(
        "the CSV file cannot be read",
        "It may not be opened, is neither UTF-8 nor GB 18030, is larger than 8 MB, or parts its columns by semicolons or tabs. "
        "Save it from the spreadsheet as “CSV UTF-8”.",
    ),
    "data-empty": Code("the CSV file holds nothing", "The first line must name the columns."),
    "data-column": Code(
        "the CSV file has no such column, or two", "A column's `key` is its name in the first line of the file, given once there."
    ),
    "data-quote": Code(
        "a quotation mark in the CSV file that is never closed",
        'All that follows would be one cell. Close it; a mark inside a quoted cell is written twice: `"他说""好"""`.',
    ),
    "claim-date": Code("a day the calendar does not have", "2 月 30 日, 4 月 31 日."),
    "claim-weekday": Code(
        "a day on another weekday than the note says",
        "“12 月 26 日（周一）” was a Tuesday. A day without a year is the one nearest to `published`. "
        "“12 月 26 日（周二）” is right.",
    ),
    "claim-period": Code(
        "this week's day outside the note's period",
        "“本周三（12 月 20 日）” in a note of 12-25 to 12-29, or “12 月 29 日至 25 日”; a day after the publication, in a "
        "sentence that tells numbers of the data. “上周三（12 月 20 日）” is left alone, and so is what is to come (将, 预计, "
        "公布).",
    ),
    "claim-value": Code(
        "a number the data do not have",
        "“上证指数上涨 2.16%” where the row has 2.06. Held when every word between the row and the number is understood and no "
        "column it may mean has it. “上周上涨 2.16%” is left alone: the data say nothing of that week.",
    ),
    "claim-rounding": Code(
        "a number rounded the wrong way",
        "2.0649 is 2.06 or 2.1, not 2.07. Numbers round half up; “约 2%” is right as well, “约 3.68” for 3.6868 is cut off.",
    ),
    "claim-unit": Code(
        "the right digits in another unit",
        "437 万元 for 437 亿元; “上涨 2.06 个百分点” for a change of 2.06%; a difference of two shares in % where 个百分点 is "
        "meant.",
    ),
    "claim-about": Code(
        "超, 近, 约, 不足 or 多 against the value",
        "“超 440 亿元” is said of more, “不足” of less, “近” of a little less (down to 85 %), “约” within 5 % or as rounded, "
        "“400 多” of 400 to 500. “近 440 亿元” of 437 is right.",
    ),
    "claim-count": Code(
        "how many rose or fell",
        "“四个指数中三个上涨” where four did; 四涨两跌, 涨多跌少, 多数上涨, 规模超过千亿元的有三只, 仅 A 上涨. Held "
        "when the group is all rows of the data, or those of one kind (宽基, 城投债).",
    ),
    "claim-extreme": Code(
        "the largest that is not",
        "领涨, 涨幅居首, 跌幅最小, 成交额最大, 排名第二: the row before the word is not the one of the data. “之一” and "
        "“居前” are left alone.",
    ),
    "claim-order": Code(
        "one before another that is not",
        "“创业板指跑输沪深 300”, “跌幅小于”, “A 市值不及 B，股息率却更高”, “超过其余三家之和”, “依次为 A、B、C” against the "
        "data.",
    ),
    "claim-streak": Code(
        "so many in a row that are not",
        "“连续十年净买入”, “三连阳”, “连续两个月位于 50 以下”: the data show more, or fewer. A streak that reaches back to the "
        "first row may be longer.",
    ),
    "claim-record": Code(
        "a high or low that is none", "“创年内新高”, “为近五年最低”: another row of the stretch is higher or lower."
    ),
    "claim-multiple": Code(
        "翻倍, 三倍, 腰斩 against the data",
        "“是上年的 2.3 倍” where it is 3.3 times; 翻倍 is said of 1.95 to 3 times, “近三倍” of 2.4 to 3.",
    ),
    "claim-change": Code(
        "a way from one value to another that does not go there",
        "“从 4.20% 上调至 3.95%”, or “由 2.63% 下行至 2.55%，下行 10 个基点”, which is 8. Held without data too.",
    ),
    "claim-total": Code(
        "a sum or a mean that is not that of its terms", "合计, 共计, 累计, 平均, 日均 of the rows named, or of all of them."
    ),
    "claim-share": Code(
        "a share that the data reckon otherwise",
        "稳健添利占六只产品总规模的 36.9%: what it is of must be all rows by the words (六只产品, 全部产品), a row of the total, "
        "one other row, another column of the row (研发费用占营收的 6.8%), or a total the sentence has named before; "
        "占全市场的 8% is left alone.",
    ),
    "claim-twice": Code(
        "the same fact with two numbers",
        "The same words, of the same time, with another number and the same unit, said twice in a note. “约 70%” and "
        "71.2% agree.",
    ),
    "number-bare": Code(
        "a number nothing stands behind",
        "With `numbers: warn` or `strict` each number is bound to data, cited (in its sentence or paragraph), said "
        "elsewhere with one of these, exempt (a date, an article, a label, a name) or waived. `check --ledger` lists them all; "
        "`check` warns once where the note does not say what it asks.",
    ),
    "claims-waiver": Code(
        "a waiver of claims without a text, a reason or a name, or one that waives nothing",
        "`claims: {waive: [{text: 收涨, reason: 含息口径, name: 沈知远}]}` leaves claims in these words alone; `claims: warn`, "
        "in the note or the brand, makes all of them warnings.",
    ),
    "number-waiver": Code(
        "a waiver without a text, a reason or a name, or one that waives nothing",
        "`numbers: {mode: strict, waive: [{text: 60 日, reason: 草案原文, name: 沈知远}]}`",
    ),
    "data-merged": Code(
        "a workbook with merged cells", "One value for several rows cannot be told from missing ones. Part the cells, fill each."
    ),
    "data-formula": Code(
        "a workbook whose formulas have no values",
        "A program that wrote the workbook did not reckon it. Open it in a spreadsheet program and save it.",
    ),
    "data-twice": Code("two data of one name", "Each name under `data:` is given once, so that a path leads to one table."),
    "data-form": Code(
        "data without a file or rows, or with both", "`{file: a.csv}` or `{rows: [[名称, 值], [甲, 1]]}`, not both."
    ),
    "data-kind": Code("an unknown kind of column", "number, percent, currency, date or text."),
    "data-cell": Code(
        "a cell that is not of its column's kind",
        "A number has digits, threes parted by commas, a point and perhaps %; a day is 2023-12-29 or 2023/12/29; what is "
        "missing is `--` or nothing. At most three cells of a column are told.",
    ),
    "data-key": Code("two rows of one name", "The column of `key` names the rows, so each name stands there once."),
    "data-unused": Code("data nothing is bound to", "A warning. Write `{{ 名.行.列 }}`, or give them to a table or a chart."),
    "bind-form": Code(
        "braces that are no bound number",
        "`{{ 表.行.列 | 格式 }}`: a path, then formats. A name with a blank or a point goes in quotation marks; `\\{{` prints "
        "the signs themselves.",
    ),
    "bind-path": Code("a path that names no cell", "A number in a sentence is one cell: name its row, or take max, min, sum …"),
    "bind-table": Code("a path to data that are not there", "The first word of a path is a name under `data:`."),
    "bind-row": Code("a path to a row that is not there", "Rows are called by the column of `key`, or by number: `#1`."),
    "bind-column": Code("a path to a column that is not there", "Columns are called as in the first line of the file."),
    "bind-function": Code(
        "an unknown function, or one that cannot take this",
        "max, min, sum, mean, count and streak take a column, rank and row a cell, diff, ratio and change two numbers.",
    ),
    "bind-format": Code(
        "an unknown format, or one that does not fit",
        "pct, sign, abs, fixed 1, thousands, 万, 亿 and han are for numbers, iso, day and month for days.",
    ),
    "bind-missing": Code("a bound cell is empty", "A missing value is never printed as zero."),
    "bind-zero": Code("a division by zero", "ratio and change divide by their second number."),
    "claim-direction": Code(
        "a word of direction against the sign of the number behind it",
        "“上涨 {{ indices.深证成指.当周涨跌 | pct }}” with −3.29 in the data is refused; “下跌 {{ … | abs | pct }}” is "
        "right then. The same for a number typed, when it is clear which cell it is said of. “未上涨”, “有望上涨” are left "
        "alone.",
    ),
    "claim-all": Code(
        "“all rose” or “all fell” when one did not",
        "“主要指数集体收涨” is held against every row of the column: that of the bound number after it, or the only change the "
        "words can mean. A missing value counts for neither. “普涨” leaves room for a few.",
    ),
    "source-unknown": Code(
        "a citation of a source that is not listed", "`[@id]` names a key of `sources:`. The nearest one is suggested."
    ),
    "source-unused": Code(
        "a source nobody cites", "A warning: cite it or delete it, so that the list of references stays honest."
    ),
    "source-title": Code("a source without a title", "The list of references needs at least publisher and title."),
    "source-publisher": Code(
        "a source without publisher or authors",
        "A warning: the reader is not told whose word it is, and the line under a figure has no name to print. Add `publisher:`, "
        "or `authors:` for papers and books.",
    ),
    "source-kind": Code(
        "an unknown kind of source",
        "One of 官网, 公告, 法规, 数据库, 新闻, 报告, 论文; or 图书, 会议, 学位论文, 标准, 专利, 数据集, 软件, 其他. It "
        "decides the type code of GB/T 7714.",
    ),
    "source-dates": Code(
        "days of a source that cannot be",
        "A source read before it was published, or published after the note, is a slip in one of the days; read after the note "
        "is a warning. `date` is when the source was published or last changed, `accessed` when it was read.",
    ),
    "source-accessed": Code(
        "an address without the day it was read",
        "A warning: pages change, so GB/T 7714-2015 (4.6) wants the day beside the address. Add `accessed: 2023-12-29`. An "
        "address of doi.org does without.",
    ),
    "source-twice": Code(
        "an id of two sources",
        "Once under `sources:` and once in a file of `bibliography:`, or twice in the files. The note's own would be taken; "
        "rename or delete one, so that nobody has to know that.",
    ),
    "source-id": Code("an id that cannot stand in `[@id]`", "Use letters, digits, hyphen and underscore."),
    "as-of-late": Code("facts from after the note's day", "`as-of` of an exhibit is later than `published` of the note."),
    "as-of-old": Code(
        "facts older than the note allows",
        "`max-age: 7` in the head of a note allows the facts of its figures, tables and charts (`as-of`) to be seven days older "
        "than `published`.",
    ),
    "bibliography-missing": Code(
        "the file of sources is not there", "The path counts from the note's folder, then from the note's root."
    ),
    "bibliography-outside": Code("the file of sources lies outside the note's root", "Copy it into the note's folder."),
    "bibliography-unreadable": Code(
        "a file of sources that cannot be read",
        "It is neither .bib nor .json, may not be opened, is neither UTF-8 nor GB 18030, holds control characters, or is larger "
        "than 8 MB.",
    ),
    "bibliography-empty": Code("a file without a single source", "Nothing in it looks like an entry. Is it the right file?"),
    "bibliography-syntax": Code(
        "a file that is not BibTeX, or not CSL-JSON",
        "The carets stand at the brace, quotation mark or field that is wrong. An entry of BibTeX is `@book{key, title = {…}, "
        'year = 2023}`; CSL-JSON is a list: `[{"id": "…", "title": "…"}]`.',
    ),
    "bibliography-field": Code(
        "a field that cannot be understood",
        "A field given twice, an abbreviation no `@string` names, or an author without a name. Only cited entries are looked at.",
    ),
    "bibliography-date": Code(
        "a date that is none",
        'BibTeX: `date = {2023-12-29}`, or `year = 2023, month = dec`. CSL-JSON: `{"date-parts": [[2023, 12, 29]]}`. A year, or '
        "a year and a month, may stand alone, but not for the day something was read.",
    ),
    "bibliography-type": Code(
        "an unknown type of entry", "A warning: it is listed with the type code of what has no other, [Z] or [EB/OL]."
    ),
    "bibliography-command": Code(
        "a LaTeX command in a file of sources that is left out",
        "A warning: accents, letters and the usual signs are understood; write the character itself instead of another command.",
    ),
    "abbreviation-unused": Code(
        "a short form that stands nowhere",
        "A warning. `abbreviations` of a note are read aloud by their expansions where they stand as words of their own: ETF, "
        "not ETFs or C-ETF. Code, addresses and names between <u> and </u> are left alone. Those of a brand may go unused.",
    ),
    "abbreviation-empty": Code("a short form without an expansion", "Write what is to be heard: `ETF: 交易型开放式指数基金`."),
    "abbreviation-form": Code(
        "no short form, or one that is short for itself",
        "It has a letter, a digit or a Han character, and other words behind it.",
    ),
    "footnote-unknown": Code("a footnote that is not defined", "Define it on a line of its own: `[^id]: text`."),
    "footnote-unused": Code("a footnote nobody refers to", "A warning: its text would not be printed."),
    "footnote-duplicate": Code(
        "a footnote defined or referred to twice", "Give each place its own note; readers jump back from a note to one place."
    ),
    "footnote-nested": Code(
        "a footnote inside a footnote", "The foot of a page has one level. Put the words in brackets, or into the text."
    ),
    "footnote-empty": Code("a footnote that says nothing", "`^[]` or `[^id]:` without words. Write its text, or delete it."),
    "footnote-place": Code(
        "a footnote's definition where none can be",
        "A definition stands on a line of its own, such as `[^a]: 按收盘价计算。`, not behind the sign of a list item, where it "
        "would be printed as text.",
    ),
    "citation-form": Code(
        "a citation in full-width brackets",
        "A warning: `【@sse】` comes from a Chinese input method and is printed as it stands. Write `[@sse]`, all half-width.",
    ),
    "exhibit-id": Code("two tables or figures with one id", "An `id` names one exhibit of the note. Rename or delete one."),
    "block-depth": Code(
        "lists or quotations nested too deeply",
        "Four levels are what a reader can follow and a brand has indents for. Make the inner list one of its own.",
    ),
    "link-target": Code("a link that is no web or mail address", "Write it in full: https://… or mailto:…"),
    "markdown-unclosed": Code(
        "`**`, `^[` or `[@` without its partner",
        "A warning: the signs are printed as they stand. Close the stressed words, the footnote or the citation in the same "
        "paragraph, or write `\\*` for the sign itself. A blank inside the signs (`** 重点**`) also keeps them from pairing.",
    ),
    "markdown-heading": Code(
        "a heading level that a section does not have",
        "`#` would be the section itself, which comes from its key: use `##` for a topic, `###` and `####` below it. A blank "
        "follows the signs: `## 政策`, not `##政策`, which is a warning and printed as text.",
    ),
    "markdown-html": Code(
        "HTML in the text", "There is no HTML in a note but `<u>…</u>` for a proper name; other tags are printed as they stand."
    ),
    "markdown-image": Code(
        "`![…](…)` in a line of text",
        "Every picture needs an alternative text, a caption and a source, which Markdown cannot hold. Make the section a list "
        "and add `- figure: {image: …, alt: …, caption: …, source: …}`.",
    ),
    "markdown-rule": Code("a free horizontal rule", "Rules belong to the brand. For a new page use the block `break: page`."),
    "callout-content": Code(
        "something else than paragraphs in a view",
        "A view is a few sentences set large. Other blocks in it are set as ordinary text after it.",
    ),
    # --- brand ---------------------------------------------------------------------------------------------------------
    "brand-unknown": Code(
        "there is no brand of that name",
        "Brands are folders of assets/brands with a brand.yaml, in the note's root or shipped with the compiler.",
    ),
    "brand-unreadable": Code("the brand's file cannot be opened", "Check permissions. Exit code 3."),
    "brand-cycle": Code(
        "brands or styles that refer to one another in a circle", "`extends` and `like` must lead to something complete."
    ),
    "brand-key": Code("a key the brand does not know", "The nearest one is suggested."),
    "brand-missing": Code(
        "something a brand must say", "The message names the key. With `extends` only what differs need be said."
    ),
    "brand-type": Code("a value of the wrong form", "Lengths are points, colours and styles are names defined in the brand."),
    "brand-value": Code("a word or number that is not possible here", "What is possible is listed."),
    "brand-page": Code(
        "a column or the grid that does not fit the page",
        "The text and side columns stand beside one another on the page; `top` + `pitch` × `lines` ends above its lower edge.",
    ),
    "brand-colour": Code(
        "an unknown or ill-formed colour",
        '`colours:` maps roles to "#rrggbb" (in quotes: # starts a comment); everything else uses the roles.',
    ),
    "brand-face": Code("an unknown face or font role", "`faces:` names font files, `fonts:` names fallback chains of faces."),
    "brand-font": Code(
        "a font file that is not there",
        "Either the pip package that carries it is not installed, or the path (from the brand's folder) is wrong. Exit code 3.",
    ),
    "brand-language": Code(
        "a brand without faces for the note's language",
        "A warning: Chinese, Japanese and Korean write many characters each in a form of its own. `languages:` of the brand "
        "names the faces for each.",
    ),
    "brand-layout": Code(
        "a brand without that layout",
        "`--layout phone` reads `phone.yaml` beside brand.yaml, or beside that of the brand it extends; it says what differs "
        "from the brand's own page.",
    ),
    "brand-contrast": Code(
        "colours that are hard to read",
        "A warning. Text needs a contrast of 4.5:1 to what it stands on, lines and dots 3:1 (WCAG 2.2), and series next to each "
        "other must differ in grey, for a note is printed too.",
    ),
    "brand-style": Code("an unknown text style", "`styles:` defines them."),
    "brand-measure": Code(
        "the text column is no whole number of em",
        "Pure Han lines then need no stretching (TYPOGRAPHY J7). The nearest good width is suggested.",
    ),
    "brand-path": Code(
        "the logo's path data are not understood",
        "M, L, H, V, C, Q and Z with numbers, as in SVG; the carets stand at the first thing that is something else.",
    ),
    "font-unusable": Code(
        "a font file that cannot be used", "It is damaged, has no such index or axis, or forbids embedding. Exit code 3."
    ),
    # --- pictures ------------------------------------------------------------------------------------------------------
    "picture-missing": Code("the picture cannot be read", "Check permissions."),
    "picture-corrupt": Code(
        "the picture is damaged", "It ends early, or its data cannot be decoded. Export or download it again."
    ),
    "picture-too-large": Code(
        "the picture is too large",
        "More than 64 MB or 100 megapixels. Print needs 300 dots per inch: 2,100 pixels across a text column are plenty.",
    ),
    "picture-unsupported": Code(
        "no PNG, JPEG, WebP, SVG or PDF",
        "Told from the content, not from the name. SVG files must be complete in themselves: no scripts, "
        "no references to other files.",
    ),
    "picture-low-resolution": Code(
        "the picture has too few dots for its size",
        "Below 100 dots per inch it looks soft on paper. Give a larger one, a vector picture, or a smaller `width`.",
    ),
    "picture-words": Code(
        "words in the picture are too small to be read",
        "They are set as large as they have room for in the drawing, and are still under 6 points. Give the picture more width, "
        "its words more room, or fewer of them; on a phone it is as wide as the screen.",
    ),
    "picture-animated": Code("the picture moves", "Only its first frame can be printed. Export the frame you mean as a PNG."),
    "svg-unsupported": Code(
        "the SVG uses something that is left out", "The message names it. Export the picture as a PDF to keep it."
    ),
    # --- disclaimers ---------------------------------------------------------------------------------------------------
    "disclaimer-unknown": Code(
        "there is no disclaimer of that name",
        "Disclaimers are assets/disclaimers/<name>.md or .pdf, in the note's root or shipped.",
    ),
    "disclaimer-unreadable": Code(
        "the disclaimer's file cannot be opened or read as a PDF", "Ask compliance for the file again."
    ),
    "disclaimer-refused": Code(
        "a ready-made disclaimer that may not be merged",
        "A merged file must look and read the same everywhere for years: no encryption, no scripts, no forms, every font "
        "embedded. All reasons are listed at once; ask compliance for a plain PDF, best PDF/A.",
    ),
    "disclaimer-untagged": Code(
        "a ready-made disclaimer without tags",
        "A screen reader finds nothing in it. Compliance can save it tagged; or `alt:` says what it says, and its pages "
        "are merged as figures with that text.",
    ),
    "disclaimer-claim": Code(
        "a disclaimer with which the file can claim no standard",
        "A warning. A ready-made PDF is judged by what it holds, whatever it claims: a text and a width for each code of its "
        "fonts, no colours of four inks, no transfer functions, no smoothed pictures, tags in order. Where it fails, the whole "
        "file is made without a claim of PDF/A-3a and PDF/UA-1. What cannot be judged here, such as simple Type 1 fonts, is "
        "believed of files that claim PDF/A.",
    ),
    "disclaimer-head": Code(
        "a text disclaimer without head or title",
        "It starts with `---`, `title: …`, and optionally language, version, effective, expires, then `---`.",
    ),
    "disclaimer-empty": Code("a disclaimer without text", "There is nothing below its head."),
    "disclaimer-content": Code(
        "a block that two columns cannot hold",
        "In a brand that sets disclaimers in two columns, articles hold paragraphs only.",
    ),
    "disclaimer-not-in-force": Code(
        "the disclaimer is not in force on the day of publication",
        "`effective` and `expires` of its head are compared with `published` of the note.",
    ),
    # --- text and layout -----------------------------------------------------------------------------------------------
    "glyph-missing": Code(
        "a character no font of the brand has",
        "Nothing may vanish or print as a box, so this is an error. Write it another way, or add a face "
        "that has it to the brand's fallback chain.",
    ),
    "side-place": Code(
        "a side note or a small exhibit without a paragraph",
        "`[>词]: …` stands on a line of its own right after the paragraph whose words it explains, not after a list or heading; "
        "so does an exhibit with `side: true`.",
    ),
    "side-wide": Code(
        "an exhibit that is both wide and small", "`wide` takes the side column too, `side` takes nothing else. Choose one."
    ),
    "side-narrow": Code(
        "an exhibit that does not fit the side column",
        "A warning: a column of the table, a label of the chart or the words of the picture need more room than the side column "
        "has, so the exhibit stands in the text. Leave `side` out, or drop a column, shorten the names, enlarge the words.",
    ),
    "side-term": Code("a side note on words that are not there", "It stands level with the line that first says its term."),
    "side-empty": Code("a side note without words", "Write its text behind the colon."),
    "side-room": Code(
        "the side column is too full",
        "A warning: the side notes, small exhibits and credits of one page need more room than it has, so what found none stands "
        "under its paragraph instead. Shorten one, or move it to another paragraph.",
    ),
    "point-section": Code(
        "a key point or figure of no section",
        "`points` and `figures` speak of the four sections: 市场概况, 热点聚焦, 每周关注, 每周一图 (market, focus, watch, chart)",
    ),
    "point-empty": Code("a key point without words", "Write it, or leave it out."),
    "figure-wide": Code(
        "a key figure wider than its column",
        "A warning. A number set large has room for some six digits: round it, or use 万, 亿.",
    ),
    "score-low": Code(
        "the setting scores less than --min-score asks",
        "The score is 100 less what the faults in a hundred lines cost: a mark where a line may not start or end, an overfull "
        "line or a stranded heading 10 each, a split number, a widow or a last line of one character 5, a split name or an "
        "orphan 3, a last line under 2 em 1; and gaps stretched beyond 0.1 em, or a page left a quarter empty. The line "
        "breaker avoids all of them where the words allow it: rephrase, or move a figure or a page break.",
    ),
    "line-overfull": Code(
        "a line longer than its measure", "A long address or word cannot be broken. Rephrase, or shorten the address."
    ),
}
