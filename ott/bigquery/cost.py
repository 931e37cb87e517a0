"""Cost on paper: what a run would scan on BigQuery at a given size of history.

An estimate from four things: the columns that each compiled query reads, the dates
that the query of a daily run names, the bytes that BigQuery counts for a value of each
type (texts measured in a built sample), and the rows that a relation has per raw play
in that sample. It knows nothing of pruning by clusters, of caches or of slots.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import sqlglot
from sqlglot import exp

from ott.bigquery.columns_read import columns_read, schema_of
from ott.bigquery.render import BIGQUERY, Dbt, Project
from ott.bigquery.windows import Branch, default_lookback, windowed_branches
from ott.contract import PROJECT_DIR
from ott.database import open_database
from ott.environment import duckdb_path, today_in_korea

HISTORY_BYTES = 460e12
HISTORY_DAYS = 3_650
USD_PER_TIB = 6.25
# the column that each relation of plays is partitioned by
PARTITIONS = {
    "viewing_log": "ingest_date",
    "int_restricted__watched_plays": "view_date",
}
NEW_ROWS = "its new rows"
# a relation that keeps the key of the play for about every play grows with the plays
PLAY_KEY, PLAY_SHARE = "log_id", 0.5

# Logical bytes of a value, from BigQuery's pricing of data types; a text has 2 more
# than its UTF-8 bytes.
BYTES = {
    "BIGINT": 8,
    "DOUBLE": 8,
    "DATE": 8,
    "TIMESTAMP": 8,
    "TIMESTAMP WITH TIME ZONE": 8,
    "BOOLEAN": 1,
    "DECIMAL": 16,
}


@dataclass(frozen=True)
class Read:
    """What one model reads of one relation that grows with every play.

    `row_bytes` are the bytes of the columns read; `rows_per_play` the rows that the
    relation has for each raw play; `daily_days` and `whole_days` the days that a daily
    run and a first build read.
    """

    model: str
    relation: str
    columns: tuple[str, ...]
    row_bytes: float
    rows_per_play: float
    daily_days: int
    whole_days: int = HISTORY_DAYS

    def scanned(self, plays_a_day: float, days: int) -> float:
        """Return the bytes scanned of that many days."""
        return self.row_bytes * self.rows_per_play * plays_a_day * days


@dataclass(frozen=True)
class Sizes:
    """Average bytes of each column and the rows of each relation in a built sample."""

    column_bytes: dict[str, dict[str, float]]
    rows: dict[str, int]

    @property
    def raw_row(self) -> float:
        """Bytes of a raw play."""
        return sum(self.column_bytes["viewing_log"].values())


def measure(database: Path) -> Sizes:
    """Measure a built sample: average bytes per column, rows per relation."""
    con = open_database(database)
    columns = con.execute(
        "select table_schema, table_name, column_name, data_type "
        "from information_schema.columns order by ordinal_position"
    ).fetchall()
    found: dict[str, dict[str, float]] = {}
    rows: dict[str, int] = {}
    for schema, table in dict.fromkeys((row[0], row[1]) for row in columns):
        own = [row[2:] for row in columns if row[:2] == (schema, table)]
        texts = [name for name, kind in own if kind == "VARCHAR"]
        lengths = "".join(f", avg(coalesce(strlen({n}) + 2, 0))" for n in texts)
        measured = con.execute(
            f'select count(*){lengths} from "{schema}"."{table}"'
        ).fetchone()
        assert measured is not None
        rows[table] = measured[0]
        average = dict(zip(texts, measured[1:], strict=True))
        found[table] = {
            name: average.get(name) or float(BYTES.get(kind.split("(")[0], 8))
            for name, kind in own
        }
    con.close()
    return Sizes(found, rows)


def reads(first: Project, daily: Project, branch: Branch, sizes: Sizes) -> list[Read]:
    """Return what each model reads of relations that grow with every play.

    Args:
        first: the project compiled for a first build.
        daily: the same for a daily run.
        branch: that run.
        sizes: sizes of a built sample.
    """
    schema: dict[str, Any] = schema_of(first)
    plays = sizes.rows["viewing_log"]
    grows = {
        name: count / plays
        for name, count in sizes.rows.items()
        if count / plays > PLAY_SHARE and PLAY_KEY in sizes.column_bytes[name]
    }
    found = []
    for node in first.of_kind("model"):
        if node.config["materialized"] == "view":
            continue
        for relation, columns in columns_read(node.sql, first, schema).items():
            if relation in grows:
                size = sizes.column_bytes[relation]
                found.append(
                    Read(
                        node.name,
                        relation,
                        tuple(sorted(columns)),
                        sum(size[column] for column in columns),
                        grows[relation],
                        days_named(
                            daily.nodes[node.id].sql, PARTITIONS[relation], branch
                        ),
                    )
                )
        window = node.config["meta"].get("window")
        if (
            node.config["materialized"] == "incremental"
            and window
            and node.name in grows
        ):
            # what was computed is read once more to be put in place
            days = branch.days(window)
            size = sizes.column_bytes[node.name]
            found.append(
                Read(
                    node.name,
                    NEW_ROWS,
                    tuple(size),
                    sum(size.values()),
                    grows[node.name],
                    (days[1] - days[0]).days + 1,
                    whole_days=0,
                )
            )
    return found


def days_named(sql: str, column: str, branch: Branch) -> int:
    """Return how many days a query reads of a table that is partitioned by a column.

    They reach from the earliest date that it compares the column with to the latest, or
    to the day after the run's; without any it reads the whole history.
    """
    tree = sqlglot.parse_one(sql, dialect="bigquery")
    newest = branch.run_date + timedelta(days=1)
    first, last = [], []
    for found in tree.find_all(exp.Between, exp.GTE):
        if isinstance(found.this, exp.Column) and found.this.name == column:
            low = found.args.get("low") or found.expression
            high = found.args.get("high")
            first.append(_date(low))
            last.append(_date(high) if high else newest)
    return (max(last) - min(first)).days + 1 if first else HISTORY_DAYS


def _date(literal: exp.Expr) -> date:
    (text,) = (part.name for part in literal.find_all(exp.Literal))
    return date.fromisoformat(text)


def page(found: list[Read], sizes: Sizes, lookback: int) -> str:
    """Return the page of the data dictionary, as the docs block of the project."""
    plays = HISTORY_BYTES / sizes.raw_row / HISTORY_DAYS
    lines = [
        "{% docs __ott__ %}",
        "# Cost on paper · BigQuery 비용 추정",
        "",
        "An estimate, not a bill: nobody can reach BigQuery where this project is",
        "tested. `ott bigquery-cost --write` computes it anew from the compiled",
        "queries and the built sample.",
        "",
        f"- Viewing history: {HISTORY_BYTES / 1e12:,.0f} TB of raw plays, "
        f"{sizes.raw_row:,.0f} bytes a row, over {HISTORY_DAYS:,} days: "
        f"{plays / 1e6:,.0f} million plays a day.",
        "- Scanned = bytes of the columns read × rows a day × days read. Price: "
        f"{USD_PER_TIB} USD per TiB on demand.",
        f"- Daily: `lookback_days` = {lookback}, so {1 + lookback} dates of viewing, "
        "with the dates around them that their queries name. Whole: a first build.",
        "- Not counted: relations that do not grow with every play (a few hundredths "
        "of these), data tests, and rows that are deleted to be replaced.",
        "",
        "| model | reads | columns | days | bytes a row | daily, GB | daily, USD "
        "| whole, TB | whole, USD |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    daily_total = whole_total = 0.0
    for one in found:
        daily = one.scanned(plays, one.daily_days)
        whole = one.scanned(plays, one.whole_days)
        daily_total, whole_total = daily_total + daily, whole_total + whole
        lines.append(
            f"| {one.model} | {one.relation} | {len(one.columns)} | "
            f"{one.daily_days:,} | {one.row_bytes * one.rows_per_play:,.0f} | "
            f"{daily / 1e9:,.0f} | "
            f"{usd(daily):,.2f} | {whole / 1e12:,.0f} | {usd(whole):,.0f} |"
        )
    lines.append(
        f"| **all** | | | | | **{daily_total / 1e9:,.0f}** | "
        f"**{usd(daily_total):,.2f}** | **{whole_total / 1e12:,.0f}** | "
        f"**{usd(whole_total):,.0f}** |"
    )
    return "\n".join([*lines, "{% enddocs %}", ""])


def usd(scanned: float) -> float:
    """Return the price of scanned bytes on demand."""
    return scanned / 2**40 * USD_PER_TIB


@click.command()
@click.option("--write", is_flag=True, help="Write the page of the data dictionary.")
def bigquery_cost(write: bool) -> None:
    """Estimate what a run would scan on BigQuery at 460 TB of viewing history.

    Reads the built sample (OTT_DUCKDB_PATH) and the compiled queries; nothing is sent.
    """
    sizes = measure(duckdb_path())
    with tempfile.TemporaryDirectory() as folder:
        dbt = Dbt(Path(folder), BIGQUERY)
        day = today_in_korea() - timedelta(days=1)
        branch = windowed_branches(day)[0]
        first, daily = dbt.project(day), dbt.project(day, branch.variables)
    found = reads(first, daily, branch, sizes)
    text = page(found, sizes, default_lookback())
    click.echo("\n".join(text.split("\n")[1:-2]))
    if write:
        (PROJECT_DIR / "models" / "cost_on_paper.md").write_text(text, encoding="utf-8")
