"""Runs the SQL linters with a profile, a pepper and a database of their own.

`python -m ott.lint sqlfluff` or `... dbt-bouncer`; pre-commit calls both.
They never touch the database or the raw logs of the person who commits.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ott.contract import PROJECT_DIR
from ott.dbt_run import ensure_profiles

SQL_FOLDERS = ("models", "tests", "analyses")
COMMANDS = {
    "sqlfluff": [["sqlfluff", "lint"]],
    "dbt-bouncer": [
        ["dbt", "--quiet", "parse", "--target", "dev"],
        ["dbt-bouncer", "run", "--config-file", "dbt-bouncer.yml"],
    ],
}


def main(linter: str) -> int:
    """Run one linter over the project and return its exit code."""
    target = PROJECT_DIR / "target"
    (target / "lint_raw").mkdir(parents=True, exist_ok=True)
    ensure_profiles()
    environment = os.environ | {
        "OTT_DUCKDB_PATH": str(target / "lint.duckdb"),
        "OTT_HASH_PEPPER": "lint",
        "OTT_RAW_PATH": str(target / "lint_raw"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for command in COMMANDS[linter]:
        if command[0] == "sqlfluff":
            # git keeps no empty folder, so any of them may be absent
            there = [name for name in SQL_FOLDERS if (PROJECT_DIR / name).is_dir()]
            command = [*command, *there]
        code = subprocess.run(command, cwd=PROJECT_DIR, env=environment).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
