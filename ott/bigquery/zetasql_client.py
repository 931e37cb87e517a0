"""A client of ZetaSQL: analyses statements and executes queries on given tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zetasql.wasi._pb2.zetasql.local_service import (  # type: ignore[import-untyped]
    local_service_pb2 as service,
)
from zetasql.wasi._pb2.zetasql.proto import (  # type: ignore[import-untyped]
    options_pb2,
    simple_catalog_pb2,
)
from zetasql.wasi._pb2.zetasql.public import (  # type: ignore[import-untyped]
    options_pb2 as public,
)

from ott.bigquery.options import builtin_functions, restrict
from ott.bigquery.types import decode, encode, parse_type, type_name
from ott.bigquery.wasm import LocalService, WasmError

RELATION = re.compile(r"`([^`\n]+)`\.`([^`\n]+)`\.`([^`\n]+)`")
FUNCTION = b"ZetaSQL:"
# names of ZetaSQL's functions that a dollar marks are operators, such as $add
OPERATOR = "$"


class SqlError(Exception):
    """A statement that BigQuery refuses, or that fails while it runs."""


@dataclass(frozen=True)
class Column:
    """A column's name and the protobuf of its type."""

    name: str
    type: Any

    @property
    def type_name(self) -> str:
        """Type as BigQuery writes it, such as `array<string>`."""
        return type_name(self.type)


@dataclass(frozen=True)
class Analysis:
    """What ZetaSQL says about a statement: its columns and the functions it calls."""

    columns: tuple[Column, ...]
    functions: frozenset[str]


@dataclass(frozen=True)
class Relation:
    """A table's columns and its rows, in the form that the next query takes."""

    columns: tuple[Column, ...]
    content: Any

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """Rows as Python values; dates are days, instants microseconds since 1970."""
        types = [column.type for column in self.columns]
        return [
            tuple(
                decode(cell, type_) for cell, type_ in zip(row.cell, types, strict=True)
            )
            for row in self.content.table_data.row
        ]

    def __len__(self) -> int:
        return len(self.content.table_data.row)


@dataclass(frozen=True)
class Catalog:
    """Tables that ZetaSQL keeps from one statement to the next, which is faster."""

    id: int


def columns_of(types: Mapping[str, str]) -> tuple[Column, ...]:
    """Return columns from names and BigQuery types."""
    return tuple(Column(name, parse_type(type_)) for name, type_ in types.items())


def relation_of(columns: tuple[Column, ...], rows: Iterable[Iterable[Any]]) -> Relation:
    """Return a relation of Python values."""
    content = service.TableContent()
    content.table_data.SetInParent()
    types = [column.type for column in columns]
    for row in rows:
        content.table_data.row.add().cell.extend(
            encode(value, type_) for value, type_ in zip(row, types, strict=True)
        )
    return Relation(columns, content)


def flat_name(relation_name: str) -> str:
    """Return the one name, such as `p.d.t`, of a relation written in three parts."""
    return relation_name.replace("`", "")


def flat_sql(sql: str) -> str:
    """Name every relation in one part: ZetaSQL keeps contents of such tables only."""
    return RELATION.sub(r"`\1.\2.\3`", sql)


class ZetaSql:
    """Google's analyzer and reference implementation, set up as BigQuery."""

    def __init__(self) -> None:
        self._service = LocalService()
        language = self._call(
            "GetLanguageOptions",
            service.LanguageOptionsRequest(maximum_features=True),
            options_pb2.LanguageOptionsProto,
        )
        restrict(language)
        self._functions = builtin_functions(language)
        self._options = self._call(
            "GetAnalyzerOptions",
            service.AnalyzerOptionsRequest(),
            options_pb2.AnalyzerOptionsProto,
        )
        self._options.language_options.CopyFrom(language)
        # its default refers to a pool of descriptors that this client never sends
        self._options.allowed_hints_and_options.Clear()
        self._options.default_timezone = "UTC"
        self._options.error_message_mode = public.ERROR_MESSAGE_MULTI_LINE_WITH_CARET

    def _call(self, method: str, request: Any, response_type: Any) -> Any:
        data = self._service.call(method, request.SerializeToString())
        return response_type.FromString(data)

    def _catalog(self, tables: Mapping[str, tuple[Column, ...]]) -> Any:
        catalog = simple_catalog_pb2.SimpleCatalogProto(name="project")
        catalog.builtin_function_options.CopyFrom(self._functions)
        for number, (name, columns) in enumerate(tables.items(), start=1):
            table = catalog.table.add(name=name, serialization_id=number)
            for column in columns:
                table.column.add(name=column.name, type=column.type)
        return catalog

    def register(
        self,
        tables: Mapping[str, tuple[Column, ...]],
        contents: Mapping[str, Relation] | None = None,
    ) -> Catalog:
        """Hand over tables by flat name, for many statements; contents to execute."""
        request = service.RegisterCatalogRequest(simple_catalog=self._catalog(tables))
        for name, table in (contents or {}).items():
            request.table_content[name].CopyFrom(table.content)
        response = self._call("RegisterCatalog", request, service.RegisterResponse)
        return Catalog(response.registered_id)

    def forget(self, catalog: Catalog) -> None:
        """Free the memory of a registered catalog."""
        request = service.UnregisterRequest(registered_id=catalog.id)
        self._service.call("UnregisterCatalog", request.SerializeToString())

    def analyze(
        self, sql: str, tables: Mapping[str, tuple[Column, ...]] | Catalog
    ) -> Analysis:
        """Analyse a statement against the tables that it may read, by flat name.

        Raises:
            SqlError: BigQuery would refuse it; a caret shows the place.
        """
        request = service.AnalyzeRequest(
            options=self._options, sql_statement=flat_sql(sql)
        )
        if isinstance(tables, Catalog):
            request.registered_catalog_id = tables.id
        else:
            request.simple_catalog.CopyFrom(self._catalog(tables))
        try:
            data = self._service.call("Analyze", request.SerializeToString())
        except WasmError as error:
            raise SqlError(_message(error)) from None
        return Analysis(_output_columns(data), _called_functions(data))

    def execute(self, sql: str, tables: Mapping[str, Relation] | Catalog) -> Relation:
        """Execute a query on tables given by flat name.

        Raises:
            SqlError: BigQuery would refuse it, or it fails on these rows.
        """
        request = service.EvaluateQueryRequest(options=self._options, sql=flat_sql(sql))
        if isinstance(tables, Catalog):
            request.registered_catalog_id = tables.id
        else:
            known = {name: table.columns for name, table in tables.items()}
            request.simple_catalog.CopyFrom(self._catalog(known))
            for name, table in tables.items():
                request.table_content[name].CopyFrom(table.content)
        try:
            response = self._call(
                "EvaluateQuery", request, service.EvaluateQueryResponse
            )
        except WasmError as error:
            raise SqlError(_message(error)) from None
        prepared = response.prepared
        if prepared.prepared_query_id:
            self._service.call(
                "UnprepareQuery",
                service.UnprepareQueryRequest(
                    prepared_query_id=prepared.prepared_query_id
                ).SerializeToString(),
            )
        columns = tuple(Column(column.name, column.type) for column in prepared.columns)
        return Relation(columns, response.content)


def _message(error: WasmError) -> str:
    return re.sub(r"^Code: \d+, Message: ", "", str(error))


def _output_columns(data: bytes) -> tuple[Column, ...]:
    statement = service.AnalyzeResponse.FromString(data).resolved_statement
    listed = statement.resolved_query_stmt_node.output_column_list
    return tuple(Column(item.name, item.column.type) for item in listed)


def _called_functions(data: bytes) -> frozenset[str]:
    """Read the functions from the bytes: a name follows its length."""
    found = set()
    position = data.find(FUNCTION)
    while position >= 0:
        name = data[position : position + data[position - 1]].decode()
        found.add(name.removeprefix(FUNCTION.decode()))
        position = data.find(FUNCTION, position + 1)
    return frozenset(name for name in found if not name.startswith(OPERATOR))
