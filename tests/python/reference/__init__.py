"""An independent reference of the core marts, to compare with the SQL models."""

from .contract import TABLES, Row
from .marts import Warehouse, build_marts, build_warehouse, hash_uno
from .raw import Settings

__all__ = [
    "TABLES",
    "Row",
    "Settings",
    "Warehouse",
    "build_marts",
    "build_warehouse",
    "hash_uno",
]
