"""What there is to be found in the sample."""

from __future__ import annotations

from ott.sample import lives, world
from ott.sample.clock import DAY, day_number

from .conftest import SMALL, Query

PERIODS = """
    select subscription_id, uno, product_code, event_type, occurred_at, period_start,
        period_end, try_cast(regexp_replace(paid_amount, '[ ,원]', '', 'g') as double)
            as amount
    from billing.subscription_event
    where trim(event_type) in ('SUBSCRIBE', 'RENEW', 'CHANGE')
"""


def test_subscribers_watch_paid_content_on_their_first_day(query: Query) -> None:
    ((started, watched, most),) = query(
        f"""
        with starts as (
            select distinct uno, cast(period_start + interval 9 hour as date) as day
            from ({PERIODS})
            where event_type = 'SUBSCRIBE' and amount > 0
                and product_code not like 'TELCO%'
                and cast(period_start + interval 9 hour as date)
                    between '{SMALL.start}' and '{SMALL.end}'
        ),

        seen as (
            select distinct starts.uno, starts.day, content.program_id
            from starts
            join player.viewing_log as log on starts.uno = log.uno
                and starts.day = cast(log.started_at + interval 9 hour as date)
            join catalog.content as content
                on trim(log.content_id) = content.content_id
            where trim(log.charge_type) in ('SVOD', 'TVOD') and play_seconds >= 30
        ),

        per_program as (
            select day, program_id, count(*) as accounts from seen group by all
        )

        select (select count(*) from starts),
            (select count(distinct (uno, day)) from seen),
            (select max(accounts) from per_program)
        """
    )
    assert started > 10
    assert watched > 0.6 * started
    assert most > 1


def test_the_first_day_has_subscribers(query: Query) -> None:
    ((active,),) = query(
        f"select count(distinct uno) from ({PERIODS}) where amount > 0 "
        f"and '{SMALL.start}' between period_start and period_end"
    )
    assert 0.2 * SMALL.accounts < active < 0.7 * SMALL.accounts


def test_paid_plays_need_a_pass(query: Query) -> None:
    ((plays, covered),) = query(
        f"""
        with plays as (
            select distinct log_id, uno, started_at from player.viewing_log
            where charge_type = 'SVOD' and started_at > '2011-01-01'
                and started_at < ingested_at
        )

        select count(*), count(*) filter (exists (
            select 1 from ({PERIODS}) as period
            where period.uno = plays.uno
                and plays.started_at between period.period_start and period.period_end
        ))
        from plays
        """
    )
    assert covered > 0.9 * plays


def test_the_price_rises_on_the_event_alone(query: Query) -> None:
    rows = query(
        f"select amount, min(occurred_at) < '2025-10-31 15:00:00+00', "
        f"max(occurred_at) > '2025-10-31 15:00:00+00' from ({PERIODS}) "
        "where product_code = 'BASIC_M' and amount in (7900, 8900) "
        "and occurred_at > '2011-01-01' group by 1 order by 1"
    )
    assert rows == [(7900.0, True, False), (8900.0, False, True)]


def test_amounts_are_printed_in_many_ways(query: Query) -> None:
    printed = {
        text for (text,) in query("select paid_amount from billing.subscription_event")
    }
    assert {"7900", "7,900", " 7900 ", "7900원", "0", "N/A", "", None} <= printed


def test_lives_have_every_turn() -> None:
    known = world.build(SMALL)
    found = known.lives
    assert set(found.ending.tolist()) == {
        *(lives.LAPSES, lives.CANCELLED, lives.REFUNDED),
        *(lives.CHANGED, lives.CONVERTED),
    }
    assert set(found.product.tolist()) == set(range(len(lives.PRODUCTS)))
    assert set(found.slot.tolist()) == {0, 1}
    assert (found.renews_early > 0).any()
    assert (found.has_gaps > 0).any()
    assert (found.subscription > 1).any()
    assert (found.start >= known.members.joined[found.account]).all()
    assert (found.end > found.start).all()


def test_a_life_does_not_depend_on_the_last_day() -> None:
    known = world.build(SMALL)
    until = (day_number(SMALL.end) - 300) * DAY
    sooner = lives.build(known.members, known.catalog, until)
    kept = known.lives.take(known.lives.start <= until)
    for name in lives.WIDTHS:
        # The stretches come in the order of their place within a life.
        assert sorted(getattr(sooner, name)) == sorted(getattr(kept, name)), name


def test_campaigns_hold_out_nobody_a_tenth_or_half(query: Query) -> None:
    rows = query(
        "select campaign.holdout_percent, "
        "count(distinct event.uno) filter (event_type = 'CONTROL'), "
        "count(distinct event.uno) filter (trim(event_type) = 'SENT') "
        "from crm.push_event as event join (select distinct campaign_id, "
        "holdout_percent from crm.push_campaign) as campaign using (campaign_id) "
        "group by event.campaign_id, campaign.holdout_percent"
    )
    assert {percent for percent, _, _ in rows} == {0, 10, 50}
    for percent, held_out, sent in rows:
        spread = 5 * (percent * (100 - percent) / (held_out + sent)) ** 0.5
        assert abs(100 * held_out / (held_out + sent) - percent) <= spread


def test_pushes_have_an_effect_on_those_who_open_them(query: Query) -> None:
    ((sent, opened),) = query(
        "select count(*) filter (trim(event_type) = 'SENT'), "
        "count(*) filter (event_type = 'OPENED') from crm.push_event"
    )
    assert 0 < opened < 0.3 * sent
    ((openers, control),) = query(
        """
        with watched as (
            select event.event_type, exists (
                select 1 from player.viewing_log as log
                join catalog.content as content
                    on trim(log.content_id) = content.content_id
                where log.uno = event.uno
                    and content.program_id = campaign.program_id
                    and log.started_at between event.occurred_at
                        and event.occurred_at + interval 1 day
            ) as is_watched
            from crm.push_event as event
            join crm.push_campaign as campaign using (campaign_id)
        )

        select avg(is_watched::int) filter (event_type = 'OPENED'),
            avg(is_watched::int) filter (event_type = 'CONTROL')
        from watched
        """
    )
    assert openers > 2 * control


def test_searches_are_answered_and_clicked(query: Query) -> None:
    ((turns, clicked, in_results),) = query(
        "select count(*), count(clicked_program_id), count(*) filter "
        "(list_contains(result_program_ids, clicked_program_id)) "
        "from search.conversation_turn"
    )
    assert 0.1 * turns < clicked == in_results


def test_a_scripts_figures_are_the_sum_of_its_children(query: Query) -> None:
    rows = query(
        "select parent.total_bytes_billed, sum(child.total_bytes_billed) "
        "from platform.jobs as parent join platform.jobs as child "
        "on child.parent_job_id = parent.job_id "
        "where parent.statement_type = 'SCRIPT' group by parent.job_id, 1"
    )
    assert len(rows) > 20
    assert all(parent == children for parent, children in rows)


def test_credits_are_negative_and_jobs_are_billed(query: Query) -> None:
    ((cost, credit, highest),) = query(
        "select sum(cost) filter (sku.id = 'B-ANALYSIS'), "
        "sum(list_sum([c.amount for c in credits])), "
        "max(list_max([c.amount for c in credits])) from platform.billing_export"
    )
    assert highest < 0
    assert -0.5 * cost < credit < 0


def test_questions_on_slack_get_answers(query: Query) -> None:
    ((questions, answered, wrong),) = query(
        "select count(*) filter (parent_user_id is null and bot_id is null "
        "and subtype is null), count(*) filter (thread_ts = ts), "
        "count(*) filter (thread_ts > ts) from slack.message "
        "where channel = 'data_communication'"
    )
    assert 10 < answered < questions
    assert wrong == 0
