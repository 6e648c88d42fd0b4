"""What screens and paper say while a scenario is played at the window, held against the books."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from pos_testkit.scenario_books import Behind

from hardware.printers.profile import PAPER_80
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.money import Money
from pos_app.domain.pricing.quote import Quote


class Paper(Protocol):
    """A printer that keeps what it was sent."""

    @property
    def jobs(self) -> tuple[bytes, ...]:
        """Every paper so far."""
        ...


@dataclass
class Witness(Behind):
    """Somebody who looks at the screens and at the paper.

    Attributes:
        paper: The printer, as one who tears papers off it sees it.
        wrong: What the screens or the paper said otherwise than the books, in words.
    """

    paper: Paper
    wrong: list[str] = field(default_factory=list)
    _seen: int = 0

    def _quote(self, screen: str) -> Quote:
        """The price that a screen draws from."""
        presenter = self.window.desk._presenters[screen]
        quote = presenter._sale.quote if screen == "selling" else presenter._quote  # type: ignore[attr-defined]
        assert isinstance(quote, Quote)
        return quote

    def _see_selling(self) -> None:
        state, quote = self.window.state("selling"), self._quote("selling")
        drawn = self.window.view("selling")._payable.text()
        self._same("payable on the screen", quote.payable.display(), drawn)
        self._same("saved on the screen", quote.saved, state.saved)
        self._same("time on the screen", self.shop.moment.strftime("%H:%M"), self.window.desk._header.clock)
        self._same("lines on the screen", [line.amount for line in quote.lines], [line.amount for line in state.lines])
        account, shown = self._account(), state.member
        self._same("a member on the panel", account is not None, shown is not None)
        if account is None or shown is None:
            return
        self._same("points on the panel", account.balance(self._today()), shown.points)
        member = self._member()
        assert member is not None
        # Where the programme gives nothing (to a frozen member, before it begins), the member has a tier all the same.
        tier = quote.tier or self.shop.programme.tier(member.tier_id)
        self._same("tier on the panel", tier.name.en, shown.tier)
        self._same("points to be earned", quote.points_earned, shown.earns)
        usable = quote.burn.points if quote.burn is not None and quote.burn.points.count else None
        self._same("points to be used", usable, shown.points_usable)
        offered = {offer.key for offer in shown.offers}
        given = {each.benefit_id for each in quote.benefits if each.applied and each.saved}
        self._same("reductions among the offers", set(), given - offered)

    def _see_sale(self, sale: Sale, paid: Quote) -> None:
        state = self.window.state("payment")
        self._same("booked", (paid.payable, paid.saved), (sale.payable, sale.saved))
        self._same("booked lines", [line.amount for line in paid.lines], [line.amount for line in sale.lines])
        self._same("booked points by line", [line.points for line in paid.lines], [line.points for line in sale.lines])
        self._same("reductions booked", [x.reductions for x in paid.lines], [line.reductions for line in sale.lines])
        self._same("change on the screen", sale.change, state.change)
        words = [_figure(sale.payable), sale.receipt_no]
        if sale.member is not None:
            self._same("booked points by rule", paid.earned, sale.member.earned)
            self._same("booked tier", paid.tier_after.tier_id if paid.tier_after else "", sale.member.tier_after)
            self._same("balance on the screen", sale.member.points_after, state.points_balance)
            words.append(sale.member.points_after.display())
        self._see_paper("receipt", words)

    def _see_refund(self, refund: Refund, shown: Any) -> None:
        words = [_figure(refund.amount)]
        self._same("what comes back on the screen", refund.amount, shown.amount if shown is not None else None)
        if refund.member is not None:
            if shown is not None:
                self._same("balance after the refund on the screen", refund.member.points_after, shown.points_after)
            words.append(refund.member.points_after.display())
        self._see_paper("refund", words)

    def _see_paper(self, what: str, words: list[str]) -> None:
        """The paper that came out, read by the printer's other side."""
        self._see_printed(what)
        text = decode(self.paper.jobs[-1], PaperFormat.of(PAPER_80), strict=True).text()
        for each in words:
            if each not in text:
                self.wrong.append(f"{what}: {each!r} is not on the paper:\n{text}")

    def _see_printed(self, what: str) -> None:
        """Everything that was to be printed has come out, and something did."""
        printing = self.window.desk.printing
        self.window.until(
            lambda: not printing.status.waiting and not printing.status.printing and len(self.paper.jobs) > self._seen,
            f"the {what} is printed",
        )
        self._seen = len(self.paper.jobs)

    def _same(self, what: str, expected: object, got: object) -> None:
        if expected != got:
            self.wrong.append(f"{what}: expected {expected}, got {got}")


def _figure(amount: Money) -> str:
    """An amount as papers write it, without the sign of the currency."""
    return amount.display().lstrip("¥")
