"""Aligned tables for the terminal; a Korean letter is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

ELLIPSIS = "…"


def width(text: str) -> int:
    """Return how many columns of a terminal a text fills."""
    return sum(_letter_width(letter) for letter in text)


def shorten(text: str, columns: int) -> str:
    """Return the text on one line, cut to a number of columns with an ellipsis."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for letter in text:
        used += _letter_width(letter)
        if used > columns:
            break
        kept.append(letter)
    return "".join(kept) + ELLIPSIS


def render(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Iterable[int] = (),
    columns: int = 60,
) -> str:
    """Return an aligned table.

    Args:
        headers: name of each column.
        rows: cells as text.
        right: positions of the columns that are aligned to the right.
        columns: width to which a cell is cut.
    """
    lines = [[shorten(cell, columns) for cell in line] for line in (headers, *rows)]
    widths = [max(map(width, cells)) for cells in zip(*lines, strict=True)]
    to_right = set(right)

    def text(line: Sequence[str]) -> str:
        cells = [_pad(cell, widths[at], at in to_right) for at, cell in enumerate(line)]
        return "  ".join(cells).rstrip()

    rule = "  ".join("─" * size for size in widths)
    return "\n".join([text(lines[0]), rule, *(text(line) for line in lines[1:])])


def _pad(text: str, columns: int, to_right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if to_right else text + space


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
