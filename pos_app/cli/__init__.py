"""The command line: everything that is not the cashier's window."""

from __future__ import annotations

import sys


def home_apart(words: list[str]) -> tuple[str, list[str]]:
    """Take ``--home DIR`` out of a command line, wherever it stands.

    Returns:
        The folder, empty where none is named; the other words. A ``--home`` that lacks its folder stays among them
        for the parser to complain of.
    """
    home = ""
    rest: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        if word == "--":
            break
        if word == "--home" and place + 1 < len(words) and not words[place + 1].startswith("-"):
            place += 1
            home = words[place]
        elif word.startswith("--home=") and word != "--home=":
            home = word.removeprefix("--home=")
        else:
            rest.append(word)
        place += 1
    return home, rest + words[place:]


def run(arguments: list[str]) -> int:
    """Run a subcommand.

    Returns:
        The process's exit code: 0 done, 1 refused, 2 not understood.
    """
    from pathlib import Path

    from pos_app.cli import words
    from pos_app.cli.app import make_app
    from pos_app.errors import KnownError

    home, rest = home_apart(arguments)
    try:
        make_app(Path(home) if home else None)(rest, prog_name="guitai")
    except KnownError as problem:
        sys.stderr.write(words.error(problem) + "\n")
        return 1
    except SystemExit as end:  # how the library ends each command, after saying what it did not understand
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
