"""The open problems that the warehouse knows, as `data_quality_findings` tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ott.database import open_database
from ott.errors import UserError

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
        """Name of the problem; one that ended and came again is another."""
        return f"{self.detector}|{self.finding_key}|{self.first_seen_on}"

    @property
    def group(self) -> tuple[str, str, str]:
        """What is told together: the severity, whose it is, and who found it."""
        return (self.severity, self.owner, self.detector)


def read_findings(database: Path) -> list[Finding]:
    """Return the open problems, the severest first.

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
    return [Finding(*row) for row in rows]
