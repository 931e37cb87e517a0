"""`ott sql` and `ott export` on a small database made by hand."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import ott.export
from ott.cli import main

MART = """
create schema marts; create schema warehouse; create schema restricted;
create table marts.first_views_daily as
select * from (values
    (date '2026-03-02', '=1+1', 7, 0.25::double, 1234567.89::numeric(18, 2), true),
    (date '2026-03-01', '바다, "끝"', null, null, 0.5::numeric(18, 2), null),
    (date '2026-03-03', 'https://x.kr', 9007199254740993, 1, -1::numeric(18, 2), false)
) as t(day, title, views, share, amount, is_new);
create table marts.viewing_daily as select 1 as views;
create table warehouse.int_viewing__plays as select 2 as plays;
create table restricted.stg_member__accounts as select 'u1' as uno;
"""


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "made.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MART)
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(path))
    return path


def run(*arguments: str, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def refusal(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


def test_a_mart_needs_no_schema_and_its_table_is_aligned() -> None:
    result = run("sql", "select title, views from first_views_daily order by views")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "title                    views",
        "────────────  ────────────────",
        '바다, "끝"                null',
        "=1+1                         7",
        "https://x.kr  9007199254740993",
    ]
    assert result.stderr == "3 rows\n"


def test_a_table_of_the_warehouse_needs_no_schema_either() -> None:
    assert "2" in run("sql", "from int_viewing__plays").stdout


@pytest.mark.parametrize("options", [(), ("--csv",)])
def test_a_query_may_begin_with_a_comment(options: tuple[str, ...]) -> None:
    query = "-- the plays of all days\nselect plays from int_viewing__plays"
    result = run("sql", query, *options)
    assert result.exit_code == 0
    assert result.stdout.split()[0] == "plays"
    assert result.stdout.split()[-1] == "2"


def test_an_option_that_does_not_exist_is_refused() -> None:
    result = run("sql", "--cvs", "select 1")
    assert result.exit_code == 2
    assert "No such option '--cvs'" in result.stderr


def test_the_restricted_schema_must_be_named() -> None:
    assert "There is no table stg_member__accounts." in refusal(
        "sql", "from stg_member__accounts"
    )
    assert "u1" in run("sql", "from restricted.stg_member__accounts").stdout


def test_csv_holds_every_row_and_is_quoted() -> None:
    query = "select title, views from first_views_daily order by day"
    result = run("sql", "--csv", query, "--limit", "1")
    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["title", "views"],
        ['바다, "끝"', ""],
        ["=1+1", "7"],
        ["https://x.kr", "9007199254740993"],
    ]


def test_csv_of_more_rows_than_a_batch() -> None:
    result = run("sql", "--csv", "select range as n from range(25000)")
    assert result.stdout.split() == ["n", *map(str, range(25000))]


def test_the_rows_shown_are_limited_with_a_note() -> None:
    result = run("sql", "select range as n from range(5)", "--limit", "2")
    assert result.stdout.split() == ["n", "─", "0", "1"]
    assert result.stderr.startswith("The first 2 rows; --limit shows more")


def test_the_query_comes_from_standard_input() -> None:
    assert run("sql", "-", stdin="select 40 + 2 as answer;\n").stdout.endswith("42\n")


@pytest.mark.parametrize("query", ["", " ;\n "])
def test_an_empty_query(query: str) -> None:
    assert "The query is empty." in refusal("sql", query)


def test_a_missing_table_lists_near_names() -> None:
    message = refusal("sql", "select * from first_view_daily")
    assert "There is no table first_view_daily. Near that: first_views_daily" in message
    message = refusal("sql", "select * from zzzz")
    assert message.endswith("The marts are first_views_daily, viewing_daily.\n")


def test_an_error_of_the_query_is_shown_as_duckdb_says_it() -> None:
    assert 'syntax error at or near "selec"' in refusal("sql", "selec 1")
    assert '"no_such" not found' in refusal("sql", "select no_such from viewing_daily")


def test_the_database_is_only_read(database: Path) -> None:
    before = database.read_bytes()
    assert "only reads" in refusal("sql", "drop table marts.viewing_daily")
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [["sql", "select 1"], ["export", "viewing_daily", "--out", "x.csv"]],
    ids=["sql", "export"],
)
def test_a_missing_database(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path / "none.duckdb"))
    message = refusal(*arguments)
    assert f"There is no database {tmp_path / 'none.duckdb'} yet" in message
    assert "make build" in message


def test_csv_export(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("export", "first_views_daily", "--out", str(out)).exit_code == 0
    text = out.read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8"))))
    assert rows[0] == ["day", "title", "views", "share", "amount", "is_new"]
    assert rows[1] == ["2026-03-01", '바다, "끝"', "", "", "0.50", ""]
    assert len(rows) == 4


def test_parquet_export(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = run("export", "first_views_daily", "--out", str(out))
    assert result.stdout == f"{out}: 3 rows of first_views_daily\n"
    rows = pq.read_table(out).to_pylist()
    assert [row["day"] for row in rows] == [date(2026, 3, day) for day in (1, 2, 3)]
    assert rows[1]["amount"] == Decimal("1234567.89")


def test_excel_export(tmp_path: Path) -> None:
    out = tmp_path / "out.XLSX"
    assert run("export", "first_views_daily", "--out", str(out)).exit_code == 0
    with zipfile.ZipFile(out) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        styles = book.read("xl/styles.xml").decode()
    spaces = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    pane = sheet.find(".//x:pane", spaces)
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    autofilter = sheet.find("x:autoFilter", spaces)
    assert autofilter is not None
    assert autofilter.get("ref") == "A1:F4"
    widths = [column.get("width") for column in sheet.iterfind(".//x:col", spaces)]
    assert len(widths) == 6
    assert sheet.findall(".//x:f", spaces) == []
    assert sheet.findall(".//x:hyperlink", spaces) == []
    cells = {
        cell.get("r"): (cell.get("t"), "".join(cell.itertext()))
        for cell in sheet.iterfind(".//x:c", spaces)
    }
    assert cells["A2"] == (None, "46082")
    assert cells["B2"] == ("inlineStr", '바다, "끝"')
    assert "C2" not in cells
    assert cells["B3"] == ("inlineStr", "=1+1")
    assert cells["C3"] == (None, "7")
    assert cells["E3"] == (None, "1234567.89")
    assert cells["F3"] == ("b", "1")
    assert cells["C4"] == ("inlineStr", "9007199254740993")
    for number_format in ("yyyy-mm-dd", "#,##0.00", "0.0%"):
        assert f'"{number_format}"' in styles
    assert "<b/>" in styles


def test_more_rows_than_a_sheet_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ott.export, "EXCEL_ROWS", 2)
    out = tmp_path / "out.xlsx"
    message = refusal("export", "first_views_daily", "--out", str(out))
    assert "first_views_daily has 3 rows; an Excel sheet holds 2." in message
    assert not out.exists()


def test_a_text_longer_than_a_cell_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ott.export, "EXCEL_TEXT", 5)
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"the one before")
    message = refusal("export", "first_views_daily", "--out", str(out))
    assert "the column title has 7 letters" in message
    assert out.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_an_export_that_fails_leaves_the_file_before(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(ott.export.os, "replace", full)
    out = tmp_path / f"out.{ending}"
    out.write_bytes(b"the one before")
    message = refusal("export", "first_views_daily", "--out", str(out))
    assert f"{out} cannot be written: No space left on device" in message
    assert out.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_an_unknown_mart_lists_what_there_is(tmp_path: Path) -> None:
    out = str(tmp_path / "x.csv")
    message = refusal("export", "view_daily", "--out", out)
    assert "There is no mart view_daily. Near that: viewing_daily" in message
    message = refusal("export", "stg_member__accounts", "--out", out)
    assert "The marts are first_views_daily, viewing_daily." in message


@pytest.mark.parametrize("name", ["x.doc", "x", "csv"])
def test_an_unknown_ending(name: str, tmp_path: Path) -> None:
    message = refusal("export", "viewing_daily", "--out", str(tmp_path / name))
    assert "an export ends in .csv, .parquet or .xlsx" in message


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_a_folder_that_does_not_exist(ending: str, tmp_path: Path) -> None:
    out = tmp_path / "none" / f"x.{ending}"
    message = refusal("export", "viewing_daily", "--out", str(out))
    assert f"{out} cannot be written: {out.parent} does not exist" in message
