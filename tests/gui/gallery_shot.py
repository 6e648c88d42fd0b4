"""One picture of the gallery, and the status bars above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pos_app.ui.state import Tone
from pos_app.ui.widgets.status_bar import HeaderState

HEADER = HeaderState(
    store="惠民生鲜 · 文三路店",
    till="2 号机",
    shift_no=128,
    cashier="李娜",
    printer=Tone.SUCCESS,
    clock="14:05",
)
HEADER_OFFLINE = HeaderState(
    store="惠民生鲜 · 文三路店",
    till="2 号机",
    shift_no=128,
    cashier="李娜",
    line="offline",
    waiting=1_203,
    printer=Tone.DANGER,
    receipts_waiting=3,
    clock="14:05",
)
HEADER_OUT = HeaderState(store="惠民生鲜 · 文三路店", till="2 号机", printer=Tone.SUCCESS, clock="08:55")


@dataclass(frozen=True)
class Shot:
    """One picture of the gallery.

    Attributes:
        name: File name without ending.
        view: Name of the view in ``pos_app.ui.screens.VIEWS``.
        state: What it draws.
        header: What the status bar shows.
        behind: ``(view, state)`` of the screen a sheet lies on.
        act: Called with the view after drawing, for what only a person can bring about.
        training: Whether the training band is shown.
    """

    name: str
    view: str
    state: Any
    header: HeaderState = HEADER
    behind: tuple[str, Any] | None = None
    act: Callable[[Any], None] | None = None
    training: bool = False
