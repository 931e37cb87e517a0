"""The people of the company, invented, who query the warehouse and write on Slack."""

from __future__ import annotations

from datetime import date

DEPARTMENTS = ("data", "marketing", "content", "product", "finance", "management")
DATA, MARKETING, CONTENT, PRODUCT, FINANCE, MANAGEMENT = range(len(DEPARTMENTS))

Person = tuple[str, int, bool, date]

_EARLY = date(2023, 1, 9)
PEOPLE: tuple[Person, ...] = (
    ("jian.seo", DATA, True, _EARLY),
    ("dohyun.han", DATA, True, _EARLY),
    ("harin.moon", DATA, True, date(2024, 3, 4)),
    ("yujin.bae", DATA, False, date(2024, 9, 2)),
    ("taeo.lim", PRODUCT, True, _EARLY),
    ("soyul.kang", PRODUCT, False, date(2025, 2, 3)),
    ("minjae.oh", PRODUCT, True, date(2025, 6, 2)),
    ("siu.shin", MARKETING, False, _EARLY),
    ("yena.jo", MARKETING, False, date(2024, 5, 13)),
    ("junseo.kwon", MARKETING, False, date(2025, 8, 18)),
    ("gaon.hwang", CONTENT, False, _EARLY),
    ("dain.ryu", CONTENT, False, date(2025, 5, 7)),
    ("rowoon.an", CONTENT, False, date(2025, 11, 3)),
    ("sea.hong", FINANCE, False, _EARLY),
    ("eunho.song", FINANCE, False, date(2026, 1, 5)),
    ("narae.jang", MANAGEMENT, False, _EARLY),
    ("geonu.choi", MANAGEMENT, False, _EARLY),
    ("miso.yoon", MARKETING, False, date(2026, 3, 9)),
)
SERVICES: tuple[tuple[str, str], ...] = (
    ("dbt-runner@ott-warehouse-prod.iam.gserviceaccount.com", "dbt"),
    ("dashboards@ott-analytics.iam.gserviceaccount.com", "bi"),
)


def email(name: str) -> str:
    """Return the address of a person."""
    return f"{name}@ott.example.com"
