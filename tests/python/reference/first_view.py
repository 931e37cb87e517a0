"""``first_views_daily`` (DOMAIN.md sections 4, 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .contract import Row
from .instants import as_date
from .subscription import ALL, Spell, start_day
from .viewing import Play

B2C = ("sales_type", "B2C", ALL)


@dataclass
class DayReport:
    """First views of one subscription date."""

    subscribers: int = 0
    new: dict[str, set[str]] = field(default_factory=dict)
    returned: dict[str, set[str]] = field(default_factory=dict)
    first_programs: list[str] = field(default_factory=list)

    def first_views(self, program_id: str) -> int:
        """Distinct accounts of a programme."""
        new = self.new.get(program_id, set())
        return len(new | self.returned.get(program_id, set()))

    @property
    def programs(self) -> set[str]:
        """Programmes with at least one account."""
        return set(self.new) | set(self.returned)

    def rank(self, program_id: str) -> int | None:
        """Rank with gaps, most first; None for a programme without an account."""
        own = self.first_views(program_id)
        if own == 0:
            return None
        return 1 + sum(self.first_views(other) > own for other in self.programs)


def day_report(day: int, spells: list[Spell], plays: list[Play]) -> DayReport:
    """First views of the accounts whose B2C spell started on a day."""
    started: dict[str, list[Spell]] = {}
    for spell in spells:
        if spell.level == B2C and start_day(spell) == day:
            started.setdefault(spell.account, []).append(spell)
    report = DayReport(subscribers=len(started))
    for account, own in started.items():
        seen = [
            play
            for play in plays
            if play.account == account
            and play.view_day == day
            and play.makes_first_view
        ]
        is_new = any(spell.is_new for spell in own)
        side = report.new if is_new else report.returned
        for play in seen:
            side.setdefault(play.program_id, set()).add(account)
        moment = min(spell.start for spell in own)
        after = [play for play in seen if play.started >= moment]
        if after:
            first = min(after, key=lambda play: (play.started, play.log_id))
            report.first_programs.append(first.program_id)
    return report


def first_views_daily(
    plays: list[Play], spells: list[Spell], programs: dict[str, Row], run_day: int
) -> list[Row]:
    """One row per subscription date and programme of that date or a week before."""
    days = {start_day(spell) for spell in spells}
    reports = {day: day_report(day, spells, plays) for day in days if day <= run_day}
    nothing = DayReport()
    rows = []
    for day in sorted(reports.keys() | {day + 7 for day in reports}):
        if day > run_day:
            continue
        now, before = reports.get(day, nothing), reports.get(day - 7, nothing)
        for program_id in sorted(now.programs | before.programs):
            title = programs.get(program_id, {}).get("title")
            rows.append(_row(day, program_id, title, now, before))
    return rows


def _row(
    day: int, program_id: str, title: str | None, now: DayReport, before: DayReport
) -> Row:
    views, earlier = now.first_views(program_id), before.first_views(program_id)
    rank, rank_before = now.rank(program_id), before.rank(program_id)
    return {
        "subscription_date": as_date(day),
        "program_id": program_id,
        "program_title": title,
        "first_views": views,
        "new_first_views": len(now.new.get(program_id, ())),
        "returned_first_views": len(now.returned.get(program_id, ())),
        "first_program_subscribers": now.first_programs.count(program_id),
        "subscribers_on_date": now.subscribers,
        "share": views / now.subscribers if now.subscribers else None,
        "first_view_rank": rank,
        "first_views_week_ago": earlier,
        "first_views_change": views - earlier,
        "first_views_change_rate": (views - earlier) / earlier if earlier else None,
        "first_view_rank_week_ago": rank_before,
        "first_view_rank_change": _climb(rank, rank_before),
    }


def _climb(rank: int | None, rank_before: int | None) -> int | None:
    """Ranks gained in a week; None where either rank is."""
    if rank is None or rank_before is None:
        return None
    return rank_before - rank
