"""The project itself: `ott build` of the core marts on DuckDB, dbt included, no tests.

With `--database` this process becomes `ott build`, so that whoever measures it measures
that command alone; with `--out` the mart is read out of a database that goes again.
"""

from __future__ import annotations

import os
from pathlib import Path

from databases import Tool, run
from options import CORE, Given, parse

OTT = Path(__file__).resolve().parents[2] / ".venv" / "bin" / "ott"


def tool(given: Given, database: Path) -> Tool:
    marts = CORE if given.marts == "all" else CORE[:1]
    return Tool(
        command=[
            str(OTT),
            "build",
            "--no-tests",
            *("--raw", str(given.raw)),
            *("--run-date", given.run_date.isoformat()),
            *("--select", " ".join(f"+{mart}" for mart in marts)),
        ],
        environment={
            **os.environ,
            "OTT_DUCKDB_PATH": str(database),
            "OTT_HASH_PEPPER": "bench",
        },
        relation="marts.viewing_daily",
    )


if __name__ == "__main__":
    run(tool, parse(__doc__, database=True))
