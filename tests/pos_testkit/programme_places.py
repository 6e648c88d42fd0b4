"""Places in a programme file, from a path by numbers to the way in which messages name them."""

from __future__ import annotations

import re
import tomllib


def place_in(text: str, path: str) -> str:
    """``$.benefits[1].off_bp`` as ``benefits.gold_98.off_bp``; what is no such path stays as it is."""
    if not path.startswith("$"):
        return path
    steps: list[str] = []
    here = tomllib.loads(text)
    for key, number in re.findall(r"\.([a-z_]+)|\[(\d+)\]", path):
        here = here[key] if key else here[int(number)]  # type: ignore[index]
        name = key or f"no. {int(number) + 1}"
        if number and isinstance(here, dict):
            name = next((str(value) for each, value in here.items() if each.endswith("_id")), name)
        steps.append(name)
    return ".".join(steps)
