"""Recall, precision, days to detection and false alarms of a list of alarms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from detection.alarms import Alarm
from detection.faults import DEVICES, PLAYS, STORY, Fault

# An event that is judged by the week up to a day still shows six days later.
WEEK = timedelta(days=6)
DAYS_A_MONTH = 30.4


@dataclass
class Score:
    """What a detector found of the faults, and what it told beside them."""

    found: dict[Fault, int] = field(default_factory=dict)
    missed: list[Fault] = field(default_factory=list)
    true_alarms: int = 0
    false_alarms: list[Alarm] = field(default_factory=list)
    decoys: list[Fault] = field(default_factory=list)
    flagged_decoys: list[Fault] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the faults that were told."""
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of the alarms that tell of a fault."""
        told = self.true_alarms + len(self.false_alarms)
        return self.true_alarms / told if told else 0.0

    @property
    def days_to_detection(self) -> float:
        """The median of the days from the first bad one to the first alarm."""
        return median(self.found.values()) if self.found else float("nan")


def score(alarms: list[Alarm], planted: list[Fault], first: date) -> Score:
    """Compare alarms from a day on with what was planted."""
    result = Score(decoys=[one for one in planted if one.is_decoy])
    faults = [one for one in planted if not one.is_decoy]
    for fault in faults:
        days = [
            day
            for alarm in alarms
            if alarm.series in fault.series
            for day in alarm.days
            if fault.first <= day <= _last(fault)
        ]
        if days:
            result.found[fault] = (min(days) - fault.first).days
        else:
            result.missed.append(fault)
    for alarm in alarms:
        if alarm.days[-1] < first or _is_story(alarm):
            continue
        if any(_tells(alarm, fault) for fault in faults):
            result.true_alarms += 1
            continue
        result.false_alarms.append(alarm)
        result.flagged_decoys += [
            one
            for one in result.decoys
            if _tells(alarm, one) and one not in result.flagged_decoys
        ]
    return result


def clean_rate(alarms: list[Alarm], first: date, last: date) -> float:
    """Return the alarms a month, over all series, of data without planted faults."""
    told = [one for one in alarms if one.days[-1] >= first and not _is_story(one)]
    return len(told) / (((last - first).days + 1) / DAYS_A_MONTH)


def _last(fault: Fault) -> date:
    return fault.last + (WEEK if "/" in fault.target else timedelta(0))


def _tells(alarm: Alarm, fault: Fault) -> bool:
    return alarm.series in fault.series and any(
        fault.first <= day <= _last(fault) for day in alarm.days
    )


def _is_story(alarm: Alarm) -> bool:
    for device, first, last in STORY:
        devices = DEVICES if device == "ALL" else (device,)
        if alarm.series in {f"{PLAYS}/{one}" for one in ("ALL", *devices)} and any(
            first <= day <= last for day in alarm.days
        ):
            return True
    return False
