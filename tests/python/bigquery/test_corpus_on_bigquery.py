"""The corpus of malformed rows, executed by ZetaSQL: the rows that DuckDB gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bigquery.conftest import VARIABLES
from corpus.specimens import LOGS, raw_tables, specimens
from ott.bigquery.execute import Execution
from ott.bigquery.report import Failure
from reference.generate import RUN_DATE, write_raw

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("bigquery")]
HISTORY = str(VARIABLES["history_start_date"])


@pytest.fixture(scope="module")
def corpus(run, tmp_path_factory) -> Iterator[tuple[Execution, list[Failure]]]:
    """The whole project on the corpus, and what of it differs from DuckDB's."""
    folder = tmp_path_factory.mktemp("corpus")
    write_raw(raw_tables(specimens(), HISTORY), folder)
    project = run.proof.on_day(run.analyzer, RUN_DATE, VARIABLES)
    before = len(run.report.failures)
    execution = run.proof.execute(project, folder, RUN_DATE, VARIABLES)
    yield execution, run.report.failures[before:]
    execution.close()


def test_no_malformed_row_makes_the_engines_differ(corpus) -> None:
    _, failures = corpus
    assert not failures, "\n\n".join(map(str, failures))


def test_raw_is_kept_and_duplicate_and_quarantined(run, corpus) -> None:
    execution, _ = corpus
    name = run.node("log_reconciliation").relation.replace("`", "")
    relation = execution.tables[name]
    names = [column.name for column in relation.columns]
    rows = [dict(zip(names, row, strict=True)) for row in relation.rows]
    found = {f"{row['system']}.{row['table_name']}": row for row in rows}
    sent = Counter(one.table for one in specimens(size=1))
    for table in LOGS:
        kept, duplicate, quarantined = (
            found[table][f"{outcome}_rows"]
            for outcome in ("kept", "duplicate", "quarantined")
        )
        assert found[table]["raw_rows"] == sent[table]
        assert sent[table] == kept + duplicate + quarantined
        assert kept > 50
        assert quarantined > 50
