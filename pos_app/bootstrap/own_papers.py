"""The shop's own receipts for those who look at them and change them: where they lie, and how they would come out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pos_app.bootstrap.papers import draw_trial, own_of
from pos_app.config import Settings

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent
    from pos_app.infrastructure.receipts.own import OwnReceipts
    from pos_app.infrastructure.receipts.trial import TrialPaper


class OwnPapers(NamedTuple):
    """See :class:`pos_app.ui.own_papers.OwnPapers`."""

    folder: Path
    settings: Settings

    def read(self) -> OwnReceipts:
        """The shop's own templates and logo as they lie in its folder now."""
        return own_of(self.settings, self.folder)

    def draw(self, settings: Settings, own: OwnReceipts, content: PrintContent) -> TrialPaper:
        """A receipt as the printer of these settings would print it."""
        return draw_trial(settings, own, content)
