"""The open problems that the warehouse knows, as `data_quality_findings` tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb

from ott.database import open_database
from ott.errors import UserError
from ott.variables import project_variables

KST = timezone(timedelta(hours=9), "KST")
# Morning runs are a day apart; half a day more is a late one.
STALE_AFTER = timedelta(hours=36)
# Detectors that tell when rows arrived: raw folders and partitions are days of UTC.
OF_ARRIVAL = ("contract_change", "unknown_code")
SEVERITIES = ("warn", "error")

QUERY = """
select
    detector, finding_key, first_seen_on, last_seen_on, severity, owner, summary,
    what_is_this, when_does_it_matter, how_to_resolve, incident_title
from marts.data_quality_findings
order by severity, owner, detector, finding_key
"""


@dataclass(frozen=True)
class Finding:
    """A problem that stands; `incident_title` names the incident that explains it."""

    detector: str
    finding_key: str
    first_seen_on: date
    last_seen_on: date
    severity: str
    owner: str
    summary: str
    what_is_this: str | None
    when_does_it_matter: str | None
    how_to_resolve: str | None
    incident_title: str | None

    @property
    def id(self) -> str:
        """Name of the problem, as long as it stands."""
        return f"{self.detector}|{self.finding_key}"

    @property
    def time_zone(self) -> str:
        """Where its dates are days: KST, or UTC if they are those of arrival."""
        return "UTC" if self.detector in OF_ARRIVAL else "KST"

    @property
    def group(self) -> tuple[str, str, str]:
        """What is told together: the severity, whose it is, and who found it."""
        return (self.severity, self.owner, self.detector)


def read_findings(database: Path, now: datetime) -> list[Finding]:
    """Return the open problems, the severest first.

    A warehouse that nobody has written to for a day and a half is one of them: what it
    tells is old, and what happened since then it cannot tell.

    Raises:
        UserError: there is no database, or it was built before there were findings.
    """
    with open_database(database) as connection:
        try:
            rows = connection.execute(QUERY).fetchall()
        except duckdb.CatalogException:
            raise UserError(
                f"{database} has no data_quality_findings. Build it anew: `make build`."
            ) from None
    return [*_stale(database, now), *(Finding(*row) for row in rows)]


def _stale(database: Path, now: datetime) -> list[Finding]:
    written = datetime.fromtimestamp(database.stat().st_mtime, KST)
    if now - written <= STALE_AFTER:
        return []
    return [
        Finding(
            detector="stale_warehouse",
            finding_key="warehouse",
            first_seen_on=(written + timedelta(days=1)).date(),
            last_seen_on=now.date(),
            severity="error",
            owner=str(project_variables()["default_owner"]),
            summary=f"Nothing was built since {written:%F %H:%M} KST",
            what_is_this=(
                "매일 아침 실행이 오지 않았습니다. The morning's run did not come, or "
                "it was refused before it wrote anything."
            ),
            when_does_it_matter="At once: every report is of an older day.",
            how_to_resolve="Run `ott daily` and read what it says.",
            incident_title=None,
        )
    ]
