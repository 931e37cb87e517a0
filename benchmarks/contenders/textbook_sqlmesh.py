"""viewing_daily as a SQLMesh project of the textbook SQL, three models: one plan."""

from __future__ import annotations

import sys
from pathlib import Path

from databases import Tool, bench_environment, run
from options import Given, parse

PROJECT = Path(__file__).with_name("sqlmesh")


def tool(given: Given, database: Path) -> Tool:
    return Tool(
        command=[
            str(Path(sys.executable).with_name("sqlmesh")),
            *("--paths", str(PROJECT)),
            "plan",
            "--auto-apply",
            "--no-prompts",
        ],
        environment=bench_environment(given, database),
        relation="textbook.viewing_daily",
    )


if __name__ == "__main__":
    run(tool, parse(__doc__, database=True))
