"""Signing a member up at work: the duplicate is seen while typing, the rest is one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.members import PHONE_DIGITS, NewMember
from pos_app.domain.member import Gender
from pos_app.domain.text import mask_name, mask_phone
from pos_app.ui import i18n
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.member_capture.state import KnownMember, MemberCaptureState
from pos_app.ui.screens.member_capture.state import NewMember as Form
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.domain.ids import MemberId
    from pos_app.domain.member import Member
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import CaptureRequest
    from pos_app.ui.screens.member_capture.view import MemberCaptureView

#: Which field an error is about.
_FIELDS: Final = {
    "phone.wrong": "phone",
    "member.phone_known": "phone",
    "member.needs_phone_or_card": "phone",
    "card.known": "card",
    "card.wrong": "card",
    "birthday.wrong": "birthday",
    "name.too_long": "name",
    "member.referrer_unknown": "referrer",
}


class MemberCapturePresenter(Presenter["MemberCaptureView", MemberCaptureState]):
    """A new member in ten seconds."""

    def __init__(self, view: MemberCaptureView, desk: Desk) -> None:
        super().__init__(view, desk, MemberCaptureState())
        self._request: CaptureRequest | None = None
        self._phone = ""
        self._known: Member | None = None
        view.phone_changed.connect(self._on_phone)
        view.save_requested.connect(self._on_save)
        view.use_requested.connect(self._on_use)
        view.scanned.connect(self._on_scanned)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Begin with what is known: a phone number, or nothing."""
        self._request = request  # type: ignore[assignment]  # whoever asks does so with a CaptureRequest
        phone = self._request.phone if self._request is not None else ""
        digits = "".join(ch for ch in phone if ch.isdigit())[:PHONE_DIGITS]
        self._known = None
        self.show(MemberCaptureState(phone=digits, session=self.state.session + 1))
        self._on_phone(digits)

    def _on_phone(self, text: str) -> None:
        self._phone = str(text).strip()
        if len(self._phone) < PHONE_DIGITS:
            if self.state.duplicate is not None:
                self._known = None
                self.show(replace(self.state, duplicate=None, notice=None))
            return
        members, phone = self.desk.till.members, self._phone
        self.desk.reader(lambda: (phone, members.duplicate(phone)), self._on_duplicate)

    def _on_duplicate(self, found: tuple[str, Member | None]) -> None:
        phone, member = found
        if phone != self._phone:
            return  # typed on meanwhile
        self._known = member
        duplicate = None
        if member is not None:
            programme = self.desk.till.selling.programme()
            tier = programme.tier(member.tier_id)
            ranks = [each.tier_id for each in programme.tiers]
            duplicate = KnownMember(
                member.member_id,
                mask_name(member.name) or mask_phone(member.phone),
                mask_phone(member.phone),
                tier.name.in_language(i18n.current()),
                ranks.index(tier.tier_id),
            )
        self.show(replace(self.state, duplicate=duplicate, notice=None, bad_field=""))

    def _on_scanned(self, text: str) -> None:
        scans = self.desk.till.scans
        self.desk.reader(lambda: scans.new_card(text), self._on_card, self._on_failed)

    def _on_card(self, number: str) -> None:
        self.show(replace(self.state, card=number, notice=None, bad_field=""))

    def _on_use(self, key: MemberId) -> None:
        if self._known is not None and self._request is not None:
            self.desk.close()
            self._request.captured(self._known)

    def _on_save(self, form: Form) -> None:
        if self.state.busy:
            return
        members, lookup, operator = self.desk.till.members, self.desk.till.lookup, self.desk.require_operator()
        self.show(replace(self.state, busy=True, notice=None, bad_field=""))

        def work() -> Member:
            referrer = lookup.referrer(form.referrer)
            return members.capture(
                operator,
                NewMember(
                    phone=form.phone,
                    name=form.name,
                    gender=Gender(form.gender),
                    birthday=form.birthday,
                    card=form.card,
                    referrer_id=referrer,
                    marketing_consent=form.consent,
                ),
            )

        self.desk.ledger(work, self._on_saved, self._on_failed)

    def _on_saved(self, member: Member) -> None:
        request = self._request
        self.show(replace(self.state, busy=False))
        self.desk.close()
        if request is not None:
            request.captured(member)

    def _on_failed(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error), bad_field=_FIELDS.get(error.code, "")))
