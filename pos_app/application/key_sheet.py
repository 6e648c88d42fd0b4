"""The sheet of key codes: which keys it has, and its content for the printer."""

from __future__ import annotations

from typing import Final

from pos_app.application.context import TillContext
from pos_app.application.ports import JobKind
from pos_app.application.print_content import PrintContent, unbooked_header
from pos_app.domain.ids import IdSource
from pos_app.domain.staff import Operator

#: Before the shop's mark and the name of the key; no product, member or payment code begins like this.
START: Final = "GT*"
#: The last digits of an id are random; a longer mark would not fit on narrow paper.
_MARKS: Final = 0xFFFF
#: On the sheet, in its order.
KEYS: Final = (
    *("ENTER", "ESC", "DEL", "BACK", "UP", "DOWN", "SPACE", "PLUS", "MINUS", "TIMES", "POINT"),
    *(str(digit) for digit in range(10)),
    *(f"F{number}" for number in range(1, 13)),
)


def new_mark(ids: IdSource) -> str:
    """A mark nobody can guess at a counter: without it a customer's telephone could show a code that presses Enter."""
    return f"{ids.new().int & _MARKS:04X}"


def key_prefix(mark: str) -> str:
    """What stands before the name of the key on this shop's sheet."""
    return f"{START}{mark}*"


def key_sheet(context: TillContext, operator: Operator, mark: str) -> PrintContent:
    """The sheet as something to print, with the shop's mark in each code; it is in no books."""
    header = unbooked_header(context, operator)
    return PrintContent(JobKind.KEY_SHEET, header, None, key_mark=mark)
