"""The check of seeds/products.csv, which a company edits by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from ott.contract import PROJECT_DIR
from ott.errors import UserError

PRODUCTS = Path("seeds", "products.csv")

WHOLE = re.compile(r"0*[1-9][0-9]{0,8}")
PRICE = re.compile(r"[0-9]{1,12}")


# What the marts write in place of a code, for all products and for none.
PLACEHOLDERS = ("ALL", "UNKNOWN")


def _is_text(value: str) -> bool:
    return bool(value.strip())


def _is_code(value: str) -> bool:
    return bool(value) and value == value.strip() and value not in PLACEHOLDERS


def _is_sales_type(value: str) -> bool:
    return value in ("B2B", "B2C")


def _is_whole(value: str) -> bool:
    return WHOLE.fullmatch(value) is not None


def _is_price(value: str) -> bool:
    return PRICE.fullmatch(value) is not None


# For each column that must be there, what its values are and how that is tested.
COLUMNS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "product_code": (
        "a code without spaces around it, not ALL or UNKNOWN, which the marts use",
        _is_code,
    ),
    "product_name": ("a name", _is_text),
    "lines": ("a whole number, 1 or more", _is_whole),
    "list_price_krw": ("a price in whole KRW, 0 or more, digits only", _is_price),
    "billing_months": ("a whole number, 1 or more", _is_whole),
    "sales_type": ("B2B or B2C, in capitals and without spaces", _is_sales_type),
}


def check_products(project_dir: Path = PROJECT_DIR) -> None:
    """Check the products before dbt loads them.

    Raises:
        UserError: the file is missing, a column is, or a value is not what it must be;
            the message names the file, the line and the value.
    """
    path = project_dir / PRODUCTS
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{path} is missing. It lists the products sold.") from None
    except UnicodeDecodeError:
        raise UserError(
            f"{path} is not UTF-8 text. Save it as CSV UTF-8 in your spreadsheet."
        ) from None
    reader = csv.DictReader(text.splitlines())
    header = reader.fieldnames or []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise UserError(
            f"{path}, line 1: the column {missing[0]} is missing; found "
            f"{', '.join(header) or 'nothing'}. The first line must name "
            f"{', '.join(COLUMNS)}."
        )
    seen: dict[str, int] = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row:
            raise UserError(
                f"{where}: more values than columns. Put a value that holds a comma "
                "in double quotes."
            )
        for name, (meaning, is_right) in COLUMNS.items():
            value = row[name] or ""
            if not is_right(value):
                raise UserError(
                    f"{where}: {name} is '{value}'; it must be {meaning}. "
                    "Correct the line and build again."
                )
        code = row["product_code"]
        if code in seen:
            raise UserError(
                f"{where}: the product_code '{code}' stands in line {seen[code]} "
                "already. Each product has one line: remove or rename one of them."
            )
        seen[code] = reader.line_num
    if not seen:
        raise UserError(f"{path} lists no product. Add a line for each product sold.")
