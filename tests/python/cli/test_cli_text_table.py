"""Aligned tables, Korean ones too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ott.text_table import render, shorten, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("바다", 4), ("e\u0301", 1), ("", 0), ("ｱ", 1), ("Ａ", 2), ("–", 1)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_shorten_cuts_to_the_width_and_keeps_one_line() -> None:
    assert shorten("바다의 끝", 9) == "바다의 끝"
    assert shorten("바다의 끝", 8) == "바다의 …"
    assert shorten("바다의 끝", 6) == "바다…"
    assert shorten("a\nb\tc", 9) == "a b c"


def test_render_aligns_by_the_width_on_the_screen() -> None:
    assert render(["rank", "title"], [["1", "바다"], ["10", "x"]], right=[0]) == (
        "rank  title\n────  ─────\n   1  바다\n  10  x"
    )


def test_render_without_rows() -> None:
    assert render(["a", "bc"], []) == "a  bc\n─  ──"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_every_line_has_the_same_column_starts(rows: list[tuple[str, str]]) -> None:
    lines = render(["left", "right"], rows).split("\n")
    rule = lines[1]
    starts = rule.index("  ") + 2
    assert len(lines) == len(rows) + 2
    assert all(width(line) <= width(rule) for line in lines)
    for line, (_, second) in zip(lines[2:], rows, strict=True):
        shown = shorten(second, 60).rstrip()
        assert not shown or width(line) - width(shown) == starts
