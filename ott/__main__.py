"""Makes `python -m ott` the command `ott`."""

from ott.cli import main

if __name__ == "__main__":
    main(prog_name="ott")
