"""The command `ott holidays`: the seed of Korea's public holidays."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import click
import holidays as calendar

from ott.build import shown
from ott.contract import PROJECT_DIR

FIRST_YEAR, LAST_YEAR = 2019, 2030
SUBSTITUTE = "대체 휴일"


def holiday_rows(first_year: int, last_year: int) -> list[tuple[date, str, bool]]:
    """Return date, Korean name and whether it is a substitute, in order of dates."""
    years = range(first_year, last_year + 1)
    found = calendar.country_holidays("KR", years=years, language="ko")
    return [
        (day, name.replace("; ", ", "), SUBSTITUTE in name)
        for day, name in sorted(found.items())
    ]


def as_seed(rows: list[tuple[date, str, bool]]) -> str:
    """Return the rows as the text of the seed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["holiday_date", "holiday_name", "is_substitute"])
    for day, name, is_substitute in rows:
        writer.writerow([day.isoformat(), name, str(is_substitute).lower()])
    return out.getvalue()


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; else seeds/holidays.csv.",
)
@click.option("--first-year", default=FIRST_YEAR, show_default=True)
@click.option("--last-year", default=LAST_YEAR, show_default=True)
def holidays(out: Path | None, first_year: int, last_year: int) -> None:
    """Write Korea's public holidays, lunar and substitute ones included, as the seed.

    Expectations compare holidays with holidays. Days that were added by hand, such as
    those of a company, are lost: keep them in mind, or write to another file.
    """
    if first_year > last_year:
        raise click.BadParameter(f"{last_year} is before {first_year}.")
    path = out or PROJECT_DIR / "seeds" / "holidays.csv"
    rows = holiday_rows(first_year, last_year)
    path.write_text(as_seed(rows), encoding="utf-8")
    click.echo(f"{len(rows)} holidays written to {shown(path.absolute())}")
