"""Members from a file: what would happen, then all of it in one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.importing.headings import find_layout
from pos_app.application.importing.member_rows import MemberDraft, MemberRows
from pos_app.application.importing.model import (
    DEFAULT_OPTIONS,
    Cell,
    ImportCounts,
    ImportKind,
    ImportOptions,
    ImportPreview,
    ImportResult,
    PlannedMember,
    RowIssue,
    SampleRow,
    Severity,
)
from pos_app.application.importing.rows import RowReader, batches
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader, LedgerTx, MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, RecordId, TierId
from pos_app.domain.ledger.bodies import MasterImported, NewLot, OpeningLots
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_OPENING, Asset, Posting
from pos_app.domain.member import Gender, Member, MemberStatus, Standing
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Permission
from pos_app.errors import KnownError

#: Members of one journal record, so that a record stays small.
RECORD_BATCH: Final = 500
#: Members handed to the replica at a time.
REPLICA_BATCH: Final = 5_000
#: From this share of equal lengths on, a shorter card number looks as if it had lost its zeros.
_USUAL_LENGTH_SHARE: Final = 0.8


class ImportMembers:
    """Takes members over from a file."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def preview(self, rows: Iterable[Sequence[Cell]], options: ImportOptions = DEFAULT_OPTIONS) -> ImportPreview:
        """Say what an import would do. Writes nothing.

        A cell that says nothing leaves what is known of a member as it is. An opening balance is taken for members
        new to this till only, so that a file can come again.

        Args:
            rows: All rows of the file from its first, blank ones too, so that row numbers are the file's.
            options: What the person decided.

        Raises:
            KnownError: The file as a whole cannot be taken, see :func:`find_layout`.
        """
        layout, data = find_layout(ImportKind.MEMBERS, rows, options)
        reader = RowReader(layout)
        with self._context.ledger.read() as ledger:
            work = _MemberPreview(self._context, ledger, reader, options)
            for number, cells in data:
                if layout.is_data(cells):
                    work.take(number, cells)
        counts = ImportCounts(
            rows=work.rows,
            new=sum(planned.before is None for planned in work.planned),
            changed=sum(planned.before is not None for planned in work.planned),
            same=work.rows - len(work.planned) - len(reader.rejected),
            rejected=len(reader.rejected),
            warnings=0,
        )
        warnings = sorted([*reader.warnings, *work.short_cards()], key=lambda issue: issue.row)
        return ImportPreview(
            kind=ImportKind.MEMBERS,
            header_row=layout.header_row,
            headings=layout.headings,
            columns=layout.columns,
            sample=tuple(work.sample),
            counts=msgspec.structs.replace(counts, warnings=len(warnings)),
            rejected=tuple(reader.rejected),
            warnings=tuple(warnings),
            points=sum(planned.points for planned in work.planned),
            points_ignored=work.points_ignored,
            members=tuple(work.planned),
            members_known=work.members_known,
            options=options,
        )

    def apply(self, preview: ImportPreview, operator: Operator) -> ImportResult:
        """Do what the preview says, all of it or nothing. Doing it again changes nothing.

        Raises:
            KnownError: ``permission.missing``; ``import.rejected_rows`` (with ``count``) when rows are rejected and
                were not left out on purpose; ``import.stale`` when the data is no longer as the preview saw it;
                ``ledger.not_saved``. Nothing was written then.
        """
        granted_by(operator, None, Permission.SETTINGS)
        if not preview.can_apply:
            raise KnownError("import.rejected_rows", count=preview.counts.rejected)
        import_id = RecordId(self._context.ids.new())
        programme = self._context.programme()
        todo: list[PlannedMember] = []
        if preview.members:
            with self._context.ledger.write(operator.staff_id) as tx:
                moved = self._context.replica.member_count() != preview.members_known
                todo = [planned for planned in preview.members if self._is_to_do(tx, planned, moved=moved)]
                self._write(tx, todo, import_id, programme)
        # What another run has written already goes to the replica too: that run may have ended before it did.
        for batch in batches(preview.members, REPLICA_BATCH):
            self._context.replica_writer.put_members([planned.member for planned in batch])
        new = sum(planned.before is None for planned in todo)
        return ImportResult(
            ImportKind.MEMBERS,
            new=new,
            changed=len(todo) - new,
            same=preview.counts.same + len(preview.members) - len(todo),
            rejected=preview.counts.rejected,
            points=sum(planned.points for planned in todo),
            import_id=import_id if todo else None,
        )

    def _is_to_do(self, tx: LedgerTx, planned: PlannedMember, *, moved: bool) -> bool:
        """Whether a member is still to be written; ``moved``: others have come since the preview."""
        member = planned.member
        current = find_member(self._context, tx, member.member_id)
        if current == member:
            return False
        if current != planned.before:
            raise KnownError("import.stale")
        if not moved:
            return True
        holders = [self._context.replica.member_by_card(card) for card in member.cards]
        if member.phone:
            holders.append(self._context.replica.member_by_phone(member.phone))
        if any(holder is not None and holder.member_id != member.member_id for holder in holders):
            raise KnownError("import.stale")
        return True

    def _write(self, tx: LedgerTx, todo: Sequence[PlannedMember], import_id: RecordId, programme: Programme) -> None:
        if not todo:
            return
        digest = hashlib.sha256()
        for planned in todo:
            digest.update(self._context.personal.commitment(planned.member))
        body = MasterImported(ImportKind.MEMBERS.value, len(todo), digest.digest())
        tx.append(Entry(RecordKind.MASTER_IMPORTED, body, import_id))
        today = self._context.today()
        new = [planned for planned in todo if planned.before is None]
        for batch in batches(new, RECORD_BATCH):
            tx.append(self._opening(batch, import_id, programme, today))
        for batch in batches(todo, RECORD_BATCH):
            tx.put_master(
                MasterKind.MEMBER,
                [(planned.member.member_id.hex, codec.encode(planned.member)) for planned in batch],
            )

    def _opening(
        self, batch: Sequence[PlannedMember], import_id: RecordId, programme: Programme, today: dt.date
    ) -> Entry:
        """The record of up to :data:`RECORD_BATCH` new members with their opening balances."""
        lots: list[NewLot] = []
        postings: list[Posting] = []
        default_expiry = programme.new_lot_expiry(today)
        for planned in batch:
            if not planned.points:
                continue
            lot_id = LotId(self._context.ids.new())
            lots.append(NewLot(lot_id, Points(planned.points), today, planned.points_expire or default_expiry))
            postings.append(Posting(Asset.POINTS, MEMBER_AVAILABLE, planned.points, planned.member.member_id, lot_id))
        if postings:
            postings.append(Posting(Asset.POINTS, POINTS_OPENING, -sum(posting.amount for posting in postings)))
        body = OpeningLots(import_id, len(batch), tuple(lots))
        return Entry(RecordKind.MEMBERS_IMPORTED, body, RecordId(self._context.ids.new()), tuple(postings))


class _MemberPreview:
    """The work of one preview: duplicates within the file, matches with members known already."""

    def __init__(self, context: TillContext, ledger: LedgerReader, reader: RowReader, options: ImportOptions) -> None:
        self._context = context
        self._ledger = ledger
        self._reader = reader
        self._options = options
        self._today = context.today()
        self._programme = context.programme()
        self._rows = MemberRows(self._programme, self._today, options.card_digits)
        self.members_known = context.replica.member_count()
        self._phones: dict[str, int] = {}
        self._cards: dict[str, int] = {}
        self._ids: dict[MemberId, int] = {}
        self._cards_by_length: dict[int, list[tuple[int, str]]] = {}
        self.rows = 0
        self.points_ignored = 0
        self.sample: list[SampleRow] = []
        self.planned: list[PlannedMember] = []

    def take(self, number: int, cells: Sequence[Cell]) -> None:
        """Look at one row."""
        reader = self._reader
        self.rows += 1
        reader.start(number, cells)
        if len(self.sample) < self._options.sample_rows:
            self.sample.append(reader.sample())
        draft = self._rows.read(reader)
        self._repeated(number, draft)
        planned = None
        if not reader.has_error:
            planned = self._plan(number, draft)
        if reader.finish() and planned is not None and planned.member != planned.before:
            self.planned.append(planned)

    def short_cards(self) -> Iterator[RowIssue]:
        """Card numbers shorter than nearly all others: their leading zeros may be lost."""
        if not self._cards_by_length:
            return
        usual = max(self._cards_by_length, key=lambda length: len(self._cards_by_length[length]))
        if len(self._cards_by_length[usual]) < _USUAL_LENGTH_SHARE * len(self._cards):
            return
        rejected = {row.row for row in self._reader.rejected}
        column = self._reader.layout.heading("card")
        for length, found in self._cards_by_length.items():
            for row, card in found:
                if length < usual and row not in rejected:
                    yield RowIssue(row, column, "card.short", card, severity=Severity.WARNING)

    def _repeated(self, number: int, draft: MemberDraft) -> None:
        """Duplicates within the file: the first row stands, later ones are rejected."""
        if draft.phone and self._phones.setdefault(draft.phone, number) != number:
            self._reader.error("phone", "phone.repeated", draft.phone, other=str(self._phones[draft.phone]))
        for card in draft.cards:
            if self._cards.setdefault(card, number) != number:
                self._reader.error("card", "card.repeated", card, other=str(self._cards[card]))
            elif card.isdigit():
                self._cards_by_length.setdefault(len(card), []).append((number, card))

    def _plan(self, number: int, draft: MemberDraft) -> PlannedMember | None:
        known = self._known(draft)
        if len(known) > 1:
            self._reader.error("", "member.two_members")
            return None
        if not known:
            member_id, before = self._by_key(draft)
        else:
            member_id, before = known[0].member_id, known[0]
        if self._ids.setdefault(member_id, number) != number:
            self._reader.error("", "member.repeated", other=str(self._ids[member_id]))
            return None
        if before is None:
            return PlannedMember(number, self._new(member_id, draft), None, draft.points, draft.points_expire)
        if draft.points:
            self.points_ignored += 1
        if draft.phone and before.phone and draft.phone != before.phone:
            self._reader.warn("phone", "phone.replaced", draft.phone)
        member = self._merged(before, draft)
        if draft.tier_id and draft.tier_id != member.tier_id:
            self._reader.warn("tier", "tier.kept")
        return PlannedMember(number, member, before)

    def _known(self, draft: MemberDraft) -> list[Member]:
        """Members who have the phone or one of the cards."""
        if not self.members_known:
            return []
        replica = self._context.replica
        found = [replica.member_by_phone(draft.phone)] if draft.phone else []
        found += [replica.member_by_card(card) for card in draft.cards]
        known: dict[MemberId, Member] = {}
        for member in found:
            if member is not None and member.member_id not in known:
                current = find_member(self._context, self._ledger, member.member_id)
                known[member.member_id] = current or member
        return list(known.values())

    def _by_key(self, draft: MemberDraft) -> tuple[MemberId, Member | None]:
        """The id made from the row's key, and the member who has it already.

        The replica may not know that member yet. And somebody whose number changed keeps the id made from the old
        one: whoever has that number now gets another.
        """
        attempt = 1
        while True:
            key = draft.natural_key if attempt == 1 else f"{draft.natural_key}#{attempt}"
            member_id = self._context.personal.member_id(key)
            before = find_member(self._context, self._ledger, member_id)
            if before is None or (draft.phone and before.phone == draft.phone):
                return member_id, before
            if set(draft.cards) & set(before.cards):
                return member_id, before
            attempt += 1

    def _new(self, member_id: MemberId, draft: MemberDraft) -> Member:
        return Member(
            member_id,
            draft.joined_on or self._today,
            phone=draft.phone,
            name=draft.name,
            gender=draft.gender,
            birthday=draft.birthday,
            email=draft.email,
            status=draft.status or MemberStatus.ACTIVE,
            tier_id=draft.tier_id or self._programme.tiers[0].tier_id,
            tier_since=self._today,
            cards=draft.cards,
            source=draft.source or "import",
            marketing_consent=bool(draft.consent),
            note=draft.note,
            tags=draft.tags,
        )

    def _merged(self, before: Member, draft: MemberDraft) -> Member:
        """What is known, with what the file says over it; a tier that was reached meanwhile is not taken away."""
        if draft.tier_id and self._rank(draft.tier_id) > self._rank(before.tier_id):
            before = before.with_given(Standing(draft.tier_id, self._today))
        return msgspec.structs.replace(
            before,
            joined_on=draft.joined_on or before.joined_on,
            phone=draft.phone or before.phone,
            name=draft.name or before.name,
            gender=before.gender if draft.gender is Gender.UNKNOWN else draft.gender,
            birthday=draft.birthday or before.birthday,
            email=draft.email or before.email,
            status=draft.status or before.status,
            cards=tuple(dict.fromkeys((*before.cards, *draft.cards))),
            source=draft.source or before.source,
            marketing_consent=before.marketing_consent if draft.consent is None else draft.consent,
            note=draft.note or before.note,
            tags=tuple(dict.fromkeys((*before.tags, *draft.tags))),
        )

    def _rank(self, tier_id: TierId) -> int:
        return self._programme.tier(tier_id).rank


def find_member(context: TillContext, reader: LedgerReader, member_id: MemberId) -> Member | None:
    """A member as kept at this till, else as received, else None."""
    return context.find_member(reader, member_id)
