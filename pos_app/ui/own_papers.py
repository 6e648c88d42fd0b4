"""What a screen needs of the shop's own receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.application.print_content import PrintContent
    from pos_app.config import Settings
    from pos_app.infrastructure.receipts.own import OwnReceipts
    from pos_app.infrastructure.receipts.trial import TrialPaper


class OwnPapers(Protocol):
    """The shop's own receipts: where they lie, and how they would come out. Nothing of it is quick."""

    @property
    def folder(self) -> Path:
        """Where the shop keeps its own templates and logo."""

    def read(self) -> OwnReceipts:
        """Templates and logo as they lie there now; asks the disk."""

    def draw(self, settings: Settings, own: OwnReceipts, content: PrintContent) -> TrialPaper:
        """A receipt as the printer of these settings would print it."""
