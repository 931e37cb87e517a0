"""A progress bar for work that a person waits for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(
    length: int, label: str, worth: int
) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal and give the function that moves it on.

    Args:
        length: steps in all.
        label: text before the bar.
        worth: steps that take about two seconds; with fewer there is no bar.
    """
    if length < worth or not sys.stderr.isatty():
        yield lambda steps: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
