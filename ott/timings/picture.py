"""The picture of a run: a Gantt chart as SVG, with the standard library alone.

Above lies one lane per thread with every node, tests too; below each model, seed and
snapshot has a line of its own, as has a test that lies on the critical path.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from xml.etree import ElementTree as ET

from ott.text_table import shorten
from ott.timings.artifacts import FAILED, Node, Run

WIDTH = 1000.0
MARGIN, ROW, LANE, BAR = 16.0, 19.0, 26.0, 12.0
HEADER = 62.0
# room for the seconds behind a bar that ends at the edge
EDGE = 44.0
FONT, LETTER_WIDTH, NAME_LETTERS = 11, 6.0, 50
MOST_TICKS = 12

PAPER, INK, FAINT, GRID = "#ffffff", "#1f2933", "#5b6773", "#e3e7eb"
CRITICAL, OTHER, TEST, BROKEN = "#d9480f", "#8db3d9", "#c9d1d9", "#b00020"


def draw(run: Run, path: Sequence[Node], titles: bool = True) -> str:
    """Return the picture of a run, one element on a line.

    Args:
        run: the run to draw.
        path: its critical path.
        titles: whether each bar tells about its node under the pointer, which a page
            that shows the picture as an image leaves out.
    """
    critical = {node.id for node in path}
    rows = [node for node in run.placed if not node.is_test or node.id in critical]
    absent = [node for node in run.nodes if node.start is None]
    chart = _Chart(run, critical, rows, len(absent), titles)
    chart.header(path)
    chart.axis()
    for at, (thread, nodes) in enumerate(run.threads.items()):
        chart.lane(at, thread, nodes)
    chart.connect([node for node in path if node.start is not None])
    for node in rows:
        chart.row(node)
    chart.absent(absent)
    ET.indent(chart.svg, space="")
    return ET.tostring(chart.svg, encoding="unicode") + "\n"


class _Chart:
    """The drawing: places in pixels from the left and the top."""

    def __init__(
        self,
        run: Run,
        critical: set[str],
        rows: Sequence[Node],
        absent: int,
        titles: bool,
    ) -> None:
        self.run = run
        self.titles = titles
        self.critical = critical
        longest = max((len(_label(node)) for node in rows), default=0)
        self.left = MARGIN + max(longest, 12) * LETTER_WIDTH + 8
        self.scale = (WIDTH - self.left - EDGE - MARGIN) / max(run.wall, 1e-6)
        self.rows_top = HEADER + len(run.threads) * LANE + 12
        self.line = {node.id: at for at, node in enumerate(rows)}
        self.bottom = self.rows_top + len(rows) * ROW + 4
        height = self.bottom + 38 + absent * ROW
        self.svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH:.0f} {height:.0f}",
                "width": f"{WIDTH:.0f}",
                "height": f"{height:.0f}",
                "font-family": "Helvetica, Arial, sans-serif",
                "font-size": str(FONT),
                "fill": INK,
                "role": "img",
                "aria-label": f"Gantt chart of dbt {run.command}",
            },
        )
        self._rect(0, 0, WIDTH, height, PAPER)

    def header(self, path: Sequence[Node]) -> None:
        """Write the title and the meaning of the colours."""
        run, length = self.run, sum(node.seconds for node in path)
        count = len(run.threads)
        title = self._text(
            MARGIN,
            24,
            f"dbt {run.command}: {run.serial:.1f} s of work in {run.wall:.1f} s on "
            f"{count} thread{'' if count == 1 else 's'}, critical path {length:.1f} s",
        )
        title.set("font-size", "15")
        title.set("font-weight", "bold")
        x = MARGIN
        for colour, text in (
            (CRITICAL, "on the critical path"),
            (OTHER, "model, seed, snapshot"),
            (TEST, "test"),
        ):
            self._rect(x, 34, 12, 12, colour)
            self._text(x + 17, 44, text)
            x += 17 + len(text) * LETTER_WIDTH + 18

    def axis(self) -> None:
        """Draw the seconds, from above the threads to below the last line."""
        step = tick_step(self.run.wall)
        digits = 0 if step >= 1 else len(f"{step:.9f}".rstrip("0").split(".")[1])
        for at in range(int(self.run.wall / step) + 1):
            x = self.left + at * step * self.scale
            ET.SubElement(
                self.svg,
                "path",
                {"d": f"M{x:.1f} {HEADER:.1f}V{self.bottom:.1f}", "stroke": GRID},
            )
            for y in (HEADER - 4, self.bottom + 14):
                self._text(x, y, f"{at * step:.{digits}f}", FAINT, "middle")
        self._text(self.left - 20, self.bottom + 14, "seconds", FAINT, "end")

    def lane(self, at: int, thread: str, nodes: Sequence[Node]) -> None:
        """Draw everything that a thread ran."""
        top = HEADER + at * LANE + 4
        busy = sum(node.seconds for node in nodes) / max(self.run.wall, 1e-6)
        self._text(self.left - 8, top + 13, f"{thread}, {busy:.0%} busy", FAINT, "end")
        for node in nodes:
            self._bar(node, top, LANE - 8)

    def connect(self, path: Sequence[Node]) -> None:
        """Lead from each node of the critical path to the next."""
        for one, two in pairwise(path):
            x, to = self._x(one.end), self._x(two.start)
            down = self._middle(one), self._middle(two)
            ET.SubElement(
                self.svg,
                "path",
                {
                    "d": f"M{x:.1f} {down[0]:.1f}V{down[1]:.1f}H{to:.1f}",
                    "stroke": CRITICAL,
                    "stroke-opacity": "0.6",
                    "fill": "none",
                },
            )

    def row(self, node: Node) -> None:
        """Draw the line of a node: name, bar and seconds."""
        middle = self._middle(node)
        name = self._text(self.left - 8, middle + 4, _label(node), INK, "end")
        if node.id in self.critical:
            name.set("font-weight", "bold")
        if node.status in FAILED:
            name.set("fill", BROKEN)
        self._bar(node, middle - BAR / 2, BAR)
        seconds = self._text(
            self._x(node.end) + 5, middle + 4, f"{node.seconds:.2f}", FAINT
        )
        # a margin of paper, where a line of the critical path passes
        for key, value in (("stroke", PAPER), ("stroke-width", "3")):
            seconds.set(key, value)
        seconds.set("paint-order", "stroke")

    def absent(self, nodes: Sequence[Node]) -> None:
        """Name the nodes that have no place in time."""
        for at, node in enumerate(nodes):
            y = self.bottom + 34 + at * ROW
            self._text(MARGIN, y, f"{node.status}: {node.kind} {node.name}", BROKEN)

    def _bar(self, node: Node, top: float, height: float) -> None:
        if node.id in self.critical:
            colour = CRITICAL
        else:
            colour = TEST if node.is_test else OTHER
        start = self._x(node.start)
        # a node of a millisecond stays visible
        bar = self._rect(start, top, max(self._x(node.end) - start, 1), height, colour)
        if node.status in FAILED:
            bar.set("stroke", BROKEN)
            bar.set("stroke-width", "2")
        if not self.titles:
            return
        title = ET.SubElement(bar, "title")
        title.text = (
            f"{node.kind} {node.name}: {node.seconds:.2f} s from {node.start:.2f} s, "
            f"{node.status}, {node.thread}"
        )

    def _middle(self, node: Node) -> float:
        return self.rows_top + self.line[node.id] * ROW + ROW / 2

    def _x(self, seconds: float | None) -> float:
        return self.left + (seconds or 0.0) * self.scale

    def _rect(
        self, x: float, y: float, width: float, height: float, colour: str
    ) -> ET.Element:
        return ET.SubElement(
            self.svg,
            "rect",
            {
                "x": _number(x),
                "y": _number(y),
                "width": _number(width),
                "height": _number(height),
                "fill": colour,
            },
        )

    def _text(
        self, x: float, y: float, text: str, colour: str = INK, anchor: str = "start"
    ) -> ET.Element:
        place = {"x": _number(x), "y": _number(y)}
        element = ET.SubElement(self.svg, "text", place)
        if colour != INK:
            element.set("fill", colour)
        if anchor != "start":
            element.set("text-anchor", anchor)
        element.text = text
        return element


def tick_step(seconds: float) -> float:
    """Return the distance of the axis' ticks: 1, 2 or 5 times a power of ten."""
    step = 0.001
    while True:
        for factor in (1, 2, 5):
            if ceil(seconds / (step * factor)) <= MOST_TICKS:
                return step * factor
        step *= 10


def _number(value: float) -> str:
    return f"{round(value, 1):g}"


def _label(node: Node) -> str:
    name = node.name if node.status not in FAILED else f"{node.name} ({node.status})"
    return shorten(name, NAME_LETTERS)
