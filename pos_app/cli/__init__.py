"""The command line: everything that is not the cashier's window."""

from __future__ import annotations

import sys


def run(arguments: list[str]) -> int:
    """Run a subcommand.

    Returns:
        The process's exit code: 0 done, 1 refused, 2 not understood.
    """
    import click

    from pos_app.cli import words
    from pos_app.cli.app import make_app
    from pos_app.errors import KnownError

    try:
        result = make_app()(arguments, standalone_mode=False)
    except KnownError as problem:
        sys.stderr.write(words.error(problem) + "\n")
        return 1
    except click.ClickException as problem:
        problem.show()
        return 2
    except click.exceptions.Abort:
        return 1
    return result if isinstance(result, int) else 0
