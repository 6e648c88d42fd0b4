"""The text of the modules that hold finished statements."""

from __future__ import annotations

import textwrap
from importlib import import_module
from typing import Final

from pos_app.infrastructure.sql.compiling import Compiled

#: Generated module (below ``infrastructure``) and the modules its statements come from.
GENERATED: Final = {
    "ledger/statements.py": ("ledger_questions",),
    "ledger/change_statements.py": ("ledger_changes",),
    "replica/basics_statements.py": ("basics_statements",),
    "replica/statements.py": ("replica_questions", "replica_changes"),
}
_WIDTH: Final = 116
_LONGEST: Final = 120
_HEAD: Final = '''\
"""Finished SQL. Made by ``python -m pos_app.infrastructure.sql`` from the modules there; never edited by hand."""

from __future__ import annotations

from typing import Final

from pos_app.infrastructure.databases import Prepared
'''


def module_text(name: str) -> str:
    """The whole text of one generated module, formatted as ruff would."""
    parts = [_HEAD]
    for source in GENERATED[name]:
        module = import_module(f"pos_app.infrastructure.sql.{source}")
        for constant, value in vars(module).items():
            if isinstance(value, Compiled):
                parts.append(_assignment(constant, value))
    return "\n".join(parts)


def _assignment(constant: str, value: Compiled) -> str:
    text = " ".join(value.sql.split())
    short = f'{constant}: Final = Prepared("{text}"' + (f", {_slots(value.slots)})" if value.slots else ")")
    if len(short) <= _LONGEST and '"' not in text and "\\" not in text:
        return short + "\n"
    sql = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    lines = [f"{constant}: Final = Prepared(", '    """', *(f"    {line}" for line in sql)]
    lines.append('    """,' if value.slots else '    """')
    if value.slots:
        lines.append(f"    {_slots(value.slots)},")
    return "\n".join([*lines, ")\n"])


def _slots(slots: tuple[object, ...]) -> str:
    inside = ", ".join("None" if slot is None else _literal(slot) for slot in slots)
    return f"({inside},)" if len(slots) == 1 else f"({inside})"


def _literal(slot: object) -> str:
    return f'"{slot}"' if isinstance(slot, str) else str(slot)
