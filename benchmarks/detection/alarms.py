"""The alarms of the project's models and those of elementary's documented rule.

Elementary's volume anomaly: the rows of each day against mean and standard deviation of
the last `days_back` days, the tested one among them, |z| > 3. With `seasonality:
day_of_week` the days are those of the same weekday, of seven times as many days back.
Its documentation says so; no code of it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import duckdb

# Days in order between two bad ones that do not end a problem, as in the project.
QUIET = 3
SENSITIVITY, DAYS_BACK = 3, 14

PROJECT = """
select concat(source, '/', event, '/', device_type) as series, log_date
from marts.log_completeness_daily
where status in ('missing', 'low', 'high', 'late')
union all
select concat('player.viewing_log/PLAY/', device_type) as series, view_date
from marts.viewing_overlap_daily
where status = 'double_counting'
"""

ELEMENTARY = """
with scored as (
    select
        series,
        log_date,
        kept_rows,
        avg(kept_rows) over training as mean,
        stddev_samp(kept_rows) over training as deviation,
        count(*) over training as days
    from warehouse.int_data_quality__series_days
    window training as (
        partition by series {season}
        order by log_date
        rows between {back} preceding and current row
    )
)

select series, log_date
from scored
where days > {back} and deviation > 0
    and abs(kept_rows - mean) > {sensitivity} * deviation
"""


@dataclass(frozen=True)
class Alarm:
    """A problem as somebody is told of it: bad days of a series, close together."""

    series: str
    days: tuple[date, ...]


def project(con: duckdb.DuckDBPyConnection) -> list[Alarm]:
    """Return the alarms of the project's models."""
    return _grouped(con.execute(PROJECT).fetchall())


def elementary(con: duckdb.DuckDBPyConnection, by_weekday: bool = False) -> list[Alarm]:
    """Return the alarms of elementary's rule on the same counts."""
    query = ELEMENTARY.format(
        season=", dayofweek(log_date)" if by_weekday else "",
        back=DAYS_BACK - 1,
        sensitivity=SENSITIVITY,
    )
    return _grouped(con.execute(query).fetchall())


def _grouped(rows: list[tuple[str, date]]) -> list[Alarm]:
    alarms = []
    for series, found in groupby(sorted(set(rows)), key=lambda row: row[0]):
        days: list[date] = []
        for _, day in found:
            if days and day - days[-1] > timedelta(days=QUIET):
                alarms.append(Alarm(series, tuple(days)))
                days = []
            days.append(day)
        alarms.append(Alarm(series, tuple(days)))
    return alarms
