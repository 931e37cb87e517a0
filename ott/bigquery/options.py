"""What BigQuery's dialect lacks of what ZetaSQL knows.

ZetaSQL is the analyzer of several Google products. Its external product mode removes
types that BigQuery lacks, such as INT32; these lists remove the rest. They follow
BigQuery's public reference: what stands in doubt is left out of the dialect, so that
the proof errs towards refusing.
"""

from __future__ import annotations

from typing import Any

from zetasql.wasi._pb2.zetasql.proto import (  # type: ignore[import-untyped]
    options_pb2 as options,
)
from zetasql.wasi._pb2.zetasql.public import (  # type: ignore[import-untyped]
    builtin_function_pb2 as builtin,
)
from zetasql.wasi._pb2.zetasql.public import (
    options_pb2 as public,
)

# Names without `FEATURE_`; a name that ZetaSQL does not know is an error at the start.
LACKING_FEATURES = (
    "ADDITIONAL_DATE_TIME_FUNCTIONS",
    "AGGREGATE_FILTERING",
    "AGGREGATION_THRESHOLD",
    "ALIASES_FOR_STRING_AND_DATE_FUNCTIONS",
    "ANONYMIZATION",
    "ARRAY_AGGREGATION_FUNCTIONS",
    "ARRAY_FIND_FUNCTIONS",
    "ARRAY_GREATEST_LEAST",
    "ARRAY_ZIP",
    "BARE_ARRAY_ACCESS",
    "BITWISE_AGGREGATE_BYTES_SIGNATURES",
    "BRACED_PROTO_CONSTRUCTORS",
    "BY_NAME",
    "CBRT_FUNCTIONS",
    "CHAINED_FUNCTION_CALLS",
    "CLONE_DATA",
    "CREATE_LOCALITY_GROUP",
    "DOT_PRODUCT",
    "ENABLE_FLOAT_DISTANCE_FUNCTIONS",
    "ENABLE_MEASURES",
    "FILTER_FIELDS",
    "FIRST_AND_LAST_N",
    "FOR_UPDATE",
    "GENERATED_BY_DEFAULT",
    "GENERATED_COLUMNS",
    "IDENTITY_COLUMNS",
    "INSERT_ON_CONFLICT_CLAUSE",
    "INVERSE_TRIG_FUNCTIONS",
    "JSON_CONTAINS_FUNCTION",
    "JSON_MORE_VALUE_EXTRACTION_FUNCTIONS",
    "KLL_WEIGHTS",
    "L1_NORM",
    "L2_NORM",
    "LATERAL_COLUMN_REFERENCES",
    "LATERAL_JOIN",
    "LIMIT_ALL",
    "LIMIT_OFFSET_EXPRESSIONS",
    "LITERAL_CONCATENATION",
    "MANHATTAN_DISTANCE",
    "MAP_TYPE",
    "MULTILEVEL_AGGREGATION",
    "MULTIWAY_UNNEST",
    "NULLIFZERO_ZEROIFNULL",
    "ORDERED_PRIMARY_KEYS",
    "PI_FUNCTIONS",
    "PROTO_MAPS",
    "RADIANS_DEGREES_FUNCTIONS",
    "RELAXED_WITH_RECURSIVE",
    "REPLACE_FIELDS",
    "ROW_TYPE",
    "SPANNER_LEGACY_DDL",
    "STRUCT_BRACED_CONSTRUCTORS",
    "STRUCT_POSITIONAL_ACCESSOR",
    "TABLE_SYNTAX_RESOLVE_ARGUMENT_LAST",
    "TIMESTAMP_NANOS",
    "TIMESTAMP_PICOS",
    "TOP_LEVEL_TABLE_STATEMENTS",
    "TTL",
    "TUMBLE_HOP_TVFS",
    "TYPEOF_FUNCTION",
    "UPDATE_CONSTRUCTOR",
    "UUID_TYPE",
    "WITH_EXPRESSION",
    "WITH_GROUP_ROWS",
)

# The beginnings of the names of function signatures.
LACKING_FUNCTIONS = (
    "FN_IFERROR",
    "FN_ISERROR",
    "FN_NULLIFERROR",
    "FN_REGEXP_EXTRACT_GROUPS",
    "FN_ARRAY_INCLUDES",
)


def restrict(language: Any) -> None:
    """Turn ZetaSQL's widest language options into BigQuery's dialect."""
    language.product_mode = public.PRODUCT_EXTERNAL
    language.ClearField("supported_statement_kinds")
    known = set(public.LanguageFeature.keys())
    lacking = {f"FEATURE_{name}" for name in LACKING_FEATURES}
    if unknown := lacking - known:
        raise RuntimeError(f"ZetaSQL has no feature {', '.join(sorted(unknown))}.")
    dropped = {public.LanguageFeature.Value(name) for name in lacking}
    kept = [item for item in language.enabled_language_features if item not in dropped]
    del language.enabled_language_features[:]
    language.enabled_language_features.extend(kept)
    # reserved in BigQuery; `qualify` without `where` parses only then
    language.reserved_keywords.append("QUALIFY")


def builtin_functions(language: Any) -> Any:
    """Return the functions of a catalog: ZetaSQL's without those BigQuery lacks."""
    found = options.ZetaSQLBuiltinFunctionOptionsProto()
    found.language_options.CopyFrom(language)
    found.exclude_function_ids.extend(
        number
        for name, number in builtin.FunctionSignatureId.items()
        if name.startswith(LACKING_FUNCTIONS)
    )
    return found
