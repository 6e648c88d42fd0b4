"""Members at the counter: capture in one short form, bind a card, find duplicates before they are made."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader, LedgerTx
from pos_app.application.rewards import GivenGift, book_reward, visit_of
from pos_app.application.selling import keep_member
from pos_app.domain.coupon_codes import key_id
from pos_app.domain.ids import MemberId, RecordId
from pos_app.domain.ledger.bodies import MemberCaptured, MemberChanged
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.member import Birthday, Gender, Member, MemberStatus
from pos_app.domain.member_codes import SignedMember, check_time, to_sign
from pos_app.domain.referrer import referrer_refusal
from pos_app.domain.rewards import welcome
from pos_app.domain.staff import Operator, Permission
from pos_app.errors import KnownError

#: A mainland mobile number: 11 digits beginning with 13 to 19.
PHONE_DIGITS = 11
MAX_NAME = 40
MAX_CARD = 40


class NewMember(msgspec.Struct, frozen=True):
    """The capture form; the phone number alone is enough, or a card alone for a temporary member."""

    phone: str = ""
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    birthday: str = ""
    card: str = ""
    email: str = ""
    source: str = "counter"
    referrer_id: MemberId | None = None
    marketing_consent: bool = False


class SignedUp(msgspec.Struct, frozen=True):
    """A new member, and what signing up gave."""

    member: Member
    given: tuple[GivenGift, ...] = ()


class MemberService:
    """Capture and change."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def duplicate(self, phone: str) -> Member | None:
        """The member who already has a phone number, for the form to show at once."""
        try:
            normal = normal_phone(phone)
        except KnownError:
            return None
        return self._context.replica.member_by_phone(normal)

    def capture(self, operator: Operator, form: NewMember) -> Member:
        """Sign a member up, as :meth:`sign_up`, for who does not ask what was given."""
        return self.sign_up(operator, form).member

    def sign_up(self, operator: Operator, form: NewMember) -> SignedUp:
        """Sign a member up; usable in the same sale, with or without a network.

        What the programme gives for it is given in the same transaction, to the one who brought the member too. Who
        has a card and has not said who they are is given it once they do.

        Raises:
            KnownError: ``phone.wrong``, ``member.phone_known`` (with ``member_id``), ``card.known``,
                ``card.wrong``, ``member.needs_phone_or_card``, ``birthday.wrong``, ``name.too_long``,
                ``referrer.unknown``, ``referrer.refused`` (with ``why``).
        """
        phone = normal_phone(form.phone) if form.phone.strip() else ""
        card = normal_card(form.card)
        if not phone and not card:
            raise KnownError("member.needs_phone_or_card")
        name = " ".join(form.name.split())
        if len(name) > MAX_NAME or not name.isprintable():
            raise KnownError("name.too_long", limit=MAX_NAME)
        known = self._context.replica.member_by_phone(phone) if phone else None
        if known is not None:
            raise KnownError("member.phone_known", member_id=known.member_id)
        if card and self._context.replica.member_by_card(card) is not None:
            raise KnownError("card.known")
        programme = self._context.programme()
        member = Member(
            member_id=MemberId(self._context.ids.new()),
            joined_on=self._context.today(),
            phone=phone,
            name=name,
            gender=form.gender,
            birthday=_birthday(form.birthday),
            email=form.email.strip(),
            status=MemberStatus.ACTIVE if phone else MemberStatus.TEMPORARY,
            tier_id=programme.tiers[0].tier_id,
            tier_since=self._context.today(),
            cards=(card,) if card else (),
            source=form.source,
            referrer_id=form.referrer_id,
            marketing_consent=form.marketing_consent,
        )
        with self._context.ledger.write(operator.staff_id) as tx:
            self._check_referrer(tx, member)
            body = MemberCaptured(self._context.personal.commitment(member), form.source)
            tx.append(Entry(RecordKind.MEMBER_CAPTURED, body, self._record_id(), member_id=member.member_id))
            keep_member(tx, member)
            given = self._welcome(tx, member)
        self._context.replica_writer.put_members([member])
        return SignedUp(member, given)

    def _check_referrer(self, reader: LedgerReader, member: Member) -> None:
        if member.referrer_id is None:
            return
        try:
            referrer = self._member(reader, member.referrer_id)
        except KnownError as error:
            raise KnownError("referrer.unknown") from error
        reason = referrer_refusal(member, referrer)
        if reason is not None:
            raise KnownError("referrer.refused", why=reason)

    def _welcome(self, tx: LedgerTx, member: Member) -> tuple[GivenGift, ...]:
        """Give what signing up gives; nothing while it is not known whose the card is."""
        if member.status is not MemberStatus.ACTIVE:
            return ()
        record_id = self._record_id()
        body = welcome(visit_of(self._context, tx, member.member_id), record_id)
        return book_reward(tx, body, record_id, member.member_id)

    def bind_card(self, operator: Operator, member_id: MemberId, number: str) -> Member:
        """Give a member a card.

        Raises:
            KnownError: ``card.known``, ``card.wrong``, ``member.unknown``.
        """
        card = normal_card(number)
        if not card:
            raise KnownError("card.wrong")
        holder = self._context.replica.member_by_card(card)
        if holder is not None and holder.member_id not in self._context.replica.ids_of(member_id):
            raise KnownError("card.known")
        return self._change(operator, member_id, ("cards",), lambda m: _with_card(m, card))

    def update(self, operator: Operator, approver: Operator | None, member: Member, fields: tuple[str, ...]) -> Member:
        """Change a member's data.

        Raises:
            KnownError: ``permission.missing``, ``member.unknown``.
        """
        granted_by(operator, approver, Permission.EDIT_MEMBER)

        def change(before: Member) -> Member:
            if before.member_id == member.member_id:
                return member
            # Read before they turned out to be another one: what was changed is changed in that one.
            return msgspec.structs.replace(before, **{name: getattr(member, name) for name in fields})

        return self._change(operator, member.member_id, fields, change)

    def _change(
        self, operator: Operator, member_id: MemberId, fields: tuple[str, ...], change: Callable[[Member], Member]
    ) -> Member:
        with self._context.ledger.write(operator.staff_id) as tx:
            before = self._member(tx, member_id)
            member = change(before)
            body = MemberChanged(self._context.personal.commitment(member), fields)
            tx.append(Entry(RecordKind.MEMBER_CHANGED, body, self._record_id(), member_id=member.member_id))
            keep_member(tx, member)
            if before.status is MemberStatus.TEMPORARY:
                self._welcome(tx, member)
        self._context.replica_writer.put_members([member])
        return member

    def _member(self, reader: LedgerReader, member_id: MemberId) -> Member:
        return self._context.member(reader, member_id)

    def _record_id(self) -> RecordId:
        return RecordId(self._context.ids.new())


def _with_card(member: Member, card: str) -> Member:
    if card in member.cards:
        return member
    return msgspec.structs.replace(member, cards=(*member.cards, card))


def normal_phone(text: str) -> str:
    """A phone number as it is stored: 11 national digits, whatever was typed around them.

    Raises:
        KnownError: ``phone.wrong``.
    """
    digits = "".join(ch for ch in text.translate(_FULL_WIDTH) if ch not in " -()+\u00a0")
    if len(digits) == PHONE_DIGITS + 2 and digits.startswith("86"):
        digits = digits[2:]
    if not (
        digits.isascii()
        and digits.isdigit()
        and len(digits) == PHONE_DIGITS
        and digits[0] == "1"
        and digits[1] in "3456789"
    ):
        raise KnownError("phone.wrong")
    return digits


def normal_card(text: str) -> str:
    """A card number as it is stored, or empty.

    Raises:
        KnownError: ``card.wrong`` for one with control characters or of absurd length.
    """
    number = text.strip()
    if number and (len(number) > MAX_CARD or not number.isascii() or not number.isprintable() or " " in number):
        raise KnownError("card.wrong")
    return number


def _birthday(text: str) -> Birthday | None:
    if not text.strip():
        return None
    try:
        return Birthday.parse(text)
    except ValueError:
        raise KnownError("birthday.wrong") from None


_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")


def signed_member(context: TillContext, signed: SignedMember) -> Member:
    """The member who shows a signed code, checked against the programme's keys and the clock.

    Raises:
        KnownError: ``member_code.other_shop``, ``member_code.not_genuine``, ``member_code.expired``,
            ``member_code.clock``, ``card.unknown``.
    """
    rules = context.programme().member_codes
    public = next((each for each in rules.public_keys() if key_id(each) == signed.key_id), None)
    if public is None:
        raise KnownError("member_code.other_shop")
    if not context.seal.is_genuine(public, to_sign(signed.message), signed.signature):
        raise KnownError("member_code.not_genuine")
    check_time(signed, context.clock.now().wall_ms, rules.lasts_minutes)
    member = context.replica.member(signed.member_id)
    if member is None:
        raise KnownError("card.unknown")
    return member
