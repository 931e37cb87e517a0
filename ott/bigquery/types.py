"""BigQuery's types and values as ZetaSQL's protobufs hold them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any

from zetasql.wasi._pb2.zetasql.public import (  # type: ignore[import-untyped]
    type_pb2,
    value_pb2,
)

from ott.contract import split_type, struct_fields

KINDS = {
    "int64": type_pb2.TYPE_INT64,
    "bool": type_pb2.TYPE_BOOL,
    "float64": type_pb2.TYPE_DOUBLE,
    "string": type_pb2.TYPE_STRING,
    "bytes": type_pb2.TYPE_BYTES,
    "date": type_pb2.TYPE_DATE,
    "datetime": type_pb2.TYPE_DATETIME,
    "time": type_pb2.TYPE_TIME,
    "timestamp": type_pb2.TYPE_TIMESTAMP,
    "numeric": type_pb2.TYPE_NUMERIC,
    "bignumeric": type_pb2.TYPE_BIGNUMERIC,
    "json": type_pb2.TYPE_JSON,
    "interval": type_pb2.TYPE_INTERVAL,
}
NAMES = {kind: name for name, kind in KINDS.items()}
ALIASES = {"boolean": "bool", "integer": "int64", "int": "int64", "decimal": "numeric"}
SCALES = {"numeric": 9, "bignumeric": 38}
EXACT = Context(prec=100)
EPOCH_DAY = date(1970, 1, 1).toordinal()
EPOCH = datetime(1970, 1, 1)
MICROS = 1_000_000


def parse_type(text: str) -> Any:
    """Return the protobuf of a type such as `array<struct<key string>>`.

    Parameters, as in `numeric(18, 2)`, are left out: in BigQuery they belong to a
    column and not to the type of an expression.
    """
    outer, inner = split_type(text)
    if outer == "array":
        element = type_pb2.ArrayTypeProto(element_type=parse_type(inner))
        return type_pb2.TypeProto(type_kind=type_pb2.TYPE_ARRAY, array_type=element)
    if outer == "struct":
        fields = [
            type_pb2.StructFieldProto(field_name=name, field_type=parse_type(type_))
            for name, type_ in struct_fields(inner)
        ]
        return type_pb2.TypeProto(
            type_kind=type_pb2.TYPE_STRUCT,
            struct_type=type_pb2.StructTypeProto(field=fields),
        )
    name = outer.partition("(")[0].strip()
    name = ALIASES.get(name, name)
    if name not in KINDS:
        raise ValueError(
            f"BigQuery has no type {text!r}, or the proof doesn't know it."
        )
    return type_pb2.TypeProto(type_kind=KINDS[name])


def type_name(type_: Any) -> str:
    """Return how BigQuery writes a type, in small letters."""
    if type_.type_kind == type_pb2.TYPE_ARRAY:
        return f"array<{type_name(type_.array_type.element_type)}>"
    if type_.type_kind == type_pb2.TYPE_STRUCT:
        fields = (
            f"{field.field_name} {type_name(field.field_type)}".strip()
            for field in type_.struct_type.field
        )
        return f"struct<{', '.join(fields)}>"
    if type_.type_kind in NAMES:
        return NAMES[type_.type_kind]
    return type_pb2.TypeKind.Name(type_.type_kind).removeprefix("TYPE_").lower()


def encode(value: Any, type_: Any) -> Any:
    """Return a Python value as a protobuf value of a type; None gives NULL.

    Dates and instants may also be integers: days, or microseconds since 1970.
    """
    proto = value_pb2.ValueProto()
    if value is None:
        return proto
    name = type_name(type_)
    if name.startswith("array<"):
        proto.array_value.SetInParent()
        element = type_.array_type.element_type
        proto.array_value.element.extend(encode(item, element) for item in value)
    elif name.startswith("struct<"):
        proto.struct_value.SetInParent()
        proto.struct_value.field.extend(
            encode(value[field.field_name], field.field_type)
            for field in type_.struct_type.field
        )
    elif name == "int64":
        proto.int64_value = int(value)
    elif name == "bool":
        proto.bool_value = bool(value)
    elif name == "float64":
        proto.double_value = float(value)
    elif name in ("string", "json"):
        setattr(proto, f"{name}_value", value)
    elif name == "bytes":
        proto.bytes_value = value
    elif name == "date":
        proto.date_value = days_of(value)
    elif name == "timestamp":
        seconds, micros = divmod(micros_of(value), MICROS)
        proto.timestamp_value.seconds = seconds
        proto.timestamp_value.nanos = micros * 1000
    elif name == "datetime":
        proto.datetime_value.bit_field_datetime_seconds = (
            value.year << 26
            | value.month << 22
            | value.day << 17
            | value.hour << 12
            | value.minute << 6
            | value.second
        )
        proto.datetime_value.nanos = value.microsecond * 1000
    elif name in SCALES:
        scaled = int(Decimal(value).scaleb(SCALES[name], EXACT))
        size = (scaled.bit_length() + 8) // 8
        setattr(proto, f"{name}_value", scaled.to_bytes(size, "little", signed=True))
    else:
        raise ValueError(f"The proof can't write a value of type {name}.")
    return proto


def decode(proto: Any, type_: Any) -> Any:
    """Return the Python value of a protobuf value; the inverse of `encode`.

    A date is the days since 1970, an instant the microseconds since 1970, so that
    every value of BigQuery's range has one; `shown` makes them readable.
    """
    which = proto.WhichOneof("value")
    if which is None:
        return None
    name = type_name(type_)
    if name.startswith("array<"):
        element = type_.array_type.element_type
        return [decode(item, element) for item in proto.array_value.element]
    if name.startswith("struct<"):
        pairs = zip(type_.struct_type.field, proto.struct_value.field, strict=True)
        return {
            field.field_name: decode(item, field.field_type) for field, item in pairs
        }
    if name == "timestamp":
        instant = proto.timestamp_value
        return instant.seconds * MICROS + instant.nanos // 1000
    if name == "datetime":
        bits = proto.datetime_value.bit_field_datetime_seconds
        day = date(bits >> 26, bits >> 22 & 15, bits >> 17 & 31)
        nanos = proto.datetime_value.nanos
        clock = time(bits >> 12 & 31, bits >> 6 & 63, bits & 63, nanos // 1000)
        return datetime.combine(day, clock)
    if name in SCALES:
        data = getattr(proto, f"{name}_value")
        return Decimal(int.from_bytes(data, "little", signed=True)).scaleb(
            -SCALES[name], EXACT
        )
    return getattr(proto, which)


def shown(value: Any, type_: Any) -> str:
    """Return a decoded value as a person reads it."""
    if value is None:
        return "NULL"
    name = type_name(type_)
    try:
        if name == "date":
            return date.fromordinal(value + EPOCH_DAY).isoformat()
        if name == "timestamp":
            seconds, micros = divmod(value, MICROS)
            days, seconds = divmod(seconds, 86_400)
            clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            part = f".{micros:06}" if micros else ""
            return f"{date.fromordinal(days + EPOCH_DAY)} {clock}{part}"
    except (OverflowError, ValueError):
        return str(value)
    return repr(value) if isinstance(value, str) else str(value)


def days_of(value: Any) -> int:
    """Return a date, or its text, as days since 1970; an integer stays."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return value if isinstance(value, int) else value.toordinal() - EPOCH_DAY


def micros_of(value: Any) -> int:
    """Return an instant in UTC as microseconds since 1970; an integer stays."""
    if isinstance(value, int):
        return value
    passed = value.replace(tzinfo=None) - EPOCH
    return (passed.days * 86_400 + passed.seconds) * MICROS + passed.microseconds
