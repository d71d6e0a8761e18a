"""What a note's prose says in numbers, and what stands behind it: the ledger, and claims held against the data.

`ledger` lists the numbers, `direction` looks at the word before a bound one. `passages` holds what is said, in five stages:

Tables, as prose speaks of them: `headings`, `dated` and `completed` read the heads, `transposed` and `time_columns` turn
tables that lie on their side, `column_kinds` and `names` say what a column holds and is called (`synonyms`), `subjects` puts
them together, `book` indexes all of a note.

Words: `reading` gives the plain text in sentences and clauses, `lexicon`, `superlatives`, `quantities`, `numerals` and
`times` the words that matter, `tokens` finds them with the names of the book, helped by `aliases`, `lists`, `aligned`,
`pointed`, `qualified` and `shadowed`; `adopted` learns what the note itself calls a table's matter.

Clauses: `scene` says what each is about, and what it goes on with (`carry`).

What is meant: rows (`rows`, `groups`, `kinds`, `domains`, `sides`, `signed`, `wholes`), columns (`columns`, `pools`, `pairs`,
`courses`), times (`spans`, `steps`), and the cells a number may be said of (`options`, by what stands `beside` it; not where
it is `reckoned` from others).

Checks, each a `hold_…` that yields `findings`: of one number (`values`, `origins`, `arrivals`, `dates`, `breadth`), of two or
a row's others (`orders`, `said_order`, `next_to`, `against`, `two_columns`, `gaps`, `places`), of many rows (`ranks`,
`extremes` and `placed_by`, `parts`, `only`, `limits`, `polarity`, `sums`, `together`, `portions`, `shares`), of a course
(`series`, `streaks`, `weeks`, `multiples`, `ends`, `turns`, `stepwise`, `stretches`, `tallies`, `which_time`), of the note
against itself (`said`, `twice`). What makes a finding doubtful (`strangers`, `contrary`) is asked last.
"""
