"""One story on one warehouse: each chapter changes the raw logs and runs dbt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from windows.changes import (
    BEFORE,
    EMPTIED,
    TODAY,
    emptied,
    late_before,
    late_inside,
)
from windows.model import Model
from windows.raw import DAY, FIRST, Raw, as_of, everything, with_plays
from windows.warehouse import GROWING, State, Values, Warehouse

GROWN = TODAY + 2 * DAY


# A backfill that would move reports of the week after beyond the last closed day.
REFILLED = (GROWN - 9 * DAY, GROWN - 4 * DAY)
# From the first day that any window reaches back to.
MARKED = [FIRST + number * DAY for number in range(-21, (GROWN - FIRST).days + 4)]


@dataclass
class Story:
    """What the models held after each chapter."""

    models: dict[str, Model]
    states: dict[str, State] = field(default_factory=dict)

    def rows(self, chapter: str, model: str) -> dict[date, Counter[Values]]:
        """The rows of each date of a windowed model."""
        return self.states[chapter][model].by_date(self.models[model].field)

    def changed(self, before: str, after: str, model: str) -> set[date]:
        """The dates of a windowed model whose rows differ between two chapters."""
        left, right = self.rows(before, model), self.rows(after, model)
        return {
            day for day in left.keys() | right.keys() if left.get(day) != right.get(day)
        }

    def rewritten(self, before: str, marked: str, after: str, model: str) -> set[date]:
        """The dates of a windowed model from which a run took the mark away."""
        plain, with_marks, found = (
            self.states[chapter][model].rows for chapter in (before, marked, after)
        )
        at = self.states[before][model].columns.index(self.models[model].field)
        marks = with_marks - plain
        assert sum(marks.values()) == len(marked_dates(self.models[model]))
        return {row[at] for row in marks if found[row] < with_marks[row]}

    def holds_dates_alone(self, model: str) -> bool:
        """Whether a model has no column but the date, so that no late row shows."""
        return self.states["built"][model].columns == [self.models[model].field]

    def waiting(self, chapter: str) -> int:
        """How many kept plays no run took yet."""
        (waiting,) = (
            row["waiting_rows"]
            for row in self.states[chapter]["log_reconciliation"].records()
            if row["table_name"] == "viewing_log"
        )
        return int(waiting)

    def plays(self, chapter: str) -> dict[str, dict[str, Any]]:
        """The watched plays by `log_id`."""
        records = self.states[chapter]["int_restricted__watched_plays"].records()
        return {row["log_id"]: row for row in records}


def tell(warehouse: Warehouse) -> Story:
    """Tell the story on a warehouse that is parsed and has its seeds."""
    story = Story(warehouse.models)
    grow_old(story, warehouse)
    grow_on(story, warehouse)
    rewrite_marks(story, warehouse)
    return story


def grow_old(story: Story, warehouse: Warehouse) -> None:
    """Late rows come and go while the run date stays the same."""
    base = as_of(everything(), TODAY)
    before = with_plays(base, late_before())
    both = with_plays(before, late_inside())
    chapters: list[tuple[str, Raw | None, bool]] = [
        ("again", None, False),
        ("late before", before, False),
        ("late inside", both, False),
        ("backfilled", None, True),
        ("emptied", emptied(emptied(both, EMPTIED), TODAY), False),
        ("cleaned inside", base, False),
        ("cleaned", None, True),
    ]
    warehouse.load(base)
    warehouse.run(TODAY, "--full-refresh")
    story.states["built"] = warehouse.state(told(story))
    for chapter, raw, is_backfill in chapters:
        if raw is not None:
            warehouse.load(raw)
        backfill = (BEFORE, BEFORE) if is_backfill else None
        warehouse.run(TODAY, *GROWING, backfill=backfill)
        story.states[chapter] = warehouse.state(told(story))


def grow_on(story: Story, warehouse: Warehouse) -> None:
    """Two more days pass; the same is then built at once."""
    day = TODAY
    while day < GROWN:
        day += DAY
        warehouse.load(as_of(everything(), day))
        warehouse.run(day)
    story.states["grown"] = warehouse.state()
    warehouse.run(GROWN, "--full-refresh")
    story.states["built at once"] = warehouse.state()


def rewrite_marks(story: Story, warehouse: Warehouse) -> None:
    """Each date gets a row that is not its own, and a run takes it away or does not."""
    for marked, after, backfill in (
        ("marked", "daily", None),
        ("marked again", "refilled", REFILLED),
    ):
        for model in story.models.values():
            if model.window:
                warehouse.execute(mark(model))
        story.states[marked] = warehouse.state(told(story))
        warehouse.run(GROWN, *GROWING, backfill=backfill)
        story.states[after] = warehouse.state(told(story))


def told(story: Story) -> list[str]:
    """The models of which each chapter is told."""
    windowed = [name for name, model in story.models.items() if model.window]
    return [*windowed, "log_reconciliation", "int_restricted__account_hashes"]


def marked_dates(model: Model) -> list[date]:
    """The dates of a model that are marked: all days, or the Mondays of all weeks."""
    return sorted({model.dated(day) for day in MARKED})


def mark(model: Model) -> str:
    """Return a statement that gives each date a copy of some row."""
    table = f"{model.schema}.{model.name}"
    dates = " union all ".join(
        f"select date '{day}' as marked" for day in marked_dates(model)
    )
    return (
        f"insert into {table} "
        f"select template.* replace (dates.marked as {model.field}) "
        f"from (select * from {table} order by {model.field} limit 1) as template "
        f"cross join ({dates}) as dates"
    )
