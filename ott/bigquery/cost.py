"""Cost on paper: what a run would scan on BigQuery at a given size of history.

An estimate from three things: the columns that each compiled query reads, the bytes
that BigQuery counts for a value of each type (texts measured in a built sample), and
the rows that a relation has per raw play in that sample. It knows nothing of pruning by
clusters, of caches or of slots.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from ott.bigquery.render import BIGQUERY, Dbt, Node, Project
from ott.contract import PROJECT_DIR
from ott.database import open_database
from ott.environment import duckdb_path, today_in_korea

HISTORY_BYTES = 460e12
HISTORY_DAYS = 3_650
LOOKBACK_DAYS = 3
# a row may arrive in the folder of the day before, and one late by a day more
RAW_DAYS_BEFORE = 2
USD_PER_TIB = 6.25
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
    relation has for each raw play.
    """

    model: str
    relation: str
    columns: tuple[str, ...]
    row_bytes: float
    rows_per_play: float
    is_raw: bool

    def scanned(self, plays_a_day: float, days: int) -> float:
        """Return the bytes scanned of that many days."""
        return self.row_bytes * self.rows_per_play * plays_a_day * days

    @property
    def daily_days(self) -> int:
        """Return the days that a daily run reads: the lookback, and more of raw."""
        return 1 + LOOKBACK_DAYS + (RAW_DAYS_BEFORE if self.is_raw else 0)


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


def reads(project: Project, sizes: Sizes) -> list[Read]:
    """Return what each model reads of relations that grow with every play."""
    schema: dict[str, Any] = _schema(project)
    plays = sizes.rows["viewing_log"]
    grows = {
        name: count / plays
        for name, count in sizes.rows.items()
        if count / plays > PLAY_SHARE and PLAY_KEY in sizes.column_bytes[name]
    }
    found = []
    for node in project.of_kind("model"):
        if node.config["materialized"] == "view":
            continue
        for relation, columns in _columns_read(node, project, schema).items():
            if relation in grows:
                size = sizes.column_bytes[relation]
                found.append(
                    Read(
                        node.name,
                        relation,
                        tuple(sorted(columns)),
                        sum(size[column] for column in columns),
                        grows[relation],
                        relation == "viewing_log",
                    )
                )
    return found


def _columns_read(
    node: Node,
    project: Project,
    schema: dict[str, Any],
) -> dict[str, set[str]]:
    """Return the columns that a node reads by relation, views followed to tables."""
    tree = qualify(
        sqlglot.parse_one(node.sql, dialect="bigquery"),
        schema=schema,
        dialect="bigquery",
    )
    used: dict[str, set[str]] = {}
    for scope in traverse_scope(pushdown_projections(tree, schema=schema)):
        for alias, source in scope.sources.items():
            if isinstance(source, exp.Table):
                names = {col.name for col in scope.columns if col.table == alias}
                used.setdefault(source.name, set()).update(names)
    views = {
        one.name: one
        for one in project.of_kind("model")
        if one.config["materialized"] == "view"
    }
    for name in [name for name in used if name in views]:
        wanted = used.pop(name)
        for relation, columns in _columns_read(views[name], project, schema).items():
            # a staging view hands each column on under its own name
            used.setdefault(relation, set()).update(columns & wanted)
    return used


def _schema(project: Project) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    known = [node.raw for node in project.of_kind("model")]
    for raw in [*known, *project.sources.values()]:
        columns = dict.fromkeys(raw["columns"], "STRING")
        place = schema.setdefault(raw["database"], {}).setdefault(raw["schema"], {})
        place[raw.get("identifier") or raw["name"]] = columns
    for seed in project.of_kind("seed"):
        header = (PROJECT_DIR / seed.path).read_text(encoding="utf-8").split("\n")[0]
        place = schema.setdefault(seed.raw["database"], {})
        place.setdefault(seed.raw["schema"], {})[seed.name] = dict.fromkeys(
            header.strip().split(","), "STRING"
        )
    return schema


def page(found: list[Read], sizes: Sizes) -> str:
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
        f"- Daily: the last {1 + LOOKBACK_DAYS} dates, and {RAW_DAYS_BEFORE} more of "
        "the raw logs. It holds for a model that is built by day; while a model is a "
        "plain table, each run scans the whole history.",
        "",
        "| model | reads | columns | bytes a row | daily, GB | daily, USD | whole, TB "
        "| whole, USD |",
        "|---|---|---|---|---|---|---|---|",
    ]
    daily_total = whole_total = 0.0
    for one in found:
        daily = one.scanned(plays, one.daily_days)
        whole = one.scanned(plays, HISTORY_DAYS)
        daily_total, whole_total = daily_total + daily, whole_total + whole
        lines.append(
            f"| {one.model} | {one.relation} | {len(one.columns)} | "
            f"{one.row_bytes * one.rows_per_play:,.0f} | {daily / 1e9:,.0f} | "
            f"{usd(daily):,.2f} | {whole / 1e12:,.0f} | {usd(whole):,.0f} |"
        )
    lines.append(
        f"| **all** | | | | **{daily_total / 1e9:,.0f}** | "
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
        project = dbt.project(today_in_korea() - timedelta(days=1))
    text = page(reads(project, sizes), sizes)
    click.echo("\n".join(text.split("\n")[1:-2]))
    if write:
        (PROJECT_DIR / "models" / "cost_on_paper.md").write_text(text, encoding="utf-8")
