"""`ott timings`: a hand-made run whose critical path is known, and bad input."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

import ott.timings.command
from ott.cli import main
from ott.contract import PROJECT_DIR
from ott.timings.artifacts import read_run
from ott.timings.critical_path import critical_path, waits_for
from ott.timings.picture import draw, tick_step

SVG = "{http://www.w3.org/2000/svg}"
ZERO = datetime(2026, 11, 1, tzinfo=timezone.utc)  # noqa: UP017

Row = tuple[str, str, int, float | None, float]
TEST = "test.ott.b_is_right.0123456789"
# id, status, thread, start, seconds; a -> b -> d is longer than a -> c -> d, and the
# test of b holds d back
DIAMOND: list[Row] = [
    ("model.ott.a", "success", 1, 0.0, 1.0),
    ("model.ott.b", "success", 1, 1.0, 3.0),
    ("model.ott.c", "success", 2, 1.0, 2.0),
    (TEST, "pass", 1, 4.0, 0.5),
    ("model.ott.d", "success", 1, 4.5, 1.5),
]
PARENTS = {
    "source.ott.raw.log": [],
    "model.ott.a": ["source.ott.raw.log"],
    "model.ott.b": ["model.ott.a"],
    "model.ott.c": ["model.ott.a"],
    "model.ott.d": ["model.ott.b", "model.ott.c"],
    TEST: ["model.ott.b"],
}
SKIPPED: Row = ("model.ott.d", "skipped", 1, None, 0.0)
Write = Callable[..., Path]


@pytest.fixture
def write_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return what writes the two files of a run and returns their folder."""
    monkeypatch.delenv("DBT_TARGET_PATH", raising=False)

    def write(
        nodes: Sequence[Row] = DIAMOND,
        parents: dict[str, list[str]] = PARENTS,
        command: str = "build",
        select: Sequence[str] = (),
    ) -> Path:
        folder = tmp_path / "target"
        folder.mkdir(exist_ok=True)
        metadata = {"dbt_version": "1.11.0", "generated_at": "2026-11-01T00:00:06Z"}
        results = {
            "metadata": metadata,
            "args": {"which": command, "select": list(select)},
            "elapsed_time": 7.0,
            "results": [result(node) for node in nodes],
        }
        manifest = {
            "metadata": {"adapter_type": "duckdb"},
            "nodes": {"operation.ott.hook": {}},
            "parent_map": parents,
        }
        for name, content in (("run_results", results), ("manifest", manifest)):
            (folder / f"{name}.json").write_text(json.dumps(content))
        return folder

    return write


def result(row: Row) -> dict[str, Any]:
    node, status, thread, start, seconds = row
    timing = []
    if start is not None:
        begin = ZERO + timedelta(seconds=start)
        end = begin + timedelta(seconds=seconds)
        timing = [{"started_at": str(begin), "completed_at": str(end)}]
    keys = ("unique_id", "status", "thread_id", "execution_time", "timing")
    values = (node, status, f"Thread-{thread} (worker)", seconds, timing)
    return dict(zip(keys, values, strict=True))


def timings(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["timings", *map(str, arguments)])


def refusal(*arguments: object) -> str:
    outcome = timings(*arguments)
    assert outcome.exit_code == 1, outcome.output
    assert isinstance(outcome.exception, SystemExit)
    assert outcome.stderr.count("Error: ") == 1
    return outcome.stderr


def path_of(folder: Path) -> list[str]:
    return [node.name for node in critical_path(read_run(folder))]


def test_the_figures_and_the_tables(write_run: Write) -> None:
    outcome = timings("--target-path", write_run())
    assert outcome.exit_code == 0, outcome.output
    text = re.sub(" +", " ", outcome.stdout)
    assert text.startswith("dbt build of 2026-11-01 00:00 UTC, 4 models and seeds, 1 ")
    assert "wall time 6.0 s first node to last; 7.0 s with" in text
    assert "serial sum 8.0 s the times of 5 nodes" in text
    assert "ratio 1.33 running in parallel saves 2.0 s, 25%" in text
    assert "critical path 6.0 s 4 nodes" in text
    assert "\n 4.00 0.00 0.50 test b_is_right\n 4.50 0.00 1.50 model d\n" in text
    assert "\n 3.00 38% yes model b\n 2.00 25% no model c\n" in text
    assert "\nThread-1 4 6.0 100%\nThread-2 1 2.0 33%\n" in text


def test_in_a_build_alone_tests_hold_back_dependents(write_run: Write) -> None:
    assert path_of(write_run()) == ["a", "b", "b_is_right", "d"]
    assert path_of(write_run(command="run")) == ["a", "b", "d"]


def test_a_test_of_more_does_not_hold_a_node_back(write_run: Write) -> None:
    folder = write_run(parents=PARENTS | {TEST: ["model.ott.b", "model.ott.c"]})
    waits = waits_for(read_run(folder))
    assert TEST in waits["model.ott.d"]
    assert TEST not in waits["model.ott.b"] | waits["model.ott.c"]


def test_unit_tests_run_in_a_row_before_their_model(write_run: Write) -> None:
    units = [f"unit_test.ott.b.claim_{at}" for at in (1, 2)]
    nodes = [
        DIAMOND[0],
        *((unit, "pass", 1, 1.0 + at, 1.0) for at, unit in enumerate(units)),
        ("model.ott.b", "success", 1, 3.0, 0.1),
        ("model.ott.c", "success", 2, 1.0, 1.9),
        ("model.ott.d", "success", 1, 4.0, 1.0),
    ]
    folder = write_run(nodes, PARENTS | {unit: ["model.ott.b"] for unit in units})
    assert path_of(folder) == ["a", "b.claim_1", "b.claim_2", "b", "d"]


def test_of_paths_of_one_length_the_first_by_name_is_shown(write_run: Write) -> None:
    nodes = [(*node[:4], 1.0) for node in DIAMOND if node[0] != TEST]
    assert path_of(write_run(nodes)) == ["a", "b", "d"]
    assert path_of(write_run(nodes[::-1])) == ["a", "b", "d"]


def test_what_a_node_that_did_not_run_joins_stays_joined(write_run: Write) -> None:
    assert path_of(write_run([DIAMOND[0], DIAMOND[4]], command="run")) == ["a", "d"]


def test_failed_nodes_took_time_and_skipped_ones_none(
    write_run: Write, tmp_path: Path
) -> None:
    failed = ("model.ott.b", "error", 1, 1.0, 3.0)
    skipped = (TEST, "skipped", 1, None, 0.0)
    folder = write_run([DIAMOND[0], failed, DIAMOND[2], skipped, SKIPPED])
    assert path_of(folder) == ["a", "b"]
    svg = tmp_path / "run.svg"
    outcome = timings("--target-path", folder, "--svg", svg)
    assert outcome.exit_code == 0, outcome.output
    assert "b (error)" in outcome.stdout
    words = {text.text for text in ET.parse(svg).iter(f"{SVG}text")}
    assert {"b (error)", "skipped: model d", "skipped: test b_is_right"} <= words


def test_a_node_without_a_step_has_no_place(write_run: Write) -> None:
    nodes = [*DIAMOND[:4], ("model.ott.d", "error", 1, None, 0.2)]
    outcome = timings("--target-path", write_run(nodes))
    assert re.search(r"never +never +0\.20 +model +d \(error\)", outcome.stdout)


def test_the_picture_has_every_node(write_run: Write) -> None:
    hard = ("model.ott.x<&>y", "success", 2, 3.0, 0.0)
    run = read_run(write_run([*DIAMOND, hard], PARENTS | {hard[0]: []}))
    root = ET.fromstring(draw(run, critical_path(run)))
    told = [title.text or "" for title in root.iter(f"{SVG}title")]
    for node in run.nodes:
        assert any(text.startswith(f"{node.kind} {node.name}: ") for text in told)
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"a", "b", "c", "d", "b_is_right", "x<&>y"} <= names
    assert all(float(bar.get("width", 0)) > 0 for bar in root.iter(f"{SVG}rect"))


def test_the_axis_has_round_steps() -> None:
    steps = [tick_step(seconds) for seconds in (0, 0.05, 6, 12, 13.3, 3_600)]
    assert steps == pytest.approx([0.001, 0.005, 0.5, 1, 2, 500])


def test_the_page_shows_the_picture_as_an_image(
    write_run: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ott.timings.command, "PROJECT_DIR", tmp_path)
    monkeypatch.setenv("DBT_TARGET_PATH", write_run().name)
    assert timings("--write").exit_code == 0
    file = tmp_path / "models" / "parallel_run.md"
    text = file.read_text(encoding="utf-8")
    assert_is_page(text)
    assert re.search(r"^- Run: dbt build .* with duckdb, \d+ cores\.$", text, re.M)
    assert "**Serial sum: 8.0 s**" in text
    assert "| 4.50 | 0.00 | 1.50 | model | d |" in text

    # the cores of this machine say nothing of a warehouse elsewhere
    manifest = tmp_path / "target" / "manifest.json"
    manifest.write_text(manifest.read_text().replace("duckdb", "bigquery"))
    assert timings("--write").exit_code == 0
    assert " with bigquery.\n" in file.read_text(encoding="utf-8")


def test_the_page_of_the_project_is_one_that_this_command_wrote() -> None:
    assert_is_page((PROJECT_DIR / "models/parallel_run.md").read_text(encoding="utf-8"))
    home = (PROJECT_DIR / "models/overview.md").read_text(encoding="utf-8")
    assert "(#!/overview/parallel_run)" in home


def assert_is_page(text: str) -> None:
    assert text.startswith("{% docs __parallel_run__ %}\n")
    assert text.endswith("\n{% enddocs %}\n")
    assert len(re.findall(r"\{[{%#]", text)) == 2
    assert "![Gantt chart of the run][picture]\n" in text
    encoded = re.search(r"\[picture\]: data:image/svg\+xml;base64,(\S+)\n", text)
    assert encoded
    assert ET.fromstring(base64.b64decode(encoded[1])).tag == f"{SVG}svg"


def test_a_run_that_is_not_whole_gives_no_page(
    write_run: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ott.timings.command, "PROJECT_DIR", tmp_path)
    failed = refusal("--target-path", write_run([*DIAMOND[:4], SKIPPED]), "--write")
    assert "1 of 5 nodes failed" in failed
    selected = refusal("--target-path", write_run(select=["a+"]), "--write")
    assert "was given --select" in selected
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("name", ["run_results.json", "manifest.json"])
def test_a_missing_file_is_named(name: str, write_run: Write) -> None:
    folder = write_run()
    (folder / name).unlink()
    said = f"There is no {name} in {folder}. Run `make build`"
    assert said in refusal("--target-path", folder)


@pytest.mark.parametrize("name", ["run_results.json", "manifest.json"])
@pytest.mark.parametrize("content", [b'{"cut": ', b"[]", b"{}", b"\xff", b""])
def test_a_damaged_file_is_named(name: str, content: bytes, write_run: Write) -> None:
    folder = write_run()
    (folder / name).write_bytes(content)
    message = refusal("--target-path", folder)
    assert f"{folder / name} is damaged: " in message
    assert "make build" in message


@pytest.mark.parametrize(
    ("key", "value"), [("execution_time", -1), ("execution_time", "x"), ("timing", 0)]
)
def test_a_damaged_result_is_refused(key: str, value: object, write_run: Write) -> None:
    path = write_run() / "run_results.json"
    text = json.loads(path.read_text())
    text["results"][2][key] = value
    path.write_text(json.dumps(text))
    assert f"{path} is damaged: " in refusal("--target-path", path.parent)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"command": "generate"}, "is of `dbt generate`; times are read of"),
        ({"command": "test"}, "is of `dbt test`; times are read of"),
        ({"nodes": []}, "has no node that ran"),
        ({"nodes": [SKIPPED]}, "has no node that ran"),
        ({"parents": {"model.ott.a": []}}, "does not know model.ott.b and 3 more of"),
        ({"parents": PARENTS | {"model.ott.a": ["model.ott.d"]}}, "has a cycle"),
    ],
)
def test_files_that_tell_no_times_are_refused(
    change: dict[str, Any], said: str, write_run: Write
) -> None:
    message = refusal("--target-path", write_run(**change))
    assert said in message
    assert "Run `make build`" in message


def test_a_hook_is_known_without_a_place_in_the_dag(write_run: Write) -> None:
    hook = ("operation.ott.hook", "success", 1, 0.0, 0.1)
    assert path_of(write_run([hook, *DIAMOND])) == ["a", "b", "b_is_right", "d"]


def test_a_picture_that_cannot_be_written(write_run: Write, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = refusal("--target-path", write_run(), "--svg", tmp_path / "file" / "x")
    assert f"--svg: {tmp_path / 'file' / 'x'} cannot be written" in message
