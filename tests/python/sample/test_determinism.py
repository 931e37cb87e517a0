"""The same rows on every run, whichever days are written and by how many processes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ott import contract
from ott.sample.settings import Settings

from .conftest import SMALL, write_sample

TINY = Settings(date(2025, 6, 2), date(2025, 6, 4), accounts=120, plays_per_day=60)


def prints(root: Path) -> dict[str, str]:
    """Return a hash of every file, by its path."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample with twelve days before it and five after, by two processes."""
    out = tmp_path_factory.mktemp("longer") / "raw"
    start, end = SMALL.start - timedelta(days=12), SMALL.end + timedelta(days=5)
    write_sample(out, replace(SMALL, start=start, end=end), processes=2)
    return out


def test_a_second_run_writes_the_same_files(raw: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", SMALL, processes=2)
    assert prints(tmp_path / "again") == prints(raw)


def test_more_days_leave_every_log_file_as_it_was(raw: Path, longer: Path) -> None:
    logs = {
        f"{table.system}/{table.name}" for table in contract.tables() if table.is_log
    }
    before, after = prints(raw), prints(longer)
    common = {path for path in before if path.rsplit("/", 2)[0] in logs}
    assert len(common) > 100
    assert {path for path in common if after.get(path) != before[path]} == set()
    assert len(after) > len(before)


def _rows(root: Path, name: str) -> set[str]:
    return {str(row) for row in pq.read_table(root / name / "rows.parquet").to_pylist()}


@pytest.mark.parametrize(
    "name",
    [
        *("member/account", "member/profile", "catalog/program", "catalog/content"),
        *("crm/push_campaign", "search/evaluation_result"),
        *("platform/jobs", "platform/jobs_timeline", "platform/billing_export"),
        "slack/message",
    ],
)
def test_more_days_change_no_row_of_the_other_tables(
    raw: Path, longer: Path, name: str
) -> None:
    before, after = _rows(raw, name), _rows(longer, name)
    assert before
    assert before <= after


def test_a_spawned_process_writes_the_same(tmp_path: Path) -> None:
    write_sample(tmp_path / "forked", TINY)
    write_sample(tmp_path / "spawned", TINY, processes=2, start_method="spawn")
    assert prints(tmp_path / "spawned") == prints(tmp_path / "forked")


def test_another_seed_gives_another_service(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", TINY)
    write_sample(tmp_path / "other", replace(TINY, seed=TINY.seed + 1))
    one, other = tmp_path / "one", tmp_path / "other"
    for name in ("member/account", "catalog/program"):
        assert not _rows(one, name) & _rows(other, name)


@pytest.mark.parametrize(
    ("accounts", "end"), [(1, date(2023, 1, 3)), (3, date(2025, 6, 2))]
)
def test_a_service_without_customers_can_be_written(
    tmp_path: Path, accounts: int, end: date
) -> None:
    settings = Settings(end - timedelta(days=1), end, accounts, plays_per_day=1)
    made = write_sample(tmp_path / "raw", settings)
    assert made.totals.rows["catalog.program"] > 100
