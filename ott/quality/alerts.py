"""The command `ott alerts`: what is new since it last ran, told once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import click

from ott.environment import duckdb_path
from ott.errors import UserError
from ott.quality.alert_texts import TOLD, as_json, as_markdown, as_slack
from ott.quality.findings import KST, SEVERITIES, Finding, read_findings
from ott.quality.kept import kept_path
from ott.quality.webhook import VARIABLE, NotDeliveredError, send

NOTHING_NEW, NEW, NOT_RUN, NOT_DELIVERED = 0, 1, 2, 3
FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True)
class Told:
    """A problem as it was told, and the last date on which it was seen since then."""

    told_at: str
    severity: str
    last_seen_on: str


class NotRunError(UserError):
    """The warehouse, or what was told before, can't be read."""

    exit_code = NOT_RUN


@click.command()
@click.option(
    "--json", "json_file", metavar="FILE", type=FILE, help="Write it as JSON."
)
@click.option(
    "--markdown", "markdown_file", metavar="FILE", type=FILE, help="Write Markdown."
)
@click.option(
    "--slack", "slack_file", metavar="FILE", type=FILE, help="Write Slack's blocks."
)
@click.option(
    "--all", "tells_all", is_flag=True, help="Tell every open problem, remember none."
)
@click.pass_context
def alerts(
    ctx: click.Context,
    json_file: Path | None,
    markdown_file: Path | None,
    slack_file: Path | None,
    tells_all: bool,
) -> None:
    """Tell the problems that are new since `ott alerts` last ran.

    They are those of data_quality_findings that no line of seeds/incidents.csv
    explains, and a warehouse into which nothing was written for 36 hours. One is news
    again if it ended in between, or became an error. They are printed, written to the
    files asked for and, where OTT_ALERT_WEBHOOK names an address, posted there as a
    message of Slack. What was told is remembered beside the database, after it was
    delivered: an alert may come twice, never not at all.

    The code is 0 if nothing is new, 1 if something is, 2 if the warehouse can't be read
    and 3 if the alert could not be delivered; the next run then tells it again.
    """
    database = duckdb_path()
    memory = kept_path(database) / "alerts.json"
    now = datetime.now(KST)
    try:
        found = [one for one in read_findings(database, now) if not one.incident_title]
        told = {} if tells_all else _told(memory)
    except UserError as error:
        raise NotRunError(error.message) from None
    new = [one for one in found if _is_news(one, told.get(one.id))]
    text = as_markdown(new, now, None if tells_all else TOLD)
    click.echo(text if new else f"Nothing new ({now:%F %H:%M} KST).")
    try:
        _write(json_file, json.dumps(as_json(new, now), ensure_ascii=False, indent=2))
        _write(markdown_file, text)
        slack = json.dumps(as_slack(new, now), ensure_ascii=False, indent=2)
        _write(slack_file, slack)
        if new and not tells_all and (address := os.environ.get(VARIABLE)):
            send(address, as_slack(new, now))
        if not tells_all:
            _remember(memory, found, new, told, now)
    except (NotDeliveredError, OSError) as error:
        said = getattr(error, "strerror", None) or error
        name = getattr(error, "filename", None)
        click.echo(f"Not delivered: {f'{name}: ' if name else ''}{said}", err=True)
        ctx.exit(NOT_DELIVERED)
    ctx.exit(NEW if new else NOTHING_NEW)


def _is_news(one: Finding, before: Told | None) -> bool:
    if before is None:
        return True
    came_again = one.first_seen_on > date.fromisoformat(before.last_seen_on)
    worse = SEVERITIES.index(one.severity) > SEVERITIES.index(before.severity)
    return came_again or worse


def _told(memory: Path) -> dict[str, Told]:
    """Return what was told; a memory that is damaged would silence nothing.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
        return {str(key): _read(value) for key, value in found["told"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError(f"{memory} cannot be read: {error.strerror}.") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        click.echo(f"{memory} is damaged: every problem counts as new.", err=True)
        return {}


def _read(value: Mapping[str, str]) -> Told:
    told = Told(**value)
    SEVERITIES.index(told.severity)
    date.fromisoformat(told.last_seen_on)
    return told


def _remember(
    memory: Path,
    found: Sequence[Finding],
    new: Sequence[Finding],
    told: dict[str, Told],
    now: datetime,
) -> None:
    """Remember what stands: a problem that has ended is forgotten."""
    moment = now.isoformat(timespec="seconds")
    kept = {}
    for one in found:
        told_at = moment if one in new else told[one.id].told_at
        kept[one.id] = asdict(Told(told_at, one.severity, str(one.last_seen_on)))
    memory.parent.mkdir(parents=True, exist_ok=True)
    _write(memory, json.dumps({"told": kept}, ensure_ascii=False, indent=2))


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
