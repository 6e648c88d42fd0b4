"""Spending with head office: whatever is lost, late or doubled, no goods without a grant, no grant forgotten."""

from __future__ import annotations

from uuid import UUID

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pos_app.application.head_office import Authorised, Line, SpendAsset, Verdict
from pos_app.application.spend_steps import ROUNDS, Ask, Asked, Book, Refuse, asset_of, given_up, next_step
from pos_app.domain.ids import LotId, MemberId, RecordId
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_RECEIVABLE, POINTS_REDEEMED, Asset, Posting
from pos_app.domain.ledger.spends import Spend, spends_of
from pos_app.domain.money import Money
from pos_app.domain.points import Points

ANNA = MemberId(UUID(int=1))
CARD = MemberId(UUID(int=2))
LOTS = tuple(LotId(UUID(int=100 + n)) for n in range(3))
SALE = RecordId(UUID(int=7))
POINTS = (Spend(ANNA, Asset.POINTS, LOTS[0], 300),)
COUPON = (Spend(ANNA, Asset.COUPON, LOTS[1], 1),)


def never(_asset: SpendAsset) -> bool:
    return False


def always(_asset: SpendAsset) -> bool:
    return True


def word(asked: Asked, verdict: Verdict, *available: int) -> Authorised:
    return Authorised(asked.authorisation_id, verdict, available)


class TestWhatIsSpent:
    def test_what_leaves_a_lot_and_nothing_else(self) -> None:
        postings = (
            Posting(Asset.POINTS, MEMBER_AVAILABLE, -300, ANNA, LOTS[0]),
            Posting(Asset.POINTS, POINTS_REDEEMED, 300),
            Posting(Asset.POINTS, MEMBER_AVAILABLE, 12, ANNA, LOTS[2]),
            Posting(Asset.BONUS, MEMBER_RECEIVABLE, -5, ANNA, LOTS[1]),
            Posting(Asset.USE, MEMBER_AVAILABLE, 10, ANNA, LOTS[1]),
            Posting(Asset.USE, MEMBER_AVAILABLE, -1, ANNA, LOTS[1]),
        )
        assert spends_of(postings) == POINTS
        assert spends_of(tuple(reversed(postings))) == POINTS

    def test_what_a_cashier_calls_it(self) -> None:
        principal = Spend(ANNA, Asset.PRINCIPAL, LOTS[0], 5)
        assert asset_of(principal, ANNA) is SpendAsset.STORED_VALUE
        assert asset_of(msgspec.structs.replace(principal, account_id=CARD), ANNA) is SpendAsset.GIFT_CARD
        assert asset_of(principal, None) is SpendAsset.GIFT_CARD
        assert asset_of(COUPON[0], None) is SpendAsset.COUPON


class TestTheUsualWay:
    def test_a_till_alone_and_a_sale_that_spends_nothing_ask_nobody(self) -> None:
        assert next_step(SALE, POINTS, (), (), Line.ALONE, never) == Book()
        assert next_step(SALE, (), (), (), Line.CURRENT, never) == Book()
        assert next_step(SALE, (), (), (), Line.OFFLINE, never) == Book()

    def test_asked_granted_booked(self) -> None:
        step = next_step(SALE, POINTS, (), (), Line.CURRENT, never)
        assert isinstance(step, Ask)
        assert (step.question.n, step.question.spends, step.release) == (0, POINTS, ())
        assert step.asked == (step.question,)
        heard = (word(step.question, Verdict.GRANTED),)
        booked = next_step(SALE, POINTS, step.asked, heard, Line.CURRENT, never)
        assert booked == Book((step.question.authorisation_id,))

    def test_granted_is_granted_though_the_line_goes_then(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        heard = (word(asked[0], Verdict.GRANTED), word(asked[0], Verdict.NO_ANSWER))
        assert isinstance(next_step(SALE, POINTS, asked, heard, Line.OFFLINE, never), Book)

    def test_declined_names_what_there_is_too_little_of(self) -> None:
        spends = (*POINTS, Spend(ANNA, Asset.BONUS, LOTS[1], 100), Spend(ANNA, Asset.PRINCIPAL, LOTS[2], 900))
        asked = (Asked(SALE, 0, spends),)
        heard = (word(asked[0], Verdict.DECLINED, 300, 40, 2_000),)
        step = next_step(SALE, spends, asked, heard, Line.CURRENT, always, ANNA)
        assert isinstance(step, Refuse)
        assert (step.code, step.release) == ("spend.declined", ())
        assert step.details == {"asset": "stored_value", "available": Money(2_040)}
        assert isinstance(next_step(SALE, spends, step.asked, (), Line.CURRENT, never), Ask), "another try may succeed"

    def test_another_try_after_a_no_is_another_question(self) -> None:
        asked = (Asked(SALE, 0, POINTS, is_over=True),)
        step = next_step(SALE, POINTS, asked, (), Line.CURRENT, never)
        assert isinstance(step, Ask)
        assert step.question.n == 1
        assert step.question.authorisation_id != asked[0].authorisation_id

    def test_points_are_named_as_points(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        step = next_step(SALE, POINTS, asked, (word(asked[0], Verdict.DECLINED, 120),), Line.CURRENT, never)
        assert isinstance(step, Refuse)
        assert step.details == {"asset": "points", "available": Points(120)}


class TestWithoutAnAnswer:
    def test_no_line(self) -> None:
        step = next_step(SALE, POINTS, (), (), Line.OFFLINE, never)
        assert isinstance(step, Refuse)
        assert (step.code, step.details, step.asked) == ("spend.offline", {"asset": "points"}, ())

    def test_no_line_and_allowed(self) -> None:
        assert next_step(SALE, POINTS, (), (), Line.OFFLINE, always) == Book()

    def test_all_of_it_must_be_allowed(self) -> None:
        step = next_step(SALE, (*COUPON, *POINTS), (), (), Line.OFFLINE, lambda asset: asset is SpendAsset.COUPON, ANNA)
        assert isinstance(step, Refuse)
        assert step.details == {"asset": "points"}

    def test_a_lost_answer_is_asked_for_again_and_is_no_grant(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        step = next_step(SALE, POINTS, asked, (word(asked[0], Verdict.NO_ANSWER),), Line.CURRENT, never)
        assert isinstance(step, Refuse)
        assert (step.code, step.asked) == ("spend.no_answer", asked)
        again = next_step(SALE, POINTS, step.asked, (), Line.CURRENT, never)
        assert isinstance(again, Ask)
        assert again.question == asked[0], "the same question, so that a grant is found again"

    def test_where_it_may_be_spent_offline_what_may_be_held_is_released(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        step = next_step(SALE, POINTS, asked, (word(asked[0], Verdict.NO_ANSWER),), Line.CURRENT, always)
        assert step == Book((), (asked[0].authorisation_id,))


class TestWhatChangesMeanwhile:
    def test_other_content_is_another_question_and_the_first_is_released(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        step = next_step(SALE, COUPON, asked, (word(asked[0], Verdict.GRANTED),), Line.CURRENT, never)
        assert isinstance(step, Ask)
        assert (step.question.n, step.release) == (1, (asked[0].authorisation_id,))
        # And back again: what was released is no grant any more, whatever was heard of it.
        heard = (word(asked[0], Verdict.GRANTED), word(step.question, Verdict.GRANTED))
        back = next_step(SALE, POINTS, step.asked, heard, Line.CURRENT, never)
        assert isinstance(back, Ask)
        assert (back.question.n, back.release) == (2, (step.question.authorisation_id,))

    def test_it_does_not_go_on_for_ever(self) -> None:
        asked = tuple(Asked(SALE, n, COUPON, is_over=True) for n in range(ROUNDS))
        heard = tuple(word(each, Verdict.GRANTED) for each in asked)
        step = next_step(SALE, POINTS, asked, heard, Line.CURRENT, never)
        assert isinstance(step, Refuse)
        assert step.code == "spend.unsettled"

    def test_paid_otherwise_after_all(self) -> None:
        asked = (Asked(SALE, 0, POINTS), Asked(SALE, 1, COUPON, is_over=True))
        assert next_step(SALE, (), asked, (), Line.CURRENT, never) == Book((), (asked[0].authorisation_id,))

    def test_what_another_sale_left_behind_is_released_with_the_next(self) -> None:
        before = Asked(RecordId(UUID(int=6)), 0, COUPON)
        step = next_step(SALE, POINTS, (before,), (), Line.CURRENT, never)
        assert isinstance(step, Ask)
        assert step.release == (before.authorisation_id,)
        assert step.asked == (step.question,)
        over = msgspec.structs.replace(step.question, is_over=True)
        assert given_up((before, step.question), SALE) == ((step.question.authorisation_id,), (before, over))
        assert given_up((before, step.question)) == ((before.authorisation_id, step.question.authorisation_id), ())

    def test_tried_again_after_it_was_given_up(self) -> None:
        asked = (Asked(SALE, 0, POINTS),)
        _, left = given_up(asked, SALE)
        step = next_step(SALE, POINTS, left, (word(asked[0], Verdict.GRANTED),), Line.CURRENT, never)
        assert isinstance(step, Ask)
        assert (step.question.n, step.release) == (1, ())


class Office:
    """Head office as the till needs it: holds, each id one answer, records in order."""

    def __init__(self) -> None:
        self.lots = dict.fromkeys(LOTS, 500)
        self.states: dict[UUID, str] = {}
        self.items: dict[UUID, tuple[Spend, ...]] = {}
        self.applied = 0

    def free(self, lot: LotId) -> int:
        held = (each for id_, state in self.states.items() if state == "held" for each in self.items[id_])
        return self.lots[lot] - sum(each.amount for each in held if each.lot_id == lot)

    def apply(self, journal: list[tuple[str, tuple[UUID, ...], tuple[Spend, ...]]]) -> None:
        for kind, ids, spends in journal[self.applied :]:
            for id_ in ids:
                # A release that comes before its question answers it.
                self.states[id_] = "settled" if kind == "sale" else "released"
            for each in spends:
                self.lots[each.lot_id] -= each.amount
        self.applied = len(journal)

    def ask(self, question: Asked) -> Authorised:
        id_ = question.authorisation_id
        if id_ in self.items:
            assert self.items[id_] == question.spends, "an id has one content for ever"
        if id_ not in self.states:
            self.items[id_] = question.spends
            fits = all(self.free(each.lot_id) >= each.amount for each in question.spends)
            self.states[id_] = "held" if fits else "declined"
        granted = self.states[id_] in ("held", "settled")
        available = tuple(self.free(each.lot_id) for each in question.spends)
        return Authorised(id_, Verdict.GRANTED if granted else Verdict.DECLINED, () if granted else available)


plans = st.lists(
    st.builds(Spend, st.just(ANNA), st.just(Asset.POINTS), st.sampled_from(LOTS), st.integers(1, 300)),
    max_size=2,
    unique_by=lambda each: each.lot_id,
).map(tuple)


class Spending(RuleBasedStateMachine):
    """A till, head office, a line that does what it likes, a cashier who changes their mind, and power cuts."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.journal: list[tuple[str, tuple[UUID, ...], tuple[Spend, ...]]] = []
        self.asked: tuple[Asked, ...] = ()
        self.heard: tuple[Authorised, ...] = ()
        self.line = Line.CURRENT
        self.sales = 0
        self.plan: tuple[Spend, ...] = ()
        self.waiting: tuple[Asked, int] | None = None
        self.questions: list[tuple[Asked, int]] = []
        self.answers: list[Authorised] = []

    @property
    def record_id(self) -> RecordId:
        return RecordId(UUID(int=10_000 + self.sales))

    def release(self, ids: tuple[UUID, ...]) -> None:
        if ids:
            self.journal.append(("release", ids, ()))

    @rule(plan=plans)
    def basket_is(self, plan: tuple[Spend, ...]) -> None:
        self.plan = plan

    @rule(line=st.sampled_from([Line.CURRENT, Line.OFFLINE, Line.CATCHING_UP]))
    def line_is(self, line: Line) -> None:
        self.line = line

    @rule()
    def attempt(self) -> None:
        step = next_step(self.record_id, self.plan, self.asked, self.heard, self.line, never)
        before = [each for each in self.asked if not each.is_over]
        self.asked = step.asked
        self.release(step.release)
        self.waiting = None
        match step:
            case Book(authorisations=ids):
                if self.plan:
                    assert ids, "nothing is handed over without head office's word"
                    assert [self.office.states[each] for each in ids] == ["held"]
                    assert self.office.items[ids[0]] == self.plan
                self.journal.append(("sale", ids, self.plan))
                assert {each.authorisation_id for each in before} == {*ids, *step.release}
                self.next_sale()
            case Ask(question=question):
                assert question in self.asked
                self.waiting = (question, len(self.journal))
                self.questions.append(self.waiting)
            case Refuse():
                self.heard = ()

    def next_sale(self) -> None:
        self.sales += 1
        self.heard, self.waiting = (), None

    @rule(data=st.data())
    def a_question_arrives(self, data: st.DataObject) -> None:
        """Any that was ever sent, once more or late."""
        if self.questions:
            question, seq = data.draw(st.sampled_from(self.questions))
            if self.office.applied >= seq:
                self.answers.append(self.office.ask(question))

    @rule()
    def the_line_works(self) -> None:
        if self.waiting is not None:
            question, _ = self.waiting
            self.office.apply(self.journal)
            self.heard = (*self.heard, self.office.ask(question))
            self.waiting = None

    @rule(data=st.data())
    def an_answer_is_heard(self, data: st.DataObject) -> None:
        if self.answers and self.waiting is not None:
            self.heard = (*self.heard, data.draw(st.sampled_from(self.answers)))

    @rule()
    def nothing_is_heard(self) -> None:
        if self.waiting is not None:
            self.heard = (*self.heard, word(self.waiting[0], Verdict.NO_ANSWER))
            self.waiting = None

    @rule()
    def tried_again(self) -> None:
        self.heard = ()

    @rule(stays=st.booleans())
    def cashier_gives_up(self, stays: bool) -> None:
        """The sale, or only the question of it."""
        release, self.asked = given_up(self.asked, self.record_id)
        self.release(release)
        self.waiting = None
        if not stays:
            self.next_sale()

    @rule()
    def power_cut(self) -> None:
        release, self.asked = given_up(self.asked)
        self.release(release)
        self.next_sale()

    @rule()
    def left_alone(self) -> None:
        """Another sale begins and nobody has said that this one is given up."""
        self.next_sale()

    @rule()
    def journal_arrives(self) -> None:
        self.office.apply(self.journal)

    @rule(lot=st.sampled_from(LOTS), amount=st.integers(1, 200))
    def another_till_spends(self, lot: LotId, amount: int) -> None:
        if self.office.free(lot) >= amount:
            self.office.lots[lot] -= amount

    @invariant()
    def nobody_spends_twice(self) -> None:
        assert all(self.office.free(lot) >= 0 for lot in LOTS)

    def teardown(self) -> None:
        self.power_cut()
        self.office.apply(self.journal)
        for question, _ in self.questions:
            self.office.ask(question)
        assert "held" not in self.office.states.values(), "every grant is settled by a sale, or released"


TestSpending = Spending.TestCase
TestSpending.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
