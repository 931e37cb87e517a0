"""The emulator's process: it answers before it is used, and it is always ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from emulator.processes import is_running
from ott.emulator import server as server_module
from ott.emulator.launcher import PORTS_FILE
from ott.emulator.load import client, load_pepper
from ott.emulator.server import Server, environment, running
from ott.errors import UserError

pytestmark = [pytest.mark.emulator, pytest.mark.xdist_group("emulator")]


def test_it_answers_keeps_its_tables_and_ends(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        assert is_running(first.process.pid)
        load_pepper(client(first.url), "kept")
        assert first.peak_memory() == 0 or first.peak_memory() > 50_000_000
    assert not is_running(first.process.pid)
    with running(tmp_path) as second:
        rows = client(second.url).query("select pepper from secret.pepper").result()
        assert [row.pepper for row in rows] == ["kept"]
    assert not is_running(second.process.pid)


def test_it_listens_on_this_computer_only(tmp_path: Path) -> None:
    with running(tmp_path) as found:
        address = urlsplit(found.url)
        assert address.hostname == "127.0.0.1"
        with socket.socket() as other:
            # free on every other address, since nothing else is bound to the port
            other.bind(("127.0.0.2", address.port or 0))


def test_it_ends_when_the_work_fails(tmp_path: Path) -> None:
    pids: list[int] = []

    def work() -> None:
        with running(tmp_path) as found:
            pids.append(found.process.pid)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert not is_running(pids[0])


def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from ott.emulator.server import running\n"
        "with running(Path(sys.argv[1])) as found:\n"
        "    print(found.url, flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    port = urlsplit(parent.stdout.readline().strip()).port
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while _is_open(port or 0):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _is_open(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_an_end_at_the_start_shows_the_last_lines_of_the_log(tmp_path: Path) -> None:
    (tmp_path / "bqemulator.duckdb").write_text("this is no database")
    with (
        pytest.raises(UserError, match="ended at its start") as caught,
        running(tmp_path),
    ):
        pass
    assert "bqemulator.duckdb" in caught.value.message
    assert "not a valid DuckDB database" in caught.value.message


def test_ports_of_an_earlier_run_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / PORTS_FILE).write_text('{"rest": 1, "grpc": 2}')
    with running(tmp_path) as found:
        assert urlsplit(found.url).port != 1


def test_no_answer_in_time_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "START_SECONDS", 0)
    monkeypatch.setattr(server_module, "STOP_SECONDS", 5)
    stopped: list[Server] = []

    class Recorded(Server):
        def stop(self) -> None:
            stopped.append(self)
            super().stop()

    monkeypatch.setattr(server_module, "Server", Recorded)
    with (
        pytest.raises(UserError, match="did not answer within 0 seconds"),
        running(tmp_path),
    ):
        pass
    assert not is_running(stopped[0].process.pid)


def test_a_child_gets_nothing_of_the_own_warehouse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (
        "OTT_HASH_PEPPER",
        "DBT_TARGET_PATH",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "BIGQUERY_EMULATOR_HOST",
        "BQEMU_REST_PORT",
    ):
        monkeypatch.setenv(name, "of the user")
    child = environment({"OTT_RUN_DATE": "2026-06-01"})
    assert "of the user" not in child.values()
    assert child["OTT_RUN_DATE"] == "2026-06-01"
    assert "127.0.0.1" in child["NO_PROXY"]
