"""Draws the Vega-Lite specification on its standard input: `draw.py FILE.svg|png`.

Runs in the environment of the other engines, which has vl-convert.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import vl_convert


def main() -> None:
    specification, out = json.load(sys.stdin), Path(sys.argv[1])
    if out.suffix == ".png":
        out.write_bytes(vl_convert.vegalite_to_png(specification, scale=2))
    else:
        out.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")


if __name__ == "__main__":
    main()
