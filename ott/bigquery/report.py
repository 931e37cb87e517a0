"""What the proof counts and what it finds wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Failure:
    """One thing that BigQuery would refuse or answer differently."""

    node: str
    what: str
    details: str
    path: str = ""

    def __str__(self) -> str:
        where = f" ({self.path})" if self.path else ""
        details = "\n  ".join(self.details.splitlines())
        return f"{self.node}{where}: {self.what}\n  {details}"


@dataclass
class Report:
    """Counts by name, failures and the SQL functions that the project calls."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    failing_tests: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def fail(self, node: object, what: str, details: object, path: str = "") -> None:
        """Note something wrong with a node."""
        self.failures.append(Failure(str(node), what, str(details), path))
