"""What head office has in its hands while it applies a batch: read beforehand, folded in place, written afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from pos_app.domain.ids import MemberId, RecordId, SaleId
from pos_app.domain.ledger.account_draft import AccountDraft
from pos_app.domain.ledger.applying import apply, ids_made
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.bodies_shop import ServiceUsed
from pos_app.domain.ledger.lots import NO_BASE, Base
from pos_app.domain.ledger.merging import absorbed
from pos_app.domain.ledger.moves import moves_of
from pos_app.domain.ledger.outcomes import AlreadyThere, Applied, Incoming, Merged, Outcome
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.member import Member
from pos_app.domain.unit_codes import code_hash


class OfficeBooks:
    """Books in memory. Whoever keeps them elsewhere puts in what a batch asks for, and takes out what it changed.

    What is not put in does not exist; so everything that :class:`Needs` names is put in first.
    """

    def __init__(self) -> None:
        self._known: dict[RecordId, bytes] = {}
        self._aside: dict[UUID, RecordId] = {}
        self._accounts: dict[MemberId, AccountDraft] = {}
        self._winners: dict[MemberId, MemberId] = {}
        self._sales: dict[SaleId, SoldSale] = {}
        self._units: dict[bytes, SaleId] = {}
        self._people: dict[MemberId, Member] = {}
        self._phones: dict[str, MemberId] = {}
        self._erased: set[MemberId] = set()

    def put_known(self, record_id: RecordId, hashed: bytes) -> None:
        """A record that is in the books."""
        self._known[record_id] = hashed

    def put_aside(self, record_id: RecordId, ids: Iterable[UUID]) -> None:
        """A record that is set aside, by all that others may build on (``ids_made``)."""
        for each in ids:
            self._aside[each] = record_id

    def put_account(self, account_id: MemberId, base: Base) -> None:
        """An account as it was last written."""
        self._accounts[account_id] = AccountDraft(account_id, base)

    def put_winner(self, merged: Merged) -> None:
        """An entry that was merged into another before."""
        self._winners[merged.loser] = merged.winner

    def put_sale(self, sold: SoldSale) -> None:
        """A sale that is in the books, with what came back of it."""
        self._sales[sold.sale.sale_id] = sold

    def put_unit(self, hashed: bytes, sale_id: SaleId) -> None:
        """An item that is out."""
        self._units[hashed] = sale_id

    def put_person(self, person: Member) -> None:
        """A person."""
        before = self._people.get(person.member_id)
        if before is not None and self._phones.get(before.phone) == person.member_id:
            del self._phones[before.phone]
        self._people[person.member_id] = person
        if person.phone:
            self._phones.setdefault(person.phone, person.member_id)

    def put_erased(self, member_id: MemberId) -> None:
        """A person whose data was erased."""
        self._erased.add(member_id)

    def winner(self, member_id: MemberId) -> MemberId:
        """The id that a member has now."""
        while member_id in self._winners:
            member_id = self._winners[member_id]
        return member_id

    def known(self, record_id: RecordId) -> bytes | None:
        """See ``HeadOfficeBooks``."""
        return self._known.get(record_id)

    def set_aside(self, wanted: UUID) -> bool:
        """See ``HeadOfficeBooks``."""
        return wanted in self._aside

    def draft(self, account_id: MemberId) -> AccountDraft:
        """See ``HeadOfficeBooks``."""
        account_id = self.winner(account_id) if self._winners else account_id
        draft = self._accounts.get(account_id)
        if draft is None:
            draft = self._accounts[account_id] = AccountDraft(account_id, NO_BASE)
        return draft

    def replace(self, merged: Merged) -> None:
        """See ``HeadOfficeBooks``."""
        winner, loser = self.draft(merged.winner), self.draft(merged.loser)
        if winner is loser:
            return
        self._accounts[winner.account_id] = absorbed(winner, loser)
        self._accounts.pop(loser.account_id, None)
        gone = self._people.pop(merged.loser, None)
        if gone is not None and self._phones.get(gone.phone) == merged.loser:
            del self._phones[gone.phone]
        self._winners[merged.loser] = merged.winner

    def sale(self, sale_id: SaleId) -> SoldSale | None:
        """See ``HeadOfficeBooks``."""
        return self._sales.get(sale_id)

    def unit(self, hashed: bytes) -> SaleId | None:
        """See ``HeadOfficeBooks``."""
        return self._units.get(hashed)

    def person(self, member_id: MemberId) -> Member | None:
        """See ``HeadOfficeBooks``."""
        return self._people.get(self.winner(member_id))

    def is_erased(self, member_id: MemberId) -> bool:
        """See ``HeadOfficeBooks``."""
        return bool(self._erased) and self.winner(member_id) in self._erased

    def person_with_phone(self, phone: str) -> Member | None:
        """See ``HeadOfficeBooks``."""
        found = self._phones.get(phone)
        return None if found is None else self._people.get(found)

    def apply(self, record: Incoming) -> Outcome:
        """Apply a record, and keep what later ones may ask for."""
        outcome = apply(record, self)
        payload = record.payload
        if isinstance(outcome, Applied):
            self._known[payload.id] = record.hash
            if self._aside:
                for each in ids_made(payload):
                    self._aside.pop(each, None)
            if outcome.sold is not None:
                self._sales[outcome.sold.sale.sale_id] = outcome.sold
            for unit in outcome.units_sold:
                self._units[unit.code_hash] = unit.sale_id
            for hashed in outcome.units_back:
                del self._units[hashed]
            for person in outcome.people:
                self.put_person(person)
        elif not isinstance(outcome, AlreadyThere):
            self.put_aside(payload.id, ids_made(payload))
        return outcome

    def changed(self, today: dt.date | None = None) -> dict[MemberId, Base]:
        """Accounts that were folded into since they were put in or asked for here; ``today`` as ``freeze`` takes it."""
        return {each.account_id: each.freeze(today) for each in self._accounts.values() if each.is_changed}

    def base(self, account_id: MemberId) -> Base:
        """An account as it is."""
        return self.draft(account_id).freeze()


class Needs:
    """What records ask the books for, collected over a batch; see :meth:`add`.

    Attributes:
        records: Ids of records: whether they are known.
        aside: Ids of records, sales and lots: whether something that is set aside has or makes them.
        accounts: Whose accounts, by the ids that records have for them.
        people: Who has which standing or data, likewise.
        phones: Who else has them.
        sales: Sales of which something comes back.
        units: Hashes of the codes of items that are sold or come back.
    """

    def __init__(self) -> None:
        self.records: set[UUID] = set()
        self.aside: set[UUID] = set()
        self.accounts: set[MemberId] = set()
        self.people: set[MemberId] = set()
        self.phones: set[str] = set()
        self.sales: set[SaleId] = set()
        self.units: set[bytes] = set()

    def add(self, record: Incoming) -> None:
        """Collect what one record asks for."""
        payload, body = record.payload, record.body
        self.records.add(payload.id)
        if record.people and payload.member is not None:
            self.accounts.add(payload.member)
        for posting in payload.postings:
            if posting.member_id is not None:
                self.accounts.add(posting.member_id)
                if posting.lot_id is not None:
                    self.aside.add(posting.lot_id)
        for person in record.people:
            self.people.add(person.member_id)
            self.accounts.add(person.member_id)
            if person.phone:
                self.phones.add(person.phone)
        if body is None:
            return
        self.accounts.update(each.account_id for each in getattr(body, "counted_for", ()))
        self.accounts.update(each.account_id for each in moves_of(body))
        if isinstance(body, Refund):
            self.sales.add(body.sale_id)
            self.aside.add(body.sale_id)
        elif isinstance(body, ServiceUsed):
            self.accounts.add(body.member_id)
            if body.undoes is not None:
                self.records.add(body.undoes)
        if isinstance(body, Sale | Refund):
            self.units.update(code_hash(line.unit_code) for line in body.lines if line.unit_code)
            if body.member is not None:
                self.accounts.add(body.member.member_id)
                if body.member.standing is not None:
                    self.people.add(body.member.member_id)
