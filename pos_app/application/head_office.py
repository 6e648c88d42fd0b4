"""What the use cases and the screens know of head office: where the line stands, and what it says of a day.

The till works without any of it. Runtime's sync service fulfils the port; a till that is alone has :class:`Alone`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Final, Protocol
from uuid import UUID

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.run_figures import RunFigures
from pos_app.domain.ledger.spends import Spend


def kept_counts(seq: int, told_through: int | None) -> bool:
    """Whether what is kept at this till of a member counts, and not what head office says.

    Args:
        seq: The own record that was kept with it.
        told_through: The last own record that head office's word contains; None where it says nothing of the member.
    """
    return told_through is None or seq > told_through


class Line(enum.StrEnum):
    """Where the line to head office stands, as the status bar shows it."""

    ALONE = "alone"  # this till belongs to no head office
    OFFLINE = "offline"  # it cannot be reached; nobody at the counter has to do anything
    CATCHING_UP = "catching_up"
    CURRENT = "current"
    ATTENTION = "attention"  # something waits for the manager


#: State of a record of which head office decided that it is never booked.
DISMISSED: Final = "dismissed"


class SetAsideRecord(msgspec.Struct, frozen=True):
    """An own record that head office accepted and could not put into its books.

    Attributes:
        seq: Which.
        kind: Of what, as the journal names it.
        state: ``quarantined``, ``held``, ``waiting`` or, of a closed day, ``dismissed``.
        reason: A code with words.
        params: For the words.
        receipt_no: Of a sale or refund.
        decided_ms: When.
    """

    seq: int
    kind: str
    state: str
    reason: str
    params: dict[str, str] = {}
    receipt_no: str = ""
    decided_ms: int = 0


class Notice(msgspec.Struct, frozen=True):
    """Something that head office wants a manager to know, with words by its code."""

    notice_id: UUID
    code: str
    params: dict[str, str] = {}
    member_id: MemberId | None = None
    seq: int = 0
    raised_ms: int = 0


class SyncStatus(msgspec.Struct, frozen=True):
    """Where sync stands.

    Attributes:
        line: As the status bar shows it.
        reason: Why it is offline or stopped, as a code with words; empty for neither.
        waiting: Own records that head office has not acknowledged.
        to_send: How many there were when catching up began; with ``waiting`` the progress.
        acknowledged: Durable at head office up to this own record.
        applied: In its books, or set aside, up to this one.
        behind: Changes of head office that are not here yet.
        as_of_ms: When head office last said how things stand; None for never.
        snapshot_done: Rows of the first load that are here; 0 where none is under way.
        snapshot_rows: Rows of it in all.
        seconds_left: Until caught up, where it can be guessed.
        set_aside: Own records that head office could not put into its books.
        notices: What else a manager should know.
    """

    line: Line = Line.ALONE
    reason: str = ""
    waiting: int = 0
    to_send: int = 0
    acknowledged: int = 0
    applied: int = 0
    behind: int = 0
    as_of_ms: int | None = None
    snapshot_done: int = 0
    snapshot_rows: int = 0
    seconds_left: int | None = None
    set_aside: tuple[SetAsideRecord, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def concerns(self) -> int:
        """How many things wait for a manager; what is held or waits for head office settles by itself."""
        return len(self.notices) + sum(each.state == "quarantined" for each in self.set_aside)


class DayComparison(msgspec.Struct, frozen=True):
    """A day as the till has it beside the same day as head office has it.

    Attributes:
        first_seq: First record of the day.
        last_seq: Last one.
        here: Figures of the till.
        here_hash: Hash of the last record here.
        there: Figures of head office: what it accepted; None while it could not be asked.
        there_hash: Hash of the last record there.
        applied: Figures of what is in its books: less what is set aside.
        set_aside: What is not.
        is_decided: Whether head office is through with all of the day.
    """

    first_seq: int
    last_seq: int
    here: RunFigures
    here_hash: bytes
    there: RunFigures | None = None
    there_hash: bytes = b""
    applied: RunFigures | None = None
    set_aside: tuple[SetAsideRecord, ...] = ()
    is_decided: bool = False

    @property
    def agrees(self) -> bool:
        """Whether both sides have the same to the fen and the point, and by the hash the same records."""
        return self.there == self.here and self.there_hash == self.here_hash


class SpendAsset(enum.StrEnum):
    """What is spent, as head office's policy names it."""

    POINTS = "points"
    STORED_VALUE = "stored_value"
    COUPON = "coupon"
    USE = "use"
    GIFT_CARD = "gift_card"


class HeadOffice(Protocol):
    """The line to head office."""

    def status(self) -> SyncStatus:
        """Where sync stands; at once, from any lane."""

    def day(self, first_seq: int, last_seq: int) -> DayComparison:
        """Ask head office for its figures of a run of own records; on the sync lane.

        Raises:
            KnownError: ``sync.offline`` when it cannot be asked now.
        """

    def may_spend_offline(self, asset: SpendAsset) -> bool:
        """Whether an asset may be spent without a line."""


class Alone:
    """A till that belongs to no head office (fulfils ``HeadOffice``)."""

    def status(self) -> SyncStatus:
        """Alone."""
        return SyncStatus()

    def day(self, first_seq: int, last_seq: int) -> DayComparison:
        """Nobody to ask.

        Raises:
            KnownError: ``sync.alone``.
        """
        from pos_app.errors import KnownError

        raise KnownError("sync.alone")

    def may_spend_offline(self, asset: SpendAsset) -> bool:
        """A till alone keeps the only books there are."""
        return True


class SpendQuestion(msgspec.Struct, frozen=True):
    """May this be spent? The same id always asks for the same.

    Attributes:
        authorisation_id: Made by the till, and durable there before head office hears of it.
        spends: Exactly what the record will take.
        journal_seq: Own records up to this one must be in head office's books first.
    """

    authorisation_id: UUID
    spends: tuple[Spend, ...]
    journal_seq: int


class Verdict(enum.StrEnum):
    """What came of a question."""

    GRANTED = "granted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"  # head office may have granted it all the same: nobody here knows


class Authorised(msgspec.Struct, frozen=True):
    """What was heard.

    Attributes:
        authorisation_id: Of which question.
        verdict: What came of it.
        available: What there is of each item, in the question's order, where it was declined for that.
    """

    authorisation_id: UUID
    verdict: Verdict
    available: tuple[int, ...] = ()


class Authoriser(Protocol):
    """Asks head office whether a member may spend."""

    def authorise(self, question: SpendQuestion, is_wanted: Callable[[], bool]) -> Authorised:
        """Ask, for some seconds at most; on the network lane, never on the ledger's.

        Whatever goes wrong on the way is ``NO_ANSWER``. As soon as ``is_wanted`` says no it gives up.
        """


class NobodyToAsk:
    """A till that belongs to no head office asks nobody (fulfils ``Authoriser``)."""

    def authorise(self, question: SpendQuestion, is_wanted: Callable[[], bool]) -> Authorised:
        """No answer."""
        return Authorised(question.authorisation_id, Verdict.NO_ANSWER)
