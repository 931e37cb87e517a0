"""Campaigns to win accounts back have an effect that the held-out half shows."""

from __future__ import annotations

import numpy as np

from ott.sample import crm, world
from ott.sample.clock import DAY

from .conftest import SMALL


def test_more_of_those_sent_return_within_a_week_than_of_those_held_out() -> None:
    made = world.build(SMALL)
    counts = {crm.CONTROL: [0, 0], crm.SENT: [0, 0]}
    for campaign in crm.campaigns(made.catalog):
        until = campaign.second + 7 * DAY
        if campaign.segment != crm.WIN_BACK or until > made.lives.start.max():
            continue
        starts = made.lives.start
        back = made.lives.account[(starts > campaign.second) & (starts < until)]
        events = crm._events_of(made, campaign)
        for kind, (asked, returned) in counts.items():
            accounts = events.account[events.kind == kind]
            counts[kind] = [
                asked + len(accounts),
                returned + int(np.isin(accounts, back).sum()),
            ]
    control, sent = counts[crm.CONTROL], counts[crm.SENT]
    assert 0.45 < control[0] / (control[0] + sent[0]) < 0.55
    assert sent[1] / sent[0] > control[1] / control[0] + 0.03


def test_a_campaign_goes_out_three_times_a_month_but_on_no_thursday() -> None:
    days = {
        campaign.second // DAY
        for campaign in crm.campaigns(world.build(SMALL).catalog)
        if campaign.segment == crm.WIN_BACK
    }
    assert len(days) > 40
    assert {crm.day_date(day).day for day in days} == {1, 20, 22}
    assert all(crm.day_date(day).weekday() != 3 for day in days)
