"""Hand-worked examples of DOMAIN.md section 3: periods, spells, daily counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from .examples import built, daily, event, kst, marts, opened
from .instants import HOUR, micros
from .paid_subscribers import round_half_away

NEW, BACK = "new_subscribers", "returned_subscribers"
GONE, WANTED = "churned_subscribers", "voluntary_churned_subscribers"


def paid(*rows, **variables) -> list[dict]:
    """``paid_subscribers_daily``."""
    return marts(*rows, **variables)["paid_subscribers_daily"]


def bounds(*rows) -> list[tuple | None]:
    """Start and end of every period in hours of March KST; None where void."""
    march = micros(kst("01"))
    return [
        ((period.start - march) / HOUR, (period.end - march) / HOUR)
        if period.end > period.start
        else None
        for period in sorted(built(*rows).periods, key=lambda p: (p.start, p.event_id))
    ]


def test_natural_end_is_cut_by_the_next_start():
    # Hours of March: 24-72 cut at 60 by an unpaid early renewal 60-100.
    rows = (
        opened(kst("02"), kst("04")),
        opened(kst("03 12:00"), kst("05 04:00"), event_type="RENEW", paid_amount="0"),
    )
    assert bounds(*rows) == [(24, 60), (60, 100)]


def test_same_start_voids_all_but_the_last_by_occurred_at():
    rows = (
        opened(kst("02"), kst("09"), event_id="z"),
        opened(kst("02"), kst("03"), event_id="a", occurred_at=kst("02 00:01")),
    )
    # Order: z (00:00), a (00:01). z ends where a starts. Sorted here by id: a, z.
    assert bounds(*rows) == [(24, 48), None]


def test_first_refund_inside_cuts_and_one_at_the_start_voids():
    first = opened(kst("02"), kst("04"))
    late, early = event("REFUND", kst("03")), event("REFUND", kst("02 12:00"))
    assert bounds(first, late, early) == [(24, 36)]
    assert bounds(first, event("REFUND", kst("02"))) == [None]
    assert bounds(first, event("REFUND", kst("02", -1))) == [(24, 72)]
    assert bounds(first, event("REFUND", kst("04"))) == [(24, 72)]
    assert bounds(first, event("REFUND", kst("03"), "s2")) == [(24, 72)]


def test_refund_between_natural_end_and_own_end_belongs_to_the_next():
    # Own end 96, natural end 48: the refund at 60 cuts the second period alone.
    rows = (
        opened(kst("02"), kst("05")),
        opened(kst("03"), kst("05"), event_type="CHANGE", product_code="PREMIUM_M"),
        event("REFUND", kst("03 12:00")),
    )
    assert bounds(*rows) == [(24, 48), (48, 60)]


def test_active_at_the_end_of_a_day():
    # 10th 00:00 to 12th 00:00: start < T and end >= T holds on the 10th and the
    # 11th. The end, 24:00 of the 11th, belongs to the 12th.
    mart = paid(opened(kst("10"), kst("12")))
    assert daily(mart, "subscribers") == {10: 1, 11: 1}
    assert daily(mart, NEW) == {10: 1}
    assert daily(mart, GONE) == {12: 1}
    assert daily(mart, "paid_users") == {10: 1, 11: 1}
    assert daily(mart, "equivalent_paid_users") == {10: 1, 11: 1}
    assert daily(mart, "revenue_krw") == {10: 7900}


def test_one_microsecond_before_midnight():
    mart = paid(opened(kst("10", -1), kst("12", -1)))
    assert daily(mart, "subscribers") == {9: 1, 10: 1}
    assert (daily(mart, NEW), daily(mart, GONE)) == ({9: 1}, {11: 1})


def test_a_pass_within_one_day_is_never_in_a_snapshot():
    mart = paid(opened(kst("10 01:00"), kst("10 02:00")))
    assert daily(mart, "subscribers") == {}
    assert (daily(mart, NEW), daily(mart, GONE)) == ({10: 1}, {10: 1})


def test_rows_of_all_levels_from_the_first_paid_event_to_the_run_date():
    # Paid on the 8th for the 10th: rows from the 8th. B2B has its own first day.
    rows = (
        opened(kst("10"), kst("12"), occurred_at=kst("08 09:00")),
        opened(kst("11"), kst("12"), "s2", product_code="TELCO_M"),
        opened(kst("05"), kst("06"), "s3", product_code="TRIAL_1M", paid_amount="0"),
    )
    mart = paid(*rows)
    firsts: dict[tuple, date] = {}
    for row in mart:
        firsts.setdefault(tuple(list(row.values())[1:4]), row["snapshot_date"])
    assert firsts == {
        ("total", "ALL", "ALL"): date(2024, 3, 8),
        ("sales_type", "B2C", "ALL"): date(2024, 3, 8),
        ("sales_type", "B2B", "ALL"): date(2024, 3, 11),
        ("product", "B2C", "BASIC_M"): date(2024, 3, 8),
        ("product", "B2B", "TELCO_M"): date(2024, 3, 11),
    }
    assert len(mart) == 13 * 3 + 10 * 2
    assert daily(mart, "revenue_krw") == {8: 7900, 11: 7900}
    assert daily(mart, "subscribers") == {10: 1, 11: 1}  # one account, two products
    assert daily(mart, "paid_users") == {10: 1, 11: 1 + 2}


def test_a_paid_period_before_its_event_begins_the_rows():
    mart = paid(opened(kst("10"), kst("12"), occurred_at=kst("14")))
    assert mart[0]["snapshot_date"] == date(2024, 3, 10)
    assert daily(mart, "revenue_krw") == {14: 7900}


def test_a_void_period_begins_the_rows_by_its_event_alone():
    # Void: start 10th, refunded at its start. The event came on the 12th.
    rows = (
        opened(kst("10"), kst("12"), occurred_at=kst("12")),
        event("REFUND", kst("10")),
    )
    mart = paid(*rows)
    assert mart[0]["snapshot_date"] == date(2024, 3, 12)
    assert daily(mart, "revenue_krw") == {12: 7900}
    assert daily(mart, "refund_krw") == {}  # of the 10th, before the first row
    assert daily(mart, NEW) == {}


def test_nothing_paid_no_rows():
    assert paid(opened(kst("10"), kst("12"), paid_amount="0.00")) == []
    assert paid(event("CANCEL", kst("10"))) == []


def test_trial_then_paid_is_new_when_paid():
    rows = (
        opened(kst("05"), kst("10"), product_code="TRIAL_1M", paid_amount="0"),
        opened(kst("10"), kst("12"), event_type="RENEW"),
    )
    mart = paid(*rows)
    assert (daily(mart, NEW), daily(mart, BACK)) == ({10: 1}, {})


def test_gap_and_return():
    # Ends 12th 00:00, next starts a second later: churn and return on the 12th.
    rows = opened(kst("10"), kst("12")), opened(kst("12 00:00:01"), kst("14"))
    mart = paid(*rows)
    assert daily(mart, "subscribers") == {10: 1, 11: 1, 12: 1, 13: 1}
    assert (daily(mart, NEW), daily(mart, BACK)) == ({10: 1}, {12: 1})
    assert daily(mart, GONE) == {12: 1, 14: 1}
    nested = opened(kst("10"), kst("14")), opened(kst("11"), kst("12"), "s2")
    mart = paid(*nested, opened(kst("13"), kst("15"), "s3"))
    assert (daily(mart, BACK), daily(mart, GONE)) == ({}, {15: 1})
    meeting = paid(opened(kst("10"), kst("12")), opened(kst("12"), kst("14"), "s2"))
    assert (daily(meeting, BACK), daily(meeting, GONE)) == ({}, {14: 1})


def test_a_change_of_product_is_a_churn_at_product_level_alone():
    rows = (
        opened(kst("10"), kst("14")),
        opened(kst("12"), kst("14"), event_type="CHANGE", product_code="PREMIUM_M"),
    )
    mart = paid(*rows)
    assert daily(mart, GONE) == {14: 1}
    assert daily(mart, GONE, "product", "BASIC_M") == {12: 1}
    assert daily(mart, NEW, "product", "PREMIUM_M") == {12: 1}
    assert daily(mart, "paid_users") == {10: 1, 11: 1, 12: 4, 13: 4}


def test_past_is_strictly_before_the_end_of_the_run_date():
    run = date(2024, 3, 11)
    still = paid(opened(kst("10"), kst("12")), run_date=run)
    assert (daily(still, GONE), daily(still, "subscribers")) == ({}, {10: 1, 11: 1})
    over = paid(opened(kst("10"), kst("12", -1)), run_date=run)
    assert (daily(over, GONE), daily(over, "subscribers")) == ({11: 1}, {10: 1})


def test_grace_merges_spells_and_keeps_open_ones_covered():
    # Gap of exactly one day merges; a microsecond more does not.
    exact = opened(kst("10"), kst("12")), opened(kst("13"), kst("14"), "s2")
    mart = paid(*exact, grace_days=1)
    assert daily(mart, "subscribers") == {10: 1, 11: 1, 12: 1, 13: 1}
    assert daily(mart, "paid_users") == {10: 1, 11: 1, 13: 1}
    assert daily(mart, GONE) == {14: 1}
    more = exact[0], opened(kst("13", 1), kst("14"), "s2")
    assert daily(paid(*more, grace_days=1), BACK) == {13: 1}
    # Ended 14th 00:00, grace to the 16th 00:00 = 24:00 of the 15th: not past yet.
    mart = paid(opened(kst("12"), kst("14")), grace_days=2, run_date=date(2024, 3, 15))
    assert daily(mart, "subscribers") == {12: 1, 13: 1, 14: 1, 15: 1}
    assert (daily(mart, GONE), daily(mart, "paid_users")) == ({}, {12: 1, 13: 1})
    mart = paid(opened(kst("12"), kst("14")), grace_days=2, run_date=date(2024, 3, 16))
    assert daily(mart, "subscribers") == {12: 1, 13: 1}
    assert daily(mart, GONE) == {14: 1}


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ([], {}),
        ([("CANCEL", kst("10"), "s1")], {12: 1}),
        ([("CANCEL", kst("10", -1), "s1")], {}),
        ([("CANCEL", kst("12"), "s1")], {12: 1}),
        ([("CANCEL", kst("12", 1), "s1")], {}),
        ([("CANCEL", kst("11"), "s2")], {}),
        ([("REFUND", kst("11"), "s1")], {11: 1}),
        ([("REFUND", kst("12"), "s1")], {}),
    ],
)
def test_voluntary_churn(closing, expected):
    rows = [event(kind, at, name) for kind, at, name in closing]
    mart = paid(opened(kst("10"), kst("12")), *rows)
    assert daily(mart, WANTED) == expected
    assert daily(mart, GONE) == (expected or {12: 1})


def test_voluntary_looks_at_the_periods_that_end_the_spell():
    # s1 is cancelled but ends before s2 does: involuntary. Ending together: voluntary.
    cancel = event("CANCEL", kst("11"), "s1")
    first = opened(kst("10"), kst("12"))
    assert daily(paid(first, cancel, opened(kst("11"), kst("13"), "s2")), WANTED) == {}
    assert daily(paid(first, cancel, opened(kst("11"), kst("12"), "s2")), WANTED) == {
        12: 1
    }


def test_equivalents_of_yearly_passes_are_rounded_at_the_end():
    # 139000 / 12 / 7900 = 1.46624... -> 1.4662; three of them 4.39873... -> 4.3987.
    year = {"product_code": "PREMIUM_Y", "paid_amount": "139,000원"}
    rows = [
        opened(kst("10"), kst("12"), name, uno=name, **year) for name in ("a", "b", "c")
    ]
    assert daily(paid(rows[0]), "equivalent_paid_users")[10] == Decimal("1.4662")
    mart = paid(*rows)
    assert daily(mart, "equivalent_paid_users")[10] == Decimal("4.3987")
    assert daily(mart, "paid_users")[10] == 12
    # 4.74 / 12 / 7900 = 0.00005 exactly: a half goes away from zero.
    half = opened(kst("10"), kst("12"), product_code="PREMIUM_Y", paid_amount="4.74")
    assert daily(paid(half), "equivalent_paid_users")[10] == Decimal("0.0001")
    mart = paid(rows[0], equivalent_price_krw=13900)
    assert daily(mart, "equivalent_paid_users")[10] == Decimal("0.8333")


def test_round_half_away():
    assert round_half_away(Fraction(1, 8), 2) == Decimal("0.13")
    assert round_half_away(Fraction(-1, 8), 2) == Decimal("-0.13")
    assert round_half_away(Fraction(12499, 100000), 2) == Decimal("0.12")


def test_refunds_belong_to_the_period_they_fall_into():
    rows = (
        opened(kst("10"), kst("14")),
        opened(kst("12"), kst("14"), event_type="CHANGE", product_code="PREMIUM_M"),
        event("REFUND", kst("11"), paid_amount="1", product_code="PREMIUM_M"),
        event("REFUND", kst("12"), paid_amount="2", product_code=None),
        event("REFUND", kst("14"), paid_amount="4", product_code="BASIC_M"),
        event("REFUND", kst("15"), paid_amount="8", product_code="GONE"),
        event("REFUND", kst("16"), paid_amount="16", product_code="TELCO_M"),
    )
    mart = paid(*rows)
    refund = "refund_krw"
    assert daily(mart, refund) == {11: 1, 12: 2, 14: 4, 15: 8, 16: 16}
    assert daily(mart, refund, "product", "BASIC_M") == {11: 1, 14: 4}
    assert daily(mart, refund, "product", "PREMIUM_M") == {12: 2}
    assert daily(mart, refund, "sales_type") == {11: 1, 12: 2, 14: 4}


def test_each_period_belongs_to_the_uno_of_its_event():
    rows = (
        opened(kst("10"), kst("12")),
        opened(kst("12"), kst("14"), event_type="RENEW", uno="u2"),
    )
    mart = paid(*rows)
    assert (daily(mart, NEW), daily(mart, GONE)) == ({10: 1, 12: 1}, {12: 1, 14: 1})
    assert daily(mart, "subscribers") == {10: 1, 11: 1, 12: 1, 13: 1}


def test_an_account_may_return_twice_a_day():
    hours = ((1, 2), (3, 4), (5, 6))
    rows = [
        opened(kst(f"10 0{start}:00"), kst(f"10 0{end}:00")) for start, end in hours
    ]
    mart = paid(*rows)
    assert (daily(mart, NEW), daily(mart, BACK)) == ({10: 1}, {10: 2})
    assert daily(mart, GONE) == {10: 3}


def test_what_comes_after_the_run_date_still_cuts():
    rows = opened(kst("10"), kst("30")), event("REFUND", kst("25"))
    assert bounds(*rows) == [(9 * 24, 24 * 24)]
    assert daily(paid(*rows), GONE) == {}
