"""viewing_daily in polars: lazy frames, run by the streaming engine.

Only the few rows whose log_id occurs twice are sorted by all columns; to sort all of
them, as the tie rule reads, would take the memory that streaming saves.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
from options import Given, parse

FIRST_INSTANT = datetime(1, 1, 1)
LAST_INSTANT = datetime(9999, 12, 31, 23, 59, 59, 999999)
HISTORY_START = datetime(2011, 1, 1) - timedelta(hours=9)
DAY_SECONDS = 24 * 3600
# greatest ingested_at first, then the rest in the order of the contract
TIE_ORDER = (
    "ingested_at",
    "uno",
    "profile_id",
    "device_id",
    "device_type",
    "app_version",
    "content_id",
    "charge_type",
    "started_at",
    "ended_at",
    "play_seconds",
    "ingest_date",
)
NEEDED = (
    "log_id",
    "uno",
    "profile_id",
    "device_id",
    "content_id",
    "started_at",
    "ended_at",
    "ingested_at",
)
GRAIN = ("view_date", "program_id", "content_type", "device_type")
COLUMNS = (
    "view_date",
    "program_id",
    "program_title",
    "genre",
    "content_type",
    "device_type",
    "views",
    "valid_views",
    "completed_views",
    "viewers",
    "watched_seconds",
    "reported_seconds",
    "overlap_seconds",
    "excess_seconds",
)


def clean(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Trim texts of U+0020, an empty one is null; instants lose their UTC mark."""
    columns = []
    for name, kind in frame.collect_schema().items():
        column = pl.col(name)
        if kind == pl.String:
            text = column.str.strip_chars(" ")
            columns.append(pl.when(text != "").then(text).alias(name))
        elif isinstance(kind, pl.Datetime):
            instant = column.dt.replace_time_zone(None) if kind.time_zone else column
            inside = instant.is_between(FIRST_INSTANT, LAST_INSTANT)
            columns.append(pl.when(inside).then(instant).alias(name))
        else:
            columns.append(column)
    return frame.select(columns)


def latest(frame: pl.LazyFrame, key: str, order: tuple[str, ...]) -> pl.LazyFrame:
    """Keep the first row of each key in descending order, null last."""
    return (
        frame.filter(pl.col(key).is_not_null())
        .sort(order, descending=True, nulls_last=True)
        .unique(key, keep="first", maintain_order=True)
    )


def read_contents(given: Given) -> pl.LazyFrame:
    contents = clean(pl.scan_parquet(given.raw / "catalog/content/**/*.parquet"))
    order = ("updated_at", "program_id", "content_type", "title")
    order += ("episode_number", "runtime_seconds", "released_at")
    kind = pl.col("content_type")
    return latest(contents, "content_id", order).select(
        "content_id",
        pl.col("program_id").fill_null("UNKNOWN"),
        pl.when(kind.is_in(["VOD", "MOVIE", "LIVE"]))
        .then(kind)
        .otherwise(pl.lit("UNKNOWN"))
        .alias("content_type"),
        "runtime_seconds",
    )


def read_programs(given: Given) -> pl.LazyFrame:
    programs = clean(pl.scan_parquet(given.raw / "catalog/program/**/*.parquet"))
    order = ("updated_at", "title", "title_en", "genre", "channel", "is_original")
    order += ("cast_names", "synopsis", "first_released_on")
    return latest(programs, "program_id", order).select(
        "program_id", pl.col("title").alias("program_title"), "genre"
    )


def read_logs(given: Given, contents: pl.LazyFrame) -> pl.LazyFrame:
    """Read the rows of the log that no reason refuses; duplicates are among them."""
    logs = clean(
        pl.scan_parquet(
            given.raw / "player/viewing_log/**/*.parquet", hive_partitioning=True
        )
    )
    length = pl.col("ended_at") - pl.col("started_at")
    ahead = pl.col("started_at") - pl.col("ingested_at")
    return logs.filter(
        pl.all_horizontal(pl.col(NEEDED).is_not_null()),
        pl.col("ended_at") >= pl.col("started_at"),
        length <= timedelta(hours=24),
        ahead <= timedelta(minutes=10),
        pl.col("started_at") >= HISTORY_START,
        pl.col("play_seconds").is_between(0, DAY_SECONDS),
        pl.col("charge_type").is_in(["FREE", "SVOD", "TVOD"]),
    ).join(contents.select("content_id"), on="content_id", how="semi")


def without_duplicates(logs: pl.LazyFrame) -> pl.LazyFrame:
    counted = logs.with_columns(copies=pl.len().over("log_id"))
    copies = counted.filter(pl.col("copies") > 1)
    return pl.concat(
        [counted.filter(pl.col("copies") == 1), latest(copies, "log_id", TIE_ORDER)]
    )


def whole_seconds(length: pl.Expr) -> pl.Expr:
    return length.dt.total_microseconds() // 1_000_000


def measured(logs: pl.LazyFrame) -> pl.LazyFrame:
    covered_until = (
        pl.col("ended_at")
        .cum_max()
        .shift(1)
        .over(
            "uno",
            "profile_id",
            "device_id",
            order_by=["started_at", "ended_at", "log_id"],
        )
    )
    uncovered = pl.col("ended_at") - pl.max_horizontal("started_at", covered_until)
    interval = pl.col("ended_at") - pl.col("started_at")
    reported = pl.col("play_seconds")
    return logs.select(
        "uno",
        "content_id",
        pl.col("device_type").fill_null("UNKNOWN"),
        (pl.col("started_at") + timedelta(hours=9)).dt.date().alias("view_date"),
        reported.alias("reported_seconds"),
        pl.min_horizontal(reported, whole_seconds(interval)).alias("passed_seconds"),
        pl.min_horizontal(reported, whole_seconds(uncovered).clip(0)).alias(
            "watched_seconds"
        ),
    )


def aggregated(plays: pl.LazyFrame) -> pl.LazyFrame:
    watched, runtime = pl.col("watched_seconds"), pl.col("runtime_seconds")
    is_valid = watched >= 30
    is_completed = (runtime > 0) & (watched / runtime >= 0.9)
    counts = {
        "views": pl.len(),
        "valid_views": is_valid.sum(),
        "completed_views": is_completed.sum(),
        "viewers": pl.col("uno").filter(is_valid).n_unique(),
    }
    return plays.group_by(GRAIN).agg(
        *(count.cast(pl.Int64).alias(name) for name, count in counts.items()),
        pl.col("watched_seconds").sum(),
        pl.col("reported_seconds").sum(),
        (pl.col("passed_seconds") - watched).sum().alias("overlap_seconds"),
        (pl.col("reported_seconds") - pl.col("passed_seconds"))
        .sum()
        .alias("excess_seconds"),
    )


def run(given: Given) -> None:
    contents = read_contents(given)
    kept = without_duplicates(read_logs(given, contents))
    plays = measured(kept).filter(pl.col("view_date") <= given.run_date)
    aggregated(plays.join(contents, on="content_id")).join(
        read_programs(given), on="program_id", how="left"
    ).select(COLUMNS).sink_parquet(given.out, engine="streaming")


if __name__ == "__main__":
    run(parse(__doc__))
