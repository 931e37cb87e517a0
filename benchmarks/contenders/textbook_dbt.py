"""viewing_daily as a dbt project of the textbook SQL: each step a table, one thread."""

from __future__ import annotations

import sys
from pathlib import Path

from databases import Tool, bench_environment, run
from options import Given, parse

PROJECT = Path(__file__).with_name("textbook_dbt")


def tool(given: Given, database: Path) -> Tool:
    return Tool(
        command=[
            str(Path(sys.executable).with_name("dbt")),
            "run",
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        ],
        environment=bench_environment(given, database),
        relation="main.viewing_daily",
    )


if __name__ == "__main__":
    run(tool, parse(__doc__, database=True))
