"""What every use case is given: the till's identity, its books and its sources of time and ids."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

import msgspec

from pos_app.application.head_office import Alone, Authoriser, HeadOffice, Line, NobodyToAsk, kept_counts
from pos_app.application.ports import Ledger, LedgerReader, MasterKind, PersonalData, PinHasher, Seal
from pos_app.application.replica_ports import Replica, ReplicaWriter
from pos_app.application.slips import SlipRules
from pos_app.domain import codec
from pos_app.domain.clock import Clock, business_date
from pos_app.domain.ids import IdSource, MemberId, TierId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.joining import join_activity
from pos_app.domain.member import USAGE_DAYS, Member, MemberAccount, given
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.document import Programme, Tier
from pos_app.domain.programme.standing import days_needed, progress_span
from pos_app.domain.referrer import Referrer
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: So far up is it looked who brought whom.
REFERRERS: Final = 16

#: In force where the shop has no programme: everything sells at its price, nobody earns anything.
NO_PROGRAMME = Programme(
    version=0,
    name=LocalText("无会员方案", "No programme"),
    effective_from=dt.date.min,
    tiers=(Tier(TierId(""), LocalText("会员", "Member"), rank=0),),
)


def check_kept_here(context: TillContext) -> None:
    """Refuse to change goods, programme or staff at a till that has them from head office.

    Raises:
        KnownError: ``sync.head_office_keeps``.
    """
    if context.head_office_keeps:
        raise KnownError("sync.head_office_keeps")


@dataclass(frozen=True, slots=True)
class TillContext:
    """The outside world of the use cases.

    Attributes:
        till: The till's id.
        till_number: On receipts, 1 to 9999.
        store: The store's code.
        zone: The shop's time zone.
        day_starts_hour: Before this hour it is still yesterday's business.
        clock: Tells the time.
        ids: Makes ids.
        ledger: The books.
        replica: Members, catalogue, programme, staff.
        replica_writer: Takes over master data.
        pins: Hashes PINs.
        personal: Keeps personal data out of the journal.
        seal: Signs codes that are printed, and checks them.
        points_pending: Whether earned points wait for head office.
        training: Whether these are the books of training mode.
        head_office: The line to head office.
        authoriser: Asks head office whether a member may spend.
        head_office_keeps: Goods, programme and staff come from head office; they are not changed here.
        slips: Which lines of a sale other printers have a slip of.
    """

    till: str
    till_number: int
    store: str
    zone: dt.tzinfo
    day_starts_hour: int
    clock: Clock
    ids: IdSource
    ledger: Ledger
    replica: Replica
    replica_writer: ReplicaWriter
    pins: PinHasher
    personal: PersonalData
    seal: Seal
    points_pending: bool = False
    training: bool = False
    head_office: HeadOffice = field(default_factory=Alone)
    authoriser: Authoriser = field(default_factory=NobodyToAsk)
    head_office_keeps: bool = False
    slips: SlipRules = field(default_factory=SlipRules)

    @property
    def books_expiry(self) -> bool:
        """Whether this till books what reached its last day: where there is a head office, that does, for all tills."""
        return self.training or self.head_office.status().line is Line.ALONE

    def local_now(self) -> dt.datetime:
        """Local time of the shop."""
        return self.clock.now().local(self.zone)

    def today(self) -> dt.date:
        """The business date."""
        return business_date(self.local_now(), self.day_starts_hour)

    def programme(self) -> Programme:
        """The programme in force today, or the latest; one that gives nothing where there is none."""
        return self.replica.programme(self.today()) or NO_PROGRAMME

    def member(self, reader: LedgerReader, member_id: MemberId) -> Member:
        """A member by any of their ids: as kept here while head office's word is older than that, else as received.

        Raises:
            KnownError: ``member.unknown``.
        """
        member = self.find_member(reader, member_id)
        if member is None:
            raise KnownError("member.unknown")
        return member

    def find_member(self, reader: LedgerReader, member_id: MemberId) -> Member | None:
        """The same; None for a member who is not known, or erased."""
        first = self.replica.ids_of(member_id)[0]
        kept = reader.master(MasterKind.MEMBER, first.hex)
        if kept is not None:
            seq = reader.master_seq(MasterKind.MEMBER, first.hex)
            if kept_counts(seq, self.replica.told_through(first)):
                return codec.decode(kept, Member)
        return self.replica.member(member_id)

    def account(
        self,
        reader: LedgerReader,
        member_id: MemberId,
        programme: Programme,
        days_since: dt.date | None = dt.date.min,
    ) -> MemberAccount:
        """A member's account: what head office last said and own records it does not contain.

        Progress by day is told from ``days_since`` on; not at all where that is None.
        """
        ids = self.replica.ids_of(member_id)
        base = self.replica.base(ids[0])
        today = self.today()
        since = progress_span(programme).start(today)
        own_since = days_since
        if base.days or len(ids) > 1:  # of a day that both know, or with something under two ids, there is one visit
            own_since = since if days_since is None else min(since, days_since)
        own = [
            reader.own_activity(
                each,
                after_seq=base.contains_seq,
                since=since,
                usage_since=today - dt.timedelta(days=USAGE_DAYS),
                days_since=own_since,
            )
            for each in ids
        ]
        return fold_account(ids[0], base, join_activity(own, since), since=since, days_since=days_since)

    def card_account(self, reader: LedgerReader, account_id: MemberId) -> MemberAccount:
        """A gift card's account, with all that is known of when it was sold."""
        base = self.replica.base(account_id)
        own = reader.own_activity(account_id, after_seq=base.contains_seq, since=dt.date.max, days_since=None)
        return fold_account(account_id, base, own)

    def bearers(self, reader: LedgerReader, basket: Basket) -> dict[MemberId, MemberAccount]:
        """Accounts of what a basket uses that belongs to whoever has its code."""
        found = {each.account_id for each in basket.used if each.account_id is not None}
        return {account_id: self.card_account(reader, account_id) for account_id in found}

    def customer(self, reader: LedgerReader, member_id: MemberId | None, programme: Programme) -> Customer | None:
        """Member and account together."""
        if member_id is None:
            return None
        member = self.member(reader, member_id)
        account = self.account(reader, member_id, programme, days_needed(programme, member))
        if member.member_id != account.member_id:
            # Turned out to be another one, whose own data is still on its way here: the account is both's already.
            member = msgspec.structs.replace(member, member_id=account.member_id)
        return Customer(
            member,
            account,
            self.referrer(reader, member, programme),
            self.shop_given(reader, programme),
        )

    def referrer(self, reader: LedgerReader, member: Member, programme: Programme) -> Referrer | None:
        """Who brought a member, where bringing members is rewarded and it is known here who."""
        if programme.referral is None or member.referrer_id is None:
            return None
        referrer = self._known(reader, member.referrer_id)
        if referrer is None or member.member_id in self.replica.ids_of(referrer.member_id):
            return None  # nobody brought themselves, whatever was believed before two turned out to be one
        brought_by: list[MemberId] = []
        above = referrer.referrer_id
        while above is not None and above not in brought_by and len(brought_by) < REFERRERS:
            brought_by.append(above)
            one = self._known(reader, above)
            above = None if one is None else one.referrer_id
        account = self.account(reader, referrer.member_id, programme, None)
        referrer = msgspec.structs.replace(referrer, member_id=account.member_id)
        return Referrer(referrer, account, tuple(brought_by))

    def _known(self, reader: LedgerReader, member_id: MemberId) -> Member | None:
        try:
            return self.member(reader, member_id)
        except KnownError:
            return None  # erased, or never heard of at this till

    def shop_given(self, reader: LedgerReader, programme: Programme) -> dict[str, int]:
        """What rules with a cap for the whole shop gave this month, as far as this till knows."""
        month = self.today().replace(day=1)
        given_there = {
            rule.rule_id: self.replica.shop_given(given(rule.rule_id), month)
            for rule in programme.giving
            if rule.limit.shop_per_month is not None
        }
        return {
            rule_id: there.amount + reader.given_in_shop(given(rule_id), month, after_seq=there.through_seq)
            for rule_id, there in given_there.items()
        }
