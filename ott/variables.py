"""The variables of the project, as `dbt_project.yml` sets them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ott.contract import PROJECT_DIR


def project_variables(project_dir: Path = PROJECT_DIR) -> dict[str, Any]:
    """Return the variables by name, with their values as YAML reads them."""
    text = (project_dir / "dbt_project.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["vars"])


def history_start(project_dir: Path = PROJECT_DIR) -> date:
    """Return the first day that the warehouse keeps."""
    return date.fromisoformat(str(project_variables(project_dir)["history_start_date"]))
