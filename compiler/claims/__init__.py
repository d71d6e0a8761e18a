"""What a note's prose says in numbers, and what stands behind it: the ledger, and claims held against the data.

`ledger` lists the numbers, `direction` looks at the word before a bound one, `passages` holds what is said, in five stages,
a folder each:

`words`: `reading` gives the plain text in sentences and clauses; `lexicon`, `superlatives`, `quantities`, `numerals` and
`times` are the words that matter, `synonyms` other words for them.

`tables`: `headings`, `dated` and `completed` read the heads, `transposed` and `time_columns` turn tables that lie on their
side, `column_kinds` and `names` say what a column holds and is called, `subjects` puts them together, `book` indexes all of a
note, and finds the names in prose by `aliases`, `lists`, `aligned`, `monies`, `initials`, `owners`
and `priced`.

`clauses`: `tokens` finds the words and the names of a clause, helped by `pointed`, `qualified`, `shadowed` and
`growth`; `adopted` learns what the note itself calls a table's matter; `scene` says what each clause is about, and `carry`
what it goes on with.

`meant`: rows (`rows`, `groups`, `kinds`, `domains`, `excepted`, `sides`, `signed`, `wholes`), columns (`columns`, `pools`,
`pairs`, `courses`), times (`spans`, `steps`), and the cells a number may be said of (`options`, by what stands `beside` it,
`moved` on a day, or as `paired` with the names of a list; by which of the `verbs`, not where it is `reckoned` from others).

`held`: the checks, each a `hold_…` that yields `findings`, listed in `checks`: of one number (`values`, `origins`, `arrivals`,
`dates`, `beyond`, `breadth`), of two or a row's others (`orders`, `said_order`, `next_to`, `against`, `two_columns`,
`both_columns`, `gaps`, `over_then`, `spread`, `widened`, `places`), of many rows (`ranks`, `extremes`, `placed_by` and
`not_ranked`, `parts`, `only`, `limits`, `polarity`, `signs`, `sums` and `slips`, `sum_order`, `column_sums`, `added`,
`together`, `quarters`, `portions`, `shares`, `part_of_named`), of a course (`series`, `streaks`, `weeks`, `by_week`, `paces`,
`multiples`, `ends`, `turns`, `stepwise`, `gradual`, `stretches`, `tallies` and `moves`, `which_time`), of the note against
itself (`said`, `twice`, `reckonings`). What makes a finding doubtful (`strangers`, and `contrary` of the words) is asked last.
`reach` tells of each claim whether any of these would object to its contrary.
"""
