"""Head office as a till sees it when a member spends: a line that can be cut, answers that can be lost, and holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from pos_app.application.head_office import (
    Alone,
    Authorised,
    Line,
    SpendAsset,
    SpendQuestion,
    SyncStatus,
    Verdict,
)
from pos_app.application.ports import Ledger
from pos_app.domain.ledger.body_types import read_entry


@dataclass
class FakeOffice(Alone):
    """Grants what is asked of it, unless told otherwise (fulfils ``HeadOffice`` and ``Authoriser``).

    Attributes:
        line: Where the line stands.
        offline: What may be spent without it.
        left: What there is of each lot; what is not named, there is enough of.
        answers_lost: So many answers more are lost on the way back.
        meanwhile: Called once while the next question is under way.
        questions: What was asked, in order.
        held: What is granted and neither settled nor released, as far as :meth:`hear` heard.
    """

    line: Line = Line.CURRENT
    offline: set[SpendAsset] = field(default_factory=set)
    left: dict[UUID, int] = field(default_factory=dict)
    answers_lost: int = 0
    meanwhile: Callable[[], None] | None = None
    questions: list[SpendQuestion] = field(default_factory=list)
    held: set[UUID] = field(default_factory=set)
    answered: dict[UUID, Authorised] = field(default_factory=dict)

    def status(self) -> SyncStatus:
        """Only the line matters here."""
        return SyncStatus(line=self.line)

    def may_spend_offline(self, asset: SpendAsset) -> bool:
        """As told."""
        return asset in self.offline

    def authorise(self, question: SpendQuestion, is_wanted: Callable[[], bool]) -> Authorised:
        """The same id, the same answer."""
        self.questions.append(question)
        id_ = question.authorisation_id
        if id_ not in self.answered:
            there = tuple(self.left.get(each.lot_id, each.amount) for each in question.spends)
            if all(left >= each.amount for left, each in zip(there, question.spends, strict=True)):
                self.answered[id_] = Authorised(id_, Verdict.GRANTED)
                self.held.add(id_)
            else:
                self.answered[id_] = Authorised(id_, Verdict.DECLINED, there)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        if self.answers_lost:
            self.answers_lost -= 1
            return Authorised(id_, Verdict.NO_ANSWER)
        return self.answered[id_]

    def hear(self, ledger: Ledger) -> set[UUID]:
        """Read a till's journal; what is still held then."""
        with ledger.read() as reader:
            for payload in reader.payloads(after_seq=0):
                _, body = read_entry(payload)
                self.held -= set(getattr(body, "authorisations", ()))
        return self.held
