"""The sheet of key codes: which keys it has, and its content for the printer."""

from __future__ import annotations

from typing import Final

from pos_app.application.context import TillContext
from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent, unbooked_header
from pos_app.domain.staff import Operator

#: Before the name of the key; no product, member or payment code begins like this.
PREFIX: Final = "GT*KEY*"
#: On the sheet, in its order.
KEYS: Final = (
    *("ENTER", "ESC", "DEL", "BACK", "UP", "DOWN", "SPACE", "PLUS", "MINUS", "TIMES", "POINT"),
    *(str(digit) for digit in range(10)),
    *(f"F{number}" for number in range(1, 13)),
)


def key_sheet(context: TillContext, operator: Operator) -> PrintContent:
    """The sheet as something to print; it is in no books."""
    header = unbooked_header(context, operator)
    return PrintContent(JobKind.KEY_SHEET, header, None)
