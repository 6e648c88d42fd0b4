"""Whom the sale is for: looking the member up, while goods go on being scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.text import mask_phone
from pos_app.errors import KnownError
from pos_app.ui.gift_words import gifts_words
from pos_app.ui.requests import CaptureRequest, MemberRequest
from pos_app.ui.state import Notice, Phase, Tone

if TYPE_CHECKING:
    from pos_app.application.rewards import GivenGift
    from pos_app.application.selling import MemberView
    from pos_app.domain.ids import MemberId
    from pos_app.domain.member import Member
    from pos_app.ui.current_sale import CurrentSale
    from pos_app.ui.desk import Desk


class MemberFinder(QObject):
    """Finds the member of the current sale and puts them into it.

    Signals:
        changed: Something is to be drawn.
        found: A member was put into the sale, or the same one read anew.
        failed: Why not; carries the error.

    Attributes:
        phase: Whether one is being looked up.
    """

    changed = Signal()
    found = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, sale: CurrentSale, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale = sale
        self._wanted: MemberId | None = None
        self._asked: MemberId | None = None
        self.phase = Phase.EMPTY

    def use(self, member_id: MemberId) -> None:
        """Look a member up and sell to them."""
        self._wanted = member_id
        self.phase = Phase.LOADING
        selling = self._desk.till.selling
        self.changed.emit()
        self._desk.reader(lambda: (member_id, selling.member_view(member_id)), self._on_view, self._on_failed)

    def again(self) -> None:
        """Read the member anew: the reading failed, or something was booked for them."""
        if self._wanted is not None:
            self.use(self._wanted)

    def refresh(self) -> None:
        """Read the member of the sale anew, without a word: something was booked for them on another screen."""
        if self._wanted is not None and self._sale.member is not None:
            member_id, selling = self._wanted, self._desk.till.selling
            self._desk.reader(lambda: (member_id, selling.member_view(member_id)), self._on_refreshed, self._on_failed)

    def _on_refreshed(self, found: tuple[MemberId, MemberView]) -> None:
        wanted, view = found
        if wanted == self._wanted and self._sale.member is not None:
            self._wanted = view.customer.member.member_id
            self._sale.set_member(view)
            self.changed.emit()

    def forget(self) -> None:
        """Nobody is wanted any more; the sale is the caller's."""
        self._wanted = self._asked = None
        self.phase = Phase.EMPTY

    def search(self) -> None:
        """Open the search."""
        self._desk.open("member_search", MemberRequest(self.use, self._on_captured))

    def capture(self, phone: str = "") -> None:
        """Sign a new member up."""
        self._desk.open("member_capture", CaptureRequest(phone, self._on_captured))

    def _on_captured(self, member: Member) -> None:
        self._desk.tell("member.captured", name=member.name or mask_phone(member.phone))
        self.use(member.member_id)

    def _on_view(self, found: tuple[MemberId, MemberView]) -> None:
        wanted, view = found
        if wanted != self._wanted:
            return  # another member was wanted meanwhile
        self._wanted = view.customer.member.member_id  # they may have turned out to be another one since
        self.phase = Phase.READY
        self._sale.set_member(view)
        self.found.emit()
        self._give_due(view)

    def _give_due(self, view: MemberView) -> None:
        """What is due today (a birthday gift) is given when the member is recognised, and can be used at once."""
        operator, member_id = self._desk.operator, view.customer.member.member_id
        if operator is None or self._asked == member_id or not view.gifts_due:
            return
        self._asked = member_id
        rewards = self._desk.till.rewards
        self._desk.ledger(lambda: rewards.give_due(operator, member_id), self._on_given, self._on_not_given)

    def _on_given(self, gifts: tuple[GivenGift, ...]) -> None:
        if gifts:
            self._desk.tell("reward.given", gifts=gifts_words(gifts))
            self.again()

    def _on_not_given(self, error: KnownError) -> None:
        self._asked = None  # the next time they are recognised it is tried again
        self._desk.shell.toast(Notice.of(error, Tone.WARNING))

    def _on_failed(self, error: KnownError) -> None:
        self.phase = Phase.FAILED
        self.failed.emit(error)
