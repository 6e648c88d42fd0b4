"""Write the finished statements: ``python -m pos_app.infrastructure.sql`` (``--check`` only compares)."""

from __future__ import annotations

import sys
from pathlib import Path

from pos_app.infrastructure.sql.generating import GENERATED, module_text


def main() -> int:
    """Write or compare every generated module; 1 when one was not up to date."""
    folder = Path(__file__).resolve().parents[1]
    stale = [name for name in GENERATED if not (folder / name).is_file()]
    stale += [
        name
        for name in GENERATED
        if name not in stale and (folder / name).read_text(encoding="utf-8") != module_text(name)
    ]
    if "--check" not in sys.argv:
        for name in stale:
            (folder / name).write_text(module_text(name), encoding="utf-8", newline="\n")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
