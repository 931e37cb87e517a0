"""One run at a time: the lock beside the database file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ott.errors import UserError


@contextmanager
def only_run(database: Path) -> Iterator[None]:
    """Hold the lock of a database file while a run goes on.

    dbt opens and closes the database several times in a run, so DuckDB's own lock does
    not keep a second run out. The operating system releases this one when the process
    ends, however it ends; the file `<database>.lock` stays and names the last holder.

    Raises:
        UserError: another run holds it.
    """
    # not on Windows, where DuckDB's own lock must do
    import fcntl

    database.parent.mkdir(parents=True, exist_ok=True)
    path = database.with_name(database.name + ".lock")
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise UserError(
                f"Another run is building {database} (process {holder}). Wait until it "
                "has ended, then start this one again."
            ) from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
