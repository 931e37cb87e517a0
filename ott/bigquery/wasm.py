"""ZetaSQL's local service: a WASM module that answers protobuf calls.

The package `zetasql` brings the module; its own client copies memory byte by byte, so
this one calls the exports itself. Compiling the 28 MB module takes 20 seconds: the
compiled form is kept in the user's cache folder and read in 0.2 seconds afterwards.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tzdata  # type: ignore[import-untyped]
import wasmtime
from zetasql.wasi import get_wasm_path  # type: ignore[import-untyped]

ZONEINFO = "/usr/share/zoneinfo"


class WasmError(Exception):
    """What ZetaSQL says about a request that it refuses."""


def cache_folder() -> Path:
    """Return the folder that keeps the compiled module, in the user's cache."""
    given = os.environ.get("XDG_CACHE_HOME")
    return Path(given) if given else Path.home() / ".cache"


def _engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    config.shared_memory = True
    return wasmtime.Engine(config)


def _cache_file(code: bytes) -> Path:
    key = hashlib.sha256(code)
    for part in (version("wasmtime"), platform.platform(), platform.machine()):
        key.update(part.encode())
    return cache_folder() / "ott" / f"zetasql-{key.hexdigest()[:32]}.cwasm"


def is_compiled() -> bool:
    """Whether the compiled module is in the cache, so that a start is quick."""
    return _cache_file(Path(get_wasm_path()).read_bytes()).is_file()


def load_module(engine: wasmtime.Engine) -> wasmtime.Module:
    """Return the compiled module, from the cache or compiled now and put into it.

    A cache that can't be read or written only costs the time of compiling.
    """
    code = Path(get_wasm_path()).read_bytes()
    path = _cache_file(code)
    if path.is_file():
        # another processor or a damaged file: compile again
        with contextlib.suppress(wasmtime.WasmtimeError):
            return wasmtime.Module.deserialize_file(engine, str(path))
    module = wasmtime.Module(engine, code)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(module.serialize())
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
    return module


class LocalService:
    """One instance of the module; a call sends bytes and returns bytes."""

    def __init__(self) -> None:
        wasi = wasmtime.WasiConfig()
        zones = Path(tzdata.__file__).parent / "zoneinfo"
        wasi.preopen_dir(str(zones), ZONEINFO)
        engine = _engine()
        self._store = wasmtime.Store(engine)
        self._store.set_wasi(wasi)
        linker = wasmtime.Linker(engine)
        linker.define_wasi()
        instance = linker.instantiate(self._store, load_module(engine))
        self._exports: Any = instance.exports(self._store)
        self._memory: Any = self._exports["memory"]
        self._export("_initialize")

    def _export(self, name: str, *arguments: int) -> Any:
        return self._exports[name](self._store, *arguments)

    def _address(self) -> int:
        # the memory moves when it grows
        return ctypes.addressof(self._memory.data_ptr().contents)

    def _read(self, pointer: int, size: int) -> bytes:
        return ctypes.string_at(self._address() + pointer, size)

    def call(self, method: str, request: bytes) -> bytes:
        """Call a method of the service, such as `Analyze`, and return its response.

        Raises:
            WasmError: ZetaSQL refused the request; the text says why.
        """
        # C pointers are unsigned, wasm's i32 is signed
        sent = self._export("wasm_malloc", max(len(request), 1)) & 0xFFFFFFFF
        size_at = self._export("wasm_malloc", 4) & 0xFFFFFFFF
        try:
            ctypes.memmove(self._address() + sent, request, len(request))
            answer = self._export(
                f"ZetaSqlLocalService_{method}",
                _signed(sent),
                len(request),
                _signed(size_at),
            )
            if answer == 0:
                raise WasmError(self._last_error())
            answer &= 0xFFFFFFFF
            size = int.from_bytes(self._read(size_at, 4), "little")
            response = self._read(answer, size)
            self._export("wasm_free", _signed(answer))
            return response
        finally:
            self._export("wasm_free", _signed(sent))
            self._export("wasm_free", _signed(size_at))

    def _last_error(self) -> str:
        size = self._export("wasm_get_last_error_size")
        pointer = self._export("wasm_get_last_error") & 0xFFFFFFFF
        return self._read(pointer, size).decode() if size else "no message"


def _signed(pointer: int) -> int:
    return pointer - (1 << 32) if pointer >= 1 << 31 else pointer
