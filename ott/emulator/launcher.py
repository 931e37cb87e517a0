"""Starts bqemulator with the changes that dbt-bigquery needs.

Run as ``python -m ott.emulator.launcher FOLDER``: it serves on two free ports of this
computer, writes them to ``FOLDER/ports.json`` once it answers, keeps its tables in
``FOLDER/bqemulator.duckdb`` and ends at SIGTERM, or once the process that started it
is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from ott.emulator import patches

# No download of DuckDB extensions at the start, and room for wide rows and large loads.
SETTINGS = {
    "BQEMU_ENABLE_FORMAT_EXTENSIONS": "false",
    "BQEMU_WRITE_API_MAX_REQUEST_BYTES": "1000000000",
    "BQEMU_UPLOAD_MAX_BYTES": "10737418240",
    "BQEMU_LOG_LEVEL": "warning",
}
PORTS_FILE = "ports.json"
PARENT_SECONDS = 1


async def serve(folder: Path) -> None:
    """Serve until SIGTERM, SIGINT or the end of the parent process."""
    from bqemulator.config import PersistenceMode, Settings
    from bqemulator.server import EmulatorServer

    server = EmulatorServer(
        Settings(
            rest_host="127.0.0.1",
            rest_port=0,
            grpc_host="127.0.0.1",
            grpc_port=0,
            persistence_mode=PersistenceMode.PERSISTENT,
            data_dir=folder,
            upload_staging_dir=folder / "uploads",
        )
    )
    parent = os.getppid()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await server.start()
    ports = {"rest": server.rest_port, "grpc": server.grpc_port}
    # renamed into place, so that no reader finds half of it
    (folder / "ports.part").write_text(json.dumps(ports), encoding="utf-8")
    (folder / "ports.part").replace(folder / PORTS_FILE)
    try:
        # nobody tells a child that its parent was killed
        while not stop.is_set() and os.getppid() == parent:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), PARENT_SECONDS)
    finally:
        await server.stop()


def main() -> None:
    """Patch the emulator, then serve."""
    os.environ.update(SETTINGS)
    patches.apply()
    asyncio.run(serve(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
