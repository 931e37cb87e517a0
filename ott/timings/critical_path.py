"""The critical path: the chain of nodes that no number of threads makes shorter."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from ott.errors import UserError
from ott.timings.artifacts import DATA_TEST, MEND, UNIT_TEST, Node, Run


def critical_path(run: Run) -> list[Node]:
    """Return the longest path of execution times through the DAG of a run.

    Nodes that did not run count nothing, yet what they join stays joined. Of paths of
    one length, the one whose nodes come first by name is returned.

    Raises:
        UserError: the manifest's DAG has a cycle.
    """
    waits = waits_for(run)
    ran = {node.id: node for node in run.nodes if node.has_run}
    try:
        order = list(TopologicalSorter(waits).static_order())
    except CycleError:
        raise UserError(f"The DAG of manifest.json has a cycle. {MEND}.") from None

    length: dict[str, float] = {}
    before: dict[str, str | None] = {}
    for one in order:
        before[one] = min(
            waits.get(one, ()), key=lambda two: (-length[two], two), default=None
        )
        behind = before[one]
        own = ran[one].seconds if one in ran else 0.0
        length[one] = own + (length[behind] if behind else 0.0)

    path = []
    at: str | None = min(ran, key=lambda one: (-length[one], one))
    while at:
        if at in ran:
            path.append(ran[at])
        at = before[at]
    return path[::-1]


def waits_for(run: Run) -> dict[str, set[str]]:
    """Return for each node the nodes that dbt ends before it starts that one."""
    waits = {child: set(parents) for child, parents in run.parents.items()}
    for node in run.nodes:
        waits.setdefault(node.id, set())
    if run.command == "build":
        _add_data_tests(run, waits)
        _add_unit_tests(run, waits)
    return waits


def _add_data_tests(run: Run, waits: dict[str, set[str]]) -> None:
    """Let a node wait for the tests of what it reads, as `dbt build` does.

    dbt holds a node back for a test if everything that the test reads lies upstream of
    the node (Linker.add_test_edges), so that no cycle arises.
    """
    reads = {
        node.id: run.parents.get(node.id, frozenset())
        for node in run.nodes
        if node.kind == DATA_TEST
    }
    for node in run.nodes:
        if node.is_test:
            continue
        upstream = _upstream(node.id, run.parents)
        waits[node.id] |= {
            test for test, read in reads.items() if read and read <= upstream
        }


def _add_unit_tests(run: Run, waits: dict[str, set[str]]) -> None:
    """Put the unit tests of a model before it, where `dbt build` runs them.

    They run one after the other in the thread of their model, whose parents they await.
    """
    of_model = defaultdict(list)
    for node in run.nodes:
        if node.kind == UNIT_TEST:
            for model in run.parents.get(node.id, ()):
                of_model[model].append(node.id)
    for model, tests in of_model.items():
        awaited = waits.get(model, set())
        for test in tests:
            waits[test] = awaited
            awaited = {test}
        waits[model] = awaited


def _upstream(node: str, parents: dict[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    rest = [node]
    while rest:
        for parent in parents.get(rest.pop(), ()):
            if parent not in found:
                found.add(parent)
                rest.append(parent)
    return found
