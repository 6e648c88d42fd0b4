"""Benefits at work: reads the reasons off the quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui import i18n, messages
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.benefits.state import BenefitLine, BenefitsState

if TYPE_CHECKING:
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import BenefitsRequest
    from pos_app.ui.screens.benefits.view import BenefitsView


class BenefitsPresenter(Presenter["BenefitsView", BenefitsState]):
    """Says of every benefit what it saved or why it did not."""

    def __init__(self, view: BenefitsView, desk: Desk) -> None:
        super().__init__(view, desk, BenefitsState())
        self._request: BenefitsRequest | None = None
        view.points_requested.connect(self._on_points)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Show the benefits of a quote."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a BenefitsRequest
        if self._request is None:
            return
        quote, language = self._request.quote, i18n.current()
        lines = [BenefitLine(each.name.in_language(language), each.saved, each.reason) for each in quote.benefits]
        lines.sort(key=lambda line: bool(line.reason))
        burn = quote.burn
        words = ""
        if burn is not None and burn.reason:
            words = messages.sentence(f"benefit.{burn.reason}", {})
        elif burn is not None:
            words = self.tr("{points} points pay {amount}").format(
                points=burn.points.display(), amount=burn.value.display()
            )
        self.show(
            BenefitsState(
                benefits=tuple(lines),
                saved=quote.saved,
                points_name=burn.name.in_language(language) if burn is not None else "",
                points_words=words,
                points_usable=burn is not None and not burn.reason,
            )
        )

    def _on_points(self) -> None:
        if self._request is not None:
            self.desk.close()
            self._request.pay_with_points()
