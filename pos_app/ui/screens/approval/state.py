"""What the approval shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.state import Notice


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """State of the approval.

    Attributes:
        what: Code of what is to be approved, one of ``price``, ``discount``, ``refund``, ``void``, ``drawer``,
            ``cash``, ``x_report``, ``reprint``, ``settings``, ``training``, ``close_day``, ``shift_close``.
        detail: In figures and names: ``苹果 39.80 → 35.00``.
        approvers: ``(key, name)`` of those who may.
        selected: Key of the one chosen.
        notice: Wrong PIN and the like.
        checking: A PIN is being checked.
    """

    what: str = ""
    detail: str = ""
    approvers: tuple[tuple[object, str], ...] = ()
    selected: object = None
    notice: Notice | None = None
    checking: bool = False
