"""The command line `ott`: a group whose commands are imported when they are called."""

from __future__ import annotations

import importlib

import click

from ott import __doc__ as about

# Name of each command, the object that implements it and the line of `ott --help`.
# Only the command that runs is imported: dbt alone takes more than a second.
COMMANDS = {
    "sample": (
        "ott.sample.command:sample",
        "Write sample raw logs of an invented service.",
    ),
    "check-raw": (
        "ott.raw_check_command:check_raw_command",
        "Check that a raw folder satisfies the contract.",
    ),
    "build": (
        "ott.build:build",
        "Build the marts on DuckDB and show the day's result.",
    ),
    "daily": (
        "ott.runs.daily:daily",
        "Bring the marts up to a day, or backfill days gone by.",
    ),
    "doctor": (
        "ott.doctor:doctor",
        "Check profile, versions, variables and raw logs.",
    ),
    "sql": ("ott.query:sql", "Print the result of a query on the built warehouse."),
    "export": ("ott.export:export", "Write a mart to a CSV, Parquet or Excel file."),
    "docs": ("ott.docs:docs", "Write the data dictionary as one page."),
    "timings": (
        "ott.timings.command:timings",
        "Show where the time of the last dbt build went.",
    ),
    "alerts": ("ott.quality.alerts:alerts", "Tell problems of the data that are new."),
    "holidays": (
        "ott.quality.holidays_command:holidays",
        "Write Korea's public holidays as a seed.",
    ),
    "keep-checks": (
        "ott.quality.command:keep_checks_command",
        "Keep the results of tests that dbt ran on its own.",
    ),
    "prove-bigquery": (
        "ott.bigquery.command:prove_bigquery",
        "Prove the BigQuery SQL without an account.",
    ),
    "prove-emulator": (
        "ott.emulator.command:prove_emulator",
        "Build on a local BigQuery emulator and compare.",
    ),
    "bigquery-cost": (
        "ott.bigquery.cost:bigquery_cost",
        "Estimate what a run would scan on BigQuery.",
    ),
}


class LazyGroup(click.Group):
    """A group that imports a command only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module_name, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module_name), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an interrupt ends it with one line and the code 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(130)


@click.group(
    cls=LazyGroup,
    help=about,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every command explains itself: ott COMMAND --help.",
)
@click.version_option(package_name="ott-warehouse", message="ott %(version)s")
def main() -> None:
    """Run one of the commands."""
