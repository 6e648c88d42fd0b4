"""The command line: everything that is not the cashier's window."""

from __future__ import annotations


def run(words: list[str]) -> int:
    """Run a subcommand.

    Returns:
        The process's exit code.
    """
    from pos_app.cli.app import make_app

    result = make_app()(words, standalone_mode=False)
    return result if isinstance(result, int) else 0
