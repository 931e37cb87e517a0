"""`ott alerts` tells what is new, once, and again where it was not delivered."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from ott.cli import main
from ott.quality.webhook import VARIABLE

COLUMNS = (
    "detector, finding_key, first_seen_on, last_seen_on, severity, owner, summary, "
    "what_is_this, when_does_it_matter, how_to_resolve, incident_title"
)
FINDING = {
    "detector": "failed_check",
    "finding_key": "test.ott.a",
    "first_seen_on": "2026-03-01",
    "last_seen_on": "2026-03-03",
    "severity": "error",
    "owner": "team",
    "summary": "plays__add_up (3 rows)",
    "what_is_this": "재생이 맞지 않습니다. The plays do not add up.",
    "when_does_it_matter": "At once.",
    "how_to_resolve": "Look for a join.",
    "incident_title": None,
}


@dataclass
class Desk:
    """A database with findings, and the command that tells them."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "ott.duckdb"

    @property
    def memory(self) -> Path:
        return self.folder / "ott.duckdb.kept" / "alerts.json"

    def put(self, *findings: dict[str, Any]) -> None:
        with duckdb.connect(str(self.database)) as con:
            con.execute("create schema if not exists marts")
            types = COLUMNS.replace("_on,", "_on date,").split(", ")
            listed = ", ".join(c if " " in c else f"{c} varchar" for c in types)
            con.execute(
                f"create or replace table marts.data_quality_findings ({listed})"
            )
            for one in findings:
                marks = ", ".join("?" * len(FINDING))
                con.execute(
                    f"insert into marts.data_quality_findings values ({marks})",
                    list((FINDING | one).values()),
                )

    def tell(self, *options: str) -> Result:
        return CliRunner().invoke(main, ["alerts", *options])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path / "ott.duckdb"))
    monkeypatch.delenv(VARIABLE, raising=False)
    return Desk(tmp_path)


@dataclass
class Hook:
    """A webhook on this computer: what it got, and what it answers."""

    url: str = ""
    answer: int = 200
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((self.path, json.loads(body)))
            self.send_response(found.answer)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/secret-of-the-hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_new_problem_is_told_once(desk: Desk) -> None:
    desk.put(FINDING)
    first = desk.tell()
    assert first.exit_code == 1, first.output
    assert "1 new problem · 새 문제 1건 (" in first.output
    assert first.output.count("KST") == 2
    assert "**plays__add_up (3 rows)** (since 2026-03-01 KST, 3 days)" in first.output
    assert "how to resolve: Look for a join." in first.output
    again = desk.tell()
    assert again.exit_code == 0
    assert again.output.startswith("Nothing new (")
    assert "KST" in again.output


def test_what_stands_longer_is_not_new_but_what_came_again_is(desk: Desk) -> None:
    desk.put(FINDING)
    desk.tell()
    desk.put(FINDING | {"last_seen_on": "2026-03-09", "summary": "plays (9 rows)"})
    assert desk.tell().exit_code == 0
    desk.put()
    assert desk.tell().exit_code == 0
    desk.put(FINDING)
    assert desk.tell().exit_code == 1, "it ended in between"
    desk.put(FINDING | {"first_seen_on": "2026-03-04", "last_seen_on": "2026-03-04"})
    assert desk.tell().exit_code == 1, "it ended on 3 March"
    desk.put(FINDING | {"first_seen_on": "2026-03-02", "last_seen_on": "2026-03-05"})
    assert desk.tell().exit_code == 0, "older days are out of sight"


def test_a_problem_that_became_more_severe_is_news(desk: Desk) -> None:
    for severity, code in (("warn", 1), ("error", 1), ("warn", 0)):
        desk.put(FINDING | {"severity": severity})
        assert desk.tell().exit_code == code


def test_a_warehouse_that_nobody_writes_to_is_a_problem(desk: Desk) -> None:
    desk.put()
    for hours, said in ((37, "Nothing was built since"), (37, "Nothing new"), (35, "")):
        written = time.time() - hours * 3600
        os.utime(desk.database, (written, written))
        told = desk.tell()
        assert said in told.output
        assert told.exit_code == int("built" in said)


def test_what_an_incident_explains_is_told_when_it_is_over(desk: Desk) -> None:
    desk.put(FINDING | {"incident_title": "Known."})
    assert desk.tell().exit_code == 0
    desk.put(FINDING)
    assert desk.tell().exit_code == 1


def test_problems_are_grouped_and_a_flood_is_cut(desk: Desk) -> None:
    many = [{"finding_key": f"a{number:02}"} for number in range(12)]
    desk.put(*many, {"finding_key": "b", "owner": "other", "severity": "warn"})
    told = desk.tell()
    assert "13 new problems" in told.output
    assert told.output.count("## ") == 2
    assert told.output.count("- **plays") == 11
    assert "- and 2 more: `ott alerts --all`" in told.output
    assert desk.tell("--all").output.count("- **plays") == 13
    assert desk.tell().exit_code == 0, "those that were cut were told too"


def test_every_form_is_written(desk: Desk) -> None:
    desk.put(FINDING, FINDING | {"detector": "unknown_code", "finding_key": "c"})
    files = {
        name: desk.folder / f"alert.{name}" for name in ("json", "markdown", "slack")
    }
    options = [
        part for name, path in files.items() for part in (f"--{name}", str(path))
    ]
    assert desk.tell(*options).exit_code == 1
    found = json.loads(files["json"].read_text())
    assert found["told_at"].endswith("+09:00")
    problems = [(one["key"], one["time_zone"]) for one in found["problems"]]
    assert problems == [("test.ott.a", "KST"), ("c", "UTC")], "codes: dates of arrival"
    assert files["markdown"].read_text().startswith("# 2 new problems")
    slack = json.loads(files["slack"].read_text())
    assert slack["blocks"][0]["type"] == "header"
    assert "KST" in slack["text"]


def test_texts_from_logs_forge_nothing(desk: Desk) -> None:
    desk.put({"summary": "a\n# forged\r\u2028<!channel> <http://x|y> & [z](http://q)"})
    out = desk.folder / "slack"
    told = desk.tell("--slack", str(out))
    assert "\n# forged" not in told.output
    assert "<!channel>" not in told.output + out.read_text()
    assert "&lt;!channel&gt; &lt;http://x|y&gt; &amp; [z]" in out.read_text()


def test_a_message_stays_within_the_limits_of_slack(desk: Desk) -> None:
    desk.put(
        *({"finding_key": str(n), "owner": f"team {n}"} for n in range(60)),
        {"finding_key": "long", "what_is_this": "가" * 10_000},
    )
    out = desk.folder / "slack"
    desk.tell("--slack", str(out))
    blocks = json.loads(out.read_text())["blocks"]
    assert len(blocks) <= 50
    assert max(len(block["text"]["text"]) for block in blocks) <= 3_000


def test_a_webhook_gets_the_message(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, hook.url)
    desk.put(FINDING)
    assert desk.tell().exit_code == 1
    assert desk.tell().exit_code == 0
    ((path, message),) = hook.got
    assert path == "/secret-of-the-hook"
    assert "1 new problem" in message["text"]


@pytest.mark.parametrize("answer", [500, 404, 301, 302, 307, 308])
def test_what_was_not_delivered_is_told_again(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    monkeypatch.setenv(VARIABLE, hook.url)
    hook.answer = answer
    desk.put(FINDING)
    failed = desk.tell()
    assert failed.exit_code == 3
    assert "secret" not in failed.output
    assert not desk.memory.exists()
    assert [path for path, _ in hook.got] == ["/secret-of-the-hook"], "no redirect"
    hook.answer = 200
    assert desk.tell().exit_code == 1
    assert desk.tell().exit_code == 0


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:1/secret", "file:///etc/hosts/secret", "secret"),
        *("http://[secret", "http:///secret", "https://secret\nx/"),
    ],
)
def test_an_address_that_will_not_do_is_not_delivered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(VARIABLE, address)
    desk.put(FINDING)
    failed = desk.tell()
    assert failed.exit_code == 3, failed.output
    assert "Not delivered: " in failed.output
    assert "secret" not in failed.output


def test_a_file_that_cannot_be_written_is_not_delivered(desk: Desk) -> None:
    desk.put(FINDING)
    assert desk.tell("--json", str(desk.folder / "no" / "alert.json")).exit_code == 3
    assert desk.tell().exit_code == 1


def test_all_tells_every_open_problem_and_remembers_none(desk: Desk) -> None:
    desk.put(FINDING)
    assert desk.tell("--all").exit_code == 1
    assert desk.tell().exit_code == 1
    assert desk.tell("--all").exit_code == 1


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"told": 1}'])
def test_a_damaged_memory_silences_nothing(desk: Desk, damage: str) -> None:
    desk.put(FINDING)
    desk.memory.parent.mkdir()
    desk.memory.write_text(damage)
    told = desk.tell()
    assert told.exit_code == 1
    assert "is damaged" in told.output
    assert desk.tell().exit_code == 0


def test_without_a_warehouse_the_code_is_two(desk: Desk) -> None:
    assert desk.tell().exit_code == 2
    with duckdb.connect(str(desk.database)) as con:
        con.execute("create table other as select 1 as one")
    missing = desk.tell()
    assert missing.exit_code == 2
    assert "has no data_quality_findings" in missing.output
