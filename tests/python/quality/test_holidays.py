"""The seed of public holidays is what `ott holidays` writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from ott.contract import PROJECT_DIR
from ott.quality.holidays_command import FIRST_YEAR, LAST_YEAR, holiday_rows, holidays

SEED = PROJECT_DIR / "seeds" / "holidays.csv"


def test_the_seed_is_what_the_command_writes(tmp_path: Path) -> None:
    out = tmp_path / "holidays.csv"
    done = CliRunner().invoke(holidays, ["--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8") == SEED.read_text(encoding="utf-8")


def test_lunar_and_substitute_holidays_of_all_years_are_in_it() -> None:
    rows = {day: (name, substitute) for day, name, substitute in _rows()}
    assert {day.year for day in rows} == set(range(2019, 2031))
    # Seollal and Chuseok by the moon, of either end and of the middle
    for day in (date(2019, 2, 5), date(2026, 2, 17), date(2030, 2, 3)):
        assert rows[day] == ("설날", False)
    assert rows[date(2025, 10, 6)] == ("추석", False)
    # it fell on a Sunday
    assert rows[date(2025, 3, 3)] == ("삼일절 대체 휴일", True)
    # two at once
    assert rows[date(2025, 5, 5)][0] == "부처님오신날, 어린이날"


def test_years_that_run_backwards_are_refused(tmp_path: Path) -> None:
    arguments = ["--out", str(tmp_path / "x.csv"), "--first-year", "2031"]
    done = CliRunner().invoke(holidays, arguments)
    assert done.exit_code == 2
    assert "2030 is before 2031" in done.output
    assert not (tmp_path / "x.csv").exists()


def _rows() -> list[tuple[date, str, bool]]:
    return holiday_rows(FIRST_YEAR, LAST_YEAR)
