"""From the basket to the books: sold once, at the price the screen said, with the member's points to the point."""

from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, MANAGER, SUPERVISOR, Counter, card, cash, counter_at, pieces, points, refused

from pos_app.application.members import NewMember
from pos_app.application.ports import JobKind
from pos_app.application.selling import CompleteSale
from pos_app.domain.ids import HoldId, MemberId, TierId
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.member import MemberStatus
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.quantity import Quantity
from pos_app.domain.staff import Permission


class TestCompleting:
    def test_one_sale_is_one_record_one_number_one_print_job(self, counter: Counter) -> None:
        seq = counter.head().seq
        done = counter.sell(counter.basket((1, 2), 3), cash(550, 1_000))
        assert counter.kinds(seq) == [RecordKind.SALE]
        assert (done.sale.payable, done.sale.change) == (Money(550), Money(450))
        assert counter.drawer() == 50_550
        (job,) = counter.till.queue.open_jobs()
        assert (job.kind, job.seq, job.opens_drawer, job.copy) == (JobKind.SALE, done.seq, True, 0)

    def test_the_same_sale_twice_is_sold_once_and_answered_twice(self, counter: Counter) -> None:
        sale_id = counter.till.selling.new_sale_id()
        basket = counter.basket(1, 2)
        first = counter.sell(basket, sale_id=sale_id)
        head = counter.head()
        again = counter.sell(basket, sale_id=sale_id)
        assert (again.sale, again.seq) == (first.sale, first.seq)
        assert counter.head() == head
        assert len(counter.till.queue.open_jobs()) == 1

    def test_the_same_sale_is_found_again_after_a_restart_and_a_closed_shift(self, counter: Counter) -> None:
        sale_id = counter.till.selling.new_sale_id()
        basket = counter.basket(1, 2)
        first = counter.sell(basket, sale_id=sale_id)
        counter.restart()
        counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
        assert counter.sell(basket, sale_id=sale_id).sale == first.sale

    def test_a_price_that_is_not_what_the_screen_said_is_refused(self, counter: Counter) -> None:
        with counter.refuses("sale.price_changed", payable=Money(150)):
            counter.sell(counter.basket(1), cash(140), expected=140)

    def test_a_member_who_left_the_basket_since_the_screen_was_drawn_is_noticed(self, quick_folder: Path) -> None:
        rules = builders.programme(benefits=(builders.discount("off", 1_000),))
        with counter_at(quick_folder, programme=rules) as counter:
            with_member = counter.price(counter.basket(20, member=counter.member(1))).payable.minor
            with counter.refuses("sale.price_changed", payable=Money(1_100)):
                counter.sell(counter.basket(20), cash(with_member), expected=with_member)

    @pytest.mark.parametrize("tenders", [(), (cash(149),), (cash(151),), (cash(100), cash(51))])
    def test_what_does_not_cover_the_bill_exactly_is_refused(self, counter: Counter, tenders: tuple) -> None:
        command = CompleteSale(counter.till.selling.new_sale_id(), counter.basket(1), tenders, Money(150))
        with counter.refuses("sale.not_covered"):
            counter.till.selling.complete(CASHIER, command)
        assert counter.drawer() == 50_000

    def test_an_empty_basket_is_not_sold(self, counter: Counter) -> None:
        with counter.refuses("sale.empty"):
            counter.sell(Basket())

    def test_mixed_tenders_each_go_where_they_belong(self, counter: Counter) -> None:
        done = counter.sell(counter.basket(20), card(600), cash(500, 1_000))
        assert counter.drawer() == 50_500
        assert counter.sum_of("external:bank_card") == 600
        assert done.sale.change == Money(500)

    def test_without_cash_and_paper_nothing_is_queued_with_cash_the_drawer_opens(self, counter: Counter) -> None:
        counter.sell(counter.basket(1), card(150), print_receipt=False)
        assert counter.till.queue.open_jobs() == ()
        counter.sell(counter.basket(1), print_receipt=False)
        (job,) = counter.till.queue.open_jobs()
        assert (job.kind, job.opens_drawer) == (JobKind.OPEN_DRAWER, True)

    def test_goods_that_cost_nothing_are_sold_for_nothing(self, counter: Counter) -> None:
        discount = ManualDiscount(ManualDiscountKind.PERCENT, SUPERVISOR.staff_id, off_bp=10_000)
        done = counter.sell(counter.basket(1).set_discount(None, discount))
        assert (done.sale.payable, done.sale.tenders) == (Money(0), ())

    def test_receipt_numbers_have_no_gap_where_sales_were_refused(self, counter: Counter) -> None:
        first = counter.sell(counter.basket(1)).sale.receipt_no
        with refused("sale.not_covered"):
            counter.sell(counter.basket(1), cash(100))
        second = counter.sell(counter.basket(1)).sale.receipt_no
        assert int(second[11:16]) == int(first[11:16]) + 1


class TestPermissions:
    def test_price_and_discount_rest_on_somebody_who_may(self, counter: Counter) -> None:
        selling = counter.till.selling
        percent = ManualDiscount(ManualDiscountKind.PERCENT, CASHIER.staff_id, off_bp=500)
        with counter.refuses("permission.missing", permission=Permission.PRICE_OVERRIDE.value):
            selling.check_override(CASHIER, None, Money(100))
        with counter.refuses("permission.missing", permission=Permission.DISCOUNT.value):
            selling.check_discount(CASHIER, None, percent)
        assert selling.check_override(CASHIER, SUPERVISOR, Money(100)).approved_by == "1002"
        assert selling.check_discount(MANAGER, None, percent).approved_by == "1003"

    def test_the_approver_is_in_the_record(self, counter: Counter) -> None:
        override = counter.till.selling.check_override(CASHIER, SUPERVISOR, Money(99))
        done = counter.sell(counter.basket(1).set_override(1, override))
        assert (done.sale.payable, done.sale.lines[0].approved_by) == (Money(99), "1002")

    @pytest.mark.parametrize(("price", "code"), [(-1, "price.negative"), (10_000_000_001, "money.too_large")])
    def test_absurd_prices_are_refused(self, counter: Counter, price: int, code: str) -> None:
        with counter.refuses(code):
            counter.till.selling.check_override(MANAGER, None, Money(price))


class TestPoints:
    def test_a_member_earns_spends_and_sees_it_at_once(self, counter: Counter) -> None:
        who = counter.member(1)
        first = counter.sell(counter.basket((20, 50), member=who))  # 550.00: 550 points
        assert first.sale.member is not None
        assert (first.sale.member.points_before.count, first.sale.member.points_after.count) == (0, 550)
        assert counter.balance(who.member_id) == 550
        second = counter.sell(counter.basket(20, member=who), points(500))  # 11.00, of which 5.00 by points
        assert second.sale.member is not None
        assert [(part.points.count) for part in second.sale.member.burned] == [500]
        # What is paid with points earns none: 6 points for the 6.00 in cash.
        assert second.sale.member.points_after.count == 550 - 500 + 6
        assert counter.balance(who.member_id) == 56

    @pytest.mark.parametrize(
        ("count", "value"),
        [(600, 600), (550, 550), (50, 50), (100, 99), (100, 101), (100_000, 500)],
        ids=["over the share", "no whole step", "below the least", "too cheap", "too dear", "more than there are"],
    )
    def test_points_beyond_what_the_rules_offer_are_refused(self, counter: Counter, count: int, value: int) -> None:
        who = counter.member(1)
        counter.sell(counter.basket((20, 90), member=who))
        basket = counter.basket(20, member=who)
        with counter.refuses("sale.points_over_limit"):
            counter.sell(basket, points(count, value), cash(1_100 - value))
        assert counter.balance(who.member_id) == 990

    def test_points_without_a_member_are_refused(self, counter: Counter) -> None:
        with refused("sale.points_over_limit"):
            counter.sell(counter.basket(20), points(100))

    def test_points_that_somebody_else_spent_meanwhile_are_noticed(self, counter: Counter) -> None:
        who = counter.member(1)
        counter.sell(counter.basket((20, 50), member=who))
        basket = counter.basket((20, 10), member=who)
        counter.sell(basket, points(500))
        with counter.refuses("sale.points_over_limit"):
            counter.sell(basket, points(500))

    def test_a_tier_is_reached_at_once_and_stays(self, counter: Counter) -> None:
        who = counter.member(1)
        done = counter.sell(counter.basket((20, 91), member=who))  # 1,001.00
        assert done.member is not None
        assert done.member.tier_id == "silver"
        assert counter.member(1).tier_id == "silver"
        counter.restart()
        assert counter.member(1).tier_id == "silver"
        found = counter.real.replica.reader.member_by_phone(who.phone)
        assert found is not None
        assert found.tier_id == TierId("silver")
        next_sale = counter.sell(counter.basket(18, member=who))  # 10.00 at 1.2
        assert next_sale.sale.member is not None
        assert sum(each.points.count for each in next_sale.sale.member.earned) == 12
        assert next_sale.member is None, "nothing changed"

    def test_a_frozen_member_buys_as_anybody(self, quick_folder: Path) -> None:
        frozen = builders.member(1, status=MemberStatus.FROZEN)
        with counter_at(quick_folder, members=[frozen]) as counter:
            basket = counter.basket(20, member=frozen)
            assert counter.price(basket).notice == "member_frozen"
            assert counter.sell(basket).sale.member is None

    def test_a_member_nobody_knows_any_more_is_said_so(self, counter: Counter) -> None:
        ghost = MemberId(builders.some_uuid(9_999_999))
        with counter.refuses("member.unknown"):
            counter.sell(counter.basket(1).with_member(ghost), cash(150), expected=150)
        with refused("member.unknown"):
            counter.till.selling.member_view(ghost)

    def test_somebody_who_signs_up_earns_in_the_same_sale(self, counter: Counter) -> None:
        member = counter.till.members.capture(CASHIER, NewMember(phone="13911112222"))
        done = counter.sell(counter.basket((20, 10), member=member))
        assert done.sale.member is not None
        assert done.sale.member.points_after.count == 110
        assert counter.balance(member.member_id) == 110
        counter.restart()
        assert counter.balance(member.member_id) == 110

    def test_the_panel_shows_tier_balance_and_what_they_like(self, counter: Counter) -> None:
        who = counter.member(1)
        for _ in range(3):
            counter.sell(counter.basket(5, member=who))
        counter.sell(counter.basket(6, member=who))
        view = counter.till.selling.member_view(who.member_id)
        assert view.tier.tier_id == "regular"
        assert next((each.product_id, each.times) for each in view.favourites) == ("P00005", 3)
        assert view.customer.account.last_visit == counter.real.context.today()
        assert view.customer.account.progress.visits == 1

    def test_a_programme_that_ended_gives_nothing_and_says_so(self, quick_folder: Path) -> None:
        over = builders.programme(effective_to=builders.TODAY.replace(day=17))
        with counter_at(quick_folder, programme=over) as counter:
            basket = counter.basket(20, member=counter.member(1))
            priced = counter.price(basket)
            assert (priced.notice, priced.programme_version) == ("programme_not_in_force", 0)
            done = counter.sell(basket)
            assert done.sale.member is None


class TestHolding:
    def test_put_aside_and_taken_back_whole_even_over_a_restart(self, counter: Counter) -> None:
        basket = counter.basket((1, 2), (21, "0.485"), member=counter.member(3))
        held = counter.till.selling.hold(CASHIER, basket, "红衣女士")
        counter.restart()
        assert [(each.hold_id, each.label, each.basket) for each in counter.till.selling.held()] == [
            (held.hold_id, "红衣女士", basket)
        ]
        assert counter.till.selling.recall(CASHIER, held.hold_id) == basket
        assert counter.till.selling.held() == ()
        # Taken back it is the open basket: a power cut now does not lose it either.
        assert counter.till.selling.draft() == basket

    def test_once_taken_it_is_gone_for_others(self, counter: Counter) -> None:
        held = counter.till.selling.hold(CASHIER, counter.basket(1))
        counter.till.selling.recall(CASHIER, held.hold_id)
        with counter.refuses("hold.gone"):
            counter.till.selling.recall(CASHIER, held.hold_id)
        with counter.refuses("hold.gone"):
            counter.till.selling.drop_held(CASHIER, HoldId(held.hold_id))

    def test_nothing_is_not_put_aside(self, counter: Counter) -> None:
        with counter.refuses("sale.empty"):
            counter.till.selling.hold(CASHIER, Basket())

    def test_the_open_basket_survives_a_restart_until_it_is_sold(self, counter: Counter) -> None:
        basket = counter.basket(1, (2, 4))
        counter.till.selling.save_draft(CASHIER, basket)
        counter.restart()
        assert counter.till.selling.draft() == basket
        counter.sell(basket)
        assert counter.till.selling.draft() is None
        counter.till.selling.save_draft(CASHIER, basket)
        counter.till.selling.save_draft(CASHIER, Basket())
        assert counter.till.selling.draft() is None

    def test_a_sale_that_is_refused_keeps_the_draft(self, counter: Counter) -> None:
        basket = counter.basket(1)
        counter.till.selling.save_draft(CASHIER, basket)
        with refused("sale.not_covered"):
            counter.sell(basket, cash(100))
        assert counter.till.selling.draft() == basket


@pytest.mark.parametrize("milli", [0, -1, -1_000, 9_999_001, 10**15])
def test_no_quantity_is_negative_nothing_or_absurd(milli: int) -> None:
    with refused("quantity.out_of_range"):
        Quantity(milli)
