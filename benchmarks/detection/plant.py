"""Puts faults into the small tables of counts that the project's models read.

What a fault does to raw rows is known (a refused row is counted as refused, a copy as a
copy; unit tests show it), so it is planted in the counts, which takes seconds instead
of a build a fault. Everything after the counts is the project's own models.
"""

from __future__ import annotations

import duckdb

from detection.faults import Fault

PLAY_COUNTS = "warehouse.int_data_quality__play_counts"
REFUSED = "warehouse.int_data_quality__refused_counts"
ARRIVALS = "warehouse.int_data_quality__play_arrivals"
EVENTS = "warehouse.int_data_quality__event_counts"
OVERLAPS = "warehouse.int_viewing__overlap_days"
NEW_VERSION = "9.9.0"
PREMIERE = {"SMART_TV": 1.7, "SET_TOP": 1.6, "WEB": 1.35}


def plant(con: duckdb.DuckDBPyConnection, faults: list[Fault]) -> None:
    """Change the counts of each fault; the same faults give the same counts."""
    # one thread, else the same seed deals its chances to other rows
    con.execute("set threads = 1")
    con.execute("select setseed(0.42)")
    for fault in faults:
        PLANTS[fault.kind](con, fault)


def _where(fault: Fault) -> str:
    days = f"log_date between date '{fault.first}' and date '{fault.last}'"
    return days + (
        "" if fault.target == "ALL" else f" and device_type = '{fault.target}'"
    )


def _scale(
    con: duckdb.DuckDBPyConnection,
    fault: Fault,
    share: str,
    hours: str = "true",
    is_refused: bool = False,
) -> None:
    """Multiply kept rows by a share; those that go may be refused instead."""
    kept = f"cast(floor(kept_rows * ({share}) + random()) as bigint)"
    con.execute(
        f"create or replace temp table scaled as select rowid as row, log_date, "
        f"device_type, hour_of_day, kept_rows as before, {kept} as now "
        f"from {PLAY_COUNTS} where {_where(fault)} and {hours}"
    )
    con.execute(
        f"update {PLAY_COUNTS} set kept_rows = now "
        f"from scaled where scaled.row = {PLAY_COUNTS}.rowid"
    )
    if is_refused:
        con.execute(
            f"insert into {REFUSED} by name select log_date as ingest_date, log_date, "
            "device_type, hour_of_day, before - now as quarantined_rows from scaled"
        )


def _missing_device(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    con.execute(f"delete from {PLAY_COUNTS} where {_where(fault)}")


def _stopped_event(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    events = [series.split("/")[1] for series in fault.series]
    source = fault.target.split("/")[0]
    con.execute(
        f"delete from {EVENTS} where source = ? and event in (select unnest(?)) "
        "and log_date between ? and ?",
        [source, events, fault.first, fault.last],
    )


def _half_day(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(con, fault, "0", "hour_of_day >= 12")


def _outage(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    begin = 12 + fault.first.day % 7
    _scale(con, fault, "0", f"hour_of_day between {begin} and {begin + 4}")


def _double_rows(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(con, fault, "2")


def _resent(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    con.execute(
        f"update {PLAY_COUNTS} set duplicate_rows = duplicate_rows + "
        f"cast(floor(kept_rows * 0.7 + random()) as bigint) where {_where(fault)}"
    )


def _late_day(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    con.execute(
        f"update {ARRIVALS} set hours_after = hours_after + 300 where {_where(fault)}"
    )


def _slow_decay(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(
        con, fault, f"power(0.94, 1 + date_diff('day', date '{fault.first}', log_date))"
    )


def _double_counting(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    """Half of a device's players take a version that reports each play twice."""
    where = _where(fault).replace("log_date", "view_date")
    numbers = ("views", "reported_seconds", "watched_seconds", "overlap_seconds")
    sums = ", ".join(f"sum({one}) as {one}" for one in (*numbers, "excess_seconds"))
    con.execute(
        f"create or replace temp table half as select view_date, device_type, {sums} "
        f"from {OVERLAPS} where {where} group by all"
    )
    con.execute(
        f"update {OVERLAPS} set "
        + ", ".join(f"{one} = {one} // 2" for one in (*numbers, "excess_seconds"))
        + f" where {where}"
    )
    con.execute(
        f"insert into {OVERLAPS} select view_date, device_type, '{NEW_VERSION}', "
        "cast(views as bigint), "
        "cast(watched_seconds // 2 * 2 + excess_seconds // 2 as bigint), "
        "cast(watched_seconds // 2 as bigint), cast(watched_seconds // 2 as bigint), "
        "cast(excess_seconds // 2 as bigint) from half"
    )
    _scale(con, fault, "1.5")


def _time_zone(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    con.execute(
        f"create or replace temp table moved as select * from {PLAY_COUNTS} "
        f"where {_where(fault)}"
    )
    con.execute(f"delete from {PLAY_COUNTS} where {_where(fault)}")
    con.execute(
        f"insert into {PLAY_COUNTS} by name select "
        "log_date - cast(hour_of_day < 9 as integer) as log_date, device_type, "
        "(hour_of_day + 15) % 24 as hour_of_day, kept_rows, duplicate_rows from moved"
    )


def _milliseconds(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(con, fault, "0.53", is_refused=True)


def _catalogue(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(con, fault, "0.75", is_refused=True)


def _lost_device(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    con.execute(
        f"update {PLAY_COUNTS} set device_type = 'UNKNOWN' where {_where(fault)}"
    )


def _campaign(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    _scale(con, fault, "1.5")
    con.execute(
        f"update {EVENTS} set kept_rows = cast(kept_rows * 2.5 as bigint) "
        "where event = 'SUBSCRIBE' and log_date between ? and ?",
        [fault.first, fault.last],
    )


def _premiere(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    lifts = " ".join(f"when '{one}' then {lift}" for one, lift in PREMIERE.items())
    share = f"case device_type {lifts} else 1.4 end"
    _scale(con, fault, share, "hour_of_day >= 18")


PLANTS = {
    "missing_device": _missing_device,
    "stopped_event": _stopped_event,
    "half_day": _half_day,
    "outage": _outage,
    "double_rows": _double_rows,
    "resent": _resent,
    "late_day": _late_day,
    "slow_decay": _slow_decay,
    "double_counting": _double_counting,
    "time_zone": _time_zone,
    "milliseconds": _milliseconds,
    "catalogue": _catalogue,
    "lost_device": _lost_device,
    "campaign": _campaign,
    "premiere": _premiere,
}
