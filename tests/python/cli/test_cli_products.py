"""`ott build` refuses a broken product list before it writes anything."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from refused import refusal

import ott.build
import ott.dbt_run
from ott.contract import PROJECT_DIR
from ott.seed_check import PRODUCTS, check_products

HEADER = "product_code,product_name,lines,list_price_krw,billing_months,sales_type"

pytestmark = pytest.mark.usefixtures("environment")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A,a,1,1,1,B2C", "A,b,1,1,1,B2C"], "line 3: the product_code 'A'"),
        (["A,a,0,1,1,B2C"], "line 2: lines is '0'"),
        (["A,a,1.5,1,1,B2C"], "line 2: lines is '1.5'"),
        (["A,a,-1,1,1,B2C"], "line 2: lines is '-1'"),
        (["A,a,1,1,0,B2C"], "line 2: billing_months is '0'"),
        (["B,b,1,1,1,B2C", "A,a,1,1,,B2C"], "line 3: billing_months is ''"),
        (["A,a,1,-7900,1,B2C"], "line 2: list_price_krw is '-7900'"),
        (["A,a,1,free,1,B2C"], "line 2: list_price_krw is 'free'"),
        ([",a,1,1,1,B2C"], "line 2: product_code is ''"),
        (["A,a,1,1,1, "], "line 2: sales_type is ' '"),
        (["A,a,1,1,1"], "line 2: sales_type is ''"),
        (["A,a,1,1,1,b2c"], "line 2: sales_type is 'b2c'; it must be B2B or B2C, in"),
        (["A,a,1,1,1,B2C "], "line 2: sales_type is 'B2C '"),
        (["A,a,1,1,1,B2G"], "line 2: sales_type is 'B2G'"),
        (["A,a,1,1,1,ALL"], "line 2: sales_type is 'ALL'"),
        (["A,a,1,1,1,UNKNOWN"], "line 2: sales_type is 'UNKNOWN'"),
        (["B,b,1,1,1,B2C", " A,a,1,1,1,B2C"], "line 3: product_code is ' A'; it must"),
        (["A\u3000,a,1,1,1,B2C"], "line 2: product_code is 'A\u3000'"),
        (["ALL,a,1,1,1,B2C"], "line 2: product_code is 'ALL'"),
        (["UNKNOWN,a,1,1,1,B2C"], "line 2: product_code is 'UNKNOWN'"),
        (["A,a,1,7,900,1,B2C"], "line 2: more values than columns"),
        ([], "lists no product"),
    ],
)
def test_a_broken_product_list(
    lines: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = use_products(tmp_path, monkeypatch, "\n".join([HEADER, *lines]))
    message = refusal()
    assert str(path) in message
    assert expected in message


def test_a_product_list_without_a_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_products(tmp_path, monkeypatch, HEADER.replace("lines", "line") + "\nA,a,1")
    assert "line 1: the column lines is missing; found product_code" in refusal()


def test_a_product_list_of_another_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = use_products(tmp_path, monkeypatch, HEADER)
    path.write_bytes(path.read_bytes() + "\nA,베이직,1,1,1,B2C".encode("cp949"))
    assert "is not UTF-8 text" in refusal()


def test_a_missing_product_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_products(tmp_path, monkeypatch, HEADER).unlink()
    assert "products.csv is missing" in refusal()


def test_the_product_list_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / PRODUCTS
    path.parent.mkdir()
    text = (PROJECT_DIR / PRODUCTS).read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    check_products(tmp_path)


def use_products(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Path:
    path = folder / PRODUCTS
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(ott.build, "check_products", partial(check_products, folder))
    return path
