"""The one kind of error a user's mistake raises."""

import click


class UserError(click.ClickException):
    """A mistake that the user can mend: shown as one message, without a traceback.

    The message names the file, the row or the variable and says what to do; the
    command exits with code 1.
    """
