"""viewing_daily in pandas: whole columns in memory, texts held by Arrow.

Accounts and devices become numbers before anything is sorted or grouped, and only the
few rows whose log_id occurs twice are sorted by all columns.
"""

from __future__ import annotations

import pandas as pd
from options import Given, parse

FIRST_INSTANT = pd.Timestamp(1, 1, 1).as_unit("us")
LAST_INSTANT = pd.Timestamp("9999-12-31 23:59:59.999999").as_unit("us")
HISTORY_START = pd.Timestamp(2011, 1, 1) - pd.Timedelta(hours=9)
DAY_SECONDS = 24 * 3600
SECOND = pd.Timedelta(seconds=1)
# greatest ingested_at first, then the rest in the order of the contract
TIE_ORDER = [
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
]
NEEDED = [
    "log_id",
    "uno",
    "profile_id",
    "device_id",
    "content_id",
    "started_at",
    "ended_at",
    "ingested_at",
]
GRAIN = ["view_date", "program_id", "content_type", "device_type"]
COLUMNS = [
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
]


def read(given: Given, table: str) -> pd.DataFrame:
    """Read a table: texts trimmed of U+0020 or null, instants without a mark."""
    frame = pd.read_parquet(given.raw / table, dtype_backend="pyarrow")
    for name, kind in frame.dtypes.items():
        column = frame[name]
        if pd.api.types.is_string_dtype(kind):
            text = column.str.strip(" ")
            frame[name] = text.where(text != "")
        elif str(kind).startswith("timestamp"):
            if column.dt.tz is not None:
                column = column.dt.tz_localize(None)
            inside = column.between(FIRST_INSTANT, LAST_INSTANT)
            frame[name] = column.where(inside).astype("datetime64[us]")
        elif isinstance(kind, pd.CategoricalDtype):
            # the date of the folder; as text it sorts alike
            frame[name] = column.astype("string[pyarrow]")
    return frame


def latest(frame: pd.DataFrame, key: str, order: list[str]) -> pd.DataFrame:
    """Keep the first row of each key in descending order, null last."""
    known = frame[frame[key].notna()]
    ordered = known.sort_values(order, ascending=False, na_position="last")
    return ordered.drop_duplicates(key)


def read_contents(given: Given) -> pd.DataFrame:
    order = ["updated_at", "program_id", "content_type", "title"]
    order += ["episode_number", "runtime_seconds", "released_at"]
    contents = latest(read(given, "catalog/content"), "content_id", order)
    contents["program_id"] = contents["program_id"].fillna("UNKNOWN")
    kind = contents["content_type"]
    known = kind.isin(["VOD", "MOVIE", "LIVE"])
    contents["content_type"] = kind.where(known, "UNKNOWN")
    return contents[["content_id", "program_id", "content_type", "runtime_seconds"]]


def read_programs(given: Given) -> pd.DataFrame:
    order = ["updated_at", "title", "title_en", "genre", "channel", "is_original"]
    order += ["cast_names", "synopsis", "first_released_on"]
    programs = latest(read(given, "catalog/program"), "program_id", order)
    return programs[["program_id", "title", "genre"]].rename(
        columns={"title": "program_title"}
    )


def read_logs(given: Given, contents: pd.DataFrame) -> pd.DataFrame:
    """Read the rows of the log that no reason refuses, without their duplicates."""
    logs = read(given, "player/viewing_log")
    logs = logs[logs[NEEDED].notna().all(axis=1)]
    started, ended = logs["started_at"], logs["ended_at"]
    kept = (
        (ended >= started)
        & (ended - started <= pd.Timedelta(hours=24))
        & (started - logs["ingested_at"] <= pd.Timedelta(minutes=10))
        & (started >= HISTORY_START)
        & logs["play_seconds"].between(0, DAY_SECONDS).fillna(False)
        & logs["charge_type"].isin(["FREE", "SVOD", "TVOD"])
        & logs["content_id"].isin(contents["content_id"])
    )
    logs = logs[kept]
    repeated = logs["log_id"].duplicated(keep=False)
    return pd.concat(
        [logs[~repeated], latest(logs[repeated], "log_id", TIE_ORDER)],
        ignore_index=True,
    )


def measured(logs: pd.DataFrame) -> pd.DataFrame:
    plays = logs[["log_id", "content_id", "started_at", "ended_at"]].copy()
    plays["account"] = pd.factorize(logs["uno"])[0]
    plays["device_type"] = logs["device_type"].fillna("UNKNOWN").astype("category")
    plays["reported_seconds"] = logs["play_seconds"].astype("int64")
    devices = logs.groupby(["uno", "profile_id", "device_id"], sort=False)
    plays["device"] = devices.ngroup()
    plays = plays.sort_values(["device", "started_at", "ended_at", "log_id"])
    latest_end = plays.groupby("device")["ended_at"].cummax()
    covered_until = latest_end.groupby(plays["device"]).shift()
    started, ended = plays["started_at"], plays["ended_at"]
    begin = covered_until.where(covered_until > started, started)
    uncovered = ((ended - begin) // SECOND).clip(lower=0)
    reported = plays["reported_seconds"]
    passed = reported.clip(upper=(ended - started) // SECOND)
    plays["watched_seconds"] = reported.clip(upper=uncovered)
    plays["overlap_seconds"] = passed - plays["watched_seconds"]
    plays["excess_seconds"] = reported - passed
    plays["view_date"] = (started + pd.Timedelta(hours=9)).dt.floor("D")
    return plays.drop(columns=["log_id", "started_at", "ended_at", "device"])


def aggregated(plays: pd.DataFrame) -> pd.DataFrame:
    runtime = plays["runtime_seconds"].astype("float64")
    valid = plays["watched_seconds"] >= 30
    plays["valid_views"] = valid.astype("int64")
    plays["completed_views"] = (
        (runtime > 0) & (plays["watched_seconds"] / runtime >= 0.9)
    ).astype("int64")
    seconds = ["watched", "reported", "overlap", "excess"]
    sums = ["valid_views", "completed_views", *(f"{name}_seconds" for name in seconds)]
    groups = plays.groupby(GRAIN, observed=True, sort=False)
    result = groups[sums].sum()
    result["views"] = groups.size()
    pairs = plays.loc[valid, [*GRAIN, "account"]].drop_duplicates()
    viewers = pairs.groupby(GRAIN, observed=True, sort=False).size()
    result["viewers"] = viewers.reindex(result.index, fill_value=0)
    return result.reset_index()


def run(given: Given) -> None:
    contents = read_contents(given)
    for name in ("program_id", "content_type"):
        contents[name] = contents[name].astype("category")
    plays = measured(read_logs(given, contents))
    plays = plays[plays["view_date"] <= pd.Timestamp(given.run_date)]
    result = aggregated(plays.merge(contents, on="content_id"))
    result["program_id"] = result["program_id"].astype("string[pyarrow]")
    result = result.merge(read_programs(given), on="program_id", how="left")
    result["view_date"] = result["view_date"].dt.date
    result[COLUMNS].to_parquet(given.out, index=False)


if __name__ == "__main__":
    run(parse(__doc__))
