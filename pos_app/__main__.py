"""The command ``guitai``: without a subcommand it opens the window, as quickly as it can."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or run a subcommand.

    The window's start pays for nothing that the first picture does not need; the command line's library and the
    database are loaded by those who use them.

    Returns:
        The process's exit code.
    """
    from pos_app.cli import home_apart

    words = sys.argv[1:] if arguments is None else arguments
    _, rest = home_apart(words)
    if rest and (not rest[0].startswith("-") or rest[0] in ("--help", "--version")):
        from pos_app.cli import run

        return run(words)
    from pos_app.bootstrap.window import open_window

    return open_window(words)


if __name__ == "__main__":
    raise SystemExit(main())
