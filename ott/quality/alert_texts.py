"""An alert as text, Markdown, JSON and Slack blocks. Every time is KST, as it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from ott.quality.findings import Finding

# So many problems of a group are told one by one.
TOLD = 10
# Slack refuses messages of more blocks, and blocks with longer texts.
SLACK_BLOCKS, SLACK_TEXT = 50, 2_900
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
DETECTORS = {
    "failed_check": "failed checks · 실패한 점검",
    "log_completeness": "missing data · 누락된 데이터",
    "viewing_overlap": "time counted twice · 이중 집계",
    "contract_change": "changed raw columns · 바뀐 원천 열",
    "unknown_code": "unknown codes · 알 수 없는 코드",
    "stale_warehouse": "no run · 멈춘 실행",
}


def heading(count: int, now: datetime) -> str:
    """Return the first line: how many problems are new, and when that was."""
    what = "1 new problem" if count == 1 else f"{count} new problems"
    return f"{what} · 새 문제 {count}건 ({now:%Y-%m-%d %H:%M} KST)"


def as_markdown(
    findings: Sequence[Finding], now: datetime, most: int | None = TOLD
) -> str:
    """Return the alert as Markdown, which is also what the terminal shows.

    Args:
        findings: what to tell.
        now: when it is told.
        most: so many of a group are told one by one; None for all.
    """
    lines = [f"# {heading(len(findings), now)}"]
    for (severity, owner, detector), members in _groups(findings):
        lines += ["", f"## {severity}: {_kind(detector)}, {_plain(owner)}", ""]
        for one in members[:most]:
            lines.append(f"- **{_markdown(one.summary)}** (since {_since(one)})")
            lines += [f"  - {name}: {_markdown(text)}" for name, text in _texts(one)]
        if most is not None and len(members) > most:
            lines.append(f"- and {len(members) - most} more: `ott alerts --all`")
    return "\n".join(lines) + "\n"


def as_json(findings: Sequence[Finding], now: datetime) -> dict[str, Any]:
    """Return the alert for a program; each problem has the time zone of its dates."""
    return {
        "told_at": now.isoformat(timespec="seconds"),
        "new_problems": len(findings),
        "problems": [
            {
                "id": one.id,
                "detector": one.detector,
                "key": one.finding_key,
                "severity": one.severity,
                "owner": one.owner,
                "summary": one.summary,
                "first_seen_on": str(one.first_seen_on),
                "last_seen_on": str(one.last_seen_on),
                "time_zone": one.time_zone,
                "what_is_this": one.what_is_this,
                "when_does_it_matter": one.when_does_it_matter,
                "how_to_resolve": one.how_to_resolve,
            }
            for one in findings
        ],
    }


def as_slack(findings: Sequence[Finding], now: datetime) -> dict[str, Any]:
    """Return the alert as a message of Slack: a heading and a block a problem."""
    title = heading(len(findings), now)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:150]}}
    ]
    for (severity, owner, detector), members in _groups(findings):
        blocks.append(_section(f"*{severity}: {_kind(detector)}*, {_slack(owner)}"))
        for one in members[:TOLD]:
            told = [f"*{_slack(one.summary)}* (since {_since(one)})"]
            told += [f"_{name}_: {_slack(text)}" for name, text in _texts(one)]
            blocks.append(_section("\n".join(told)))
        if len(members) > TOLD:
            blocks.append(_section(f"and {len(members) - TOLD} more"))
    if len(blocks) > SLACK_BLOCKS:
        rest = "More than a message holds: `ott alerts --all` lists every problem."
        blocks = [*blocks[: SLACK_BLOCKS - 1], _section(rest)]
    return {"text": title, "blocks": blocks}


def _groups(
    findings: Sequence[Finding],
) -> list[tuple[tuple[str, str, str], list[Finding]]]:
    ordered = sorted(findings, key=lambda one: (*one.group, one.finding_key))
    return [(key, list(own)) for key, own in groupby(ordered, lambda one: one.group)]


def _kind(detector: str) -> str:
    return DETECTORS.get(detector, detector.replace("_", " "))


def _since(one: Finding) -> str:
    days = (one.last_seen_on - one.first_seen_on).days + 1
    return f"{one.first_seen_on} {one.time_zone}, {days} day{'' if days == 1 else 's'}"


def _texts(one: Finding) -> list[tuple[str, str]]:
    named = (
        ("what", one.what_is_this),
        ("when it matters", one.when_does_it_matter),
        ("how to resolve", one.how_to_resolve),
    )
    return [(name, text) for name, text in named if text]


def _plain(text: str) -> str:
    """Return a text as one line: what logs send must not forge lines of an alert."""
    return CONTROL.sub(" ", text).strip()


def _markdown(text: str) -> str:
    return _plain(text).replace("<", "&lt;").replace("[", "\\[")


def _slack(text: str) -> str:
    plain = _plain(text).replace("&", "&amp;")
    return plain.replace("<", "&lt;").replace(">", "&gt;")


def _section(text: str) -> dict[str, Any]:
    cut = text if len(text) <= SLACK_TEXT else text[: SLACK_TEXT - 1] + "…"
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut}}
