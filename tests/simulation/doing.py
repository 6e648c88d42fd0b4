"""Does the steps in a world, and brings it to rest at the end."""

from __future__ import annotations

import datetime as dt
from typing import Final

from simulation import mishaps
from simulation.steps import Step
from simulation.till import DAY_MS, Till
from simulation.trade import Wish
from simulation.world import PHONES, World

from pos_app.domain.ids import MemberId

#: After it everything must have come to rest.
REST_MS: Final = 3 * 3_600_000


class Doer:
    """Does what steps say."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._copies: dict[str, tuple] = {}
        self._office_copy: tuple | None = None
        self._machines = 0

    def do(self, step: Step) -> None:
        """One step, and the time after it."""
        world = self.world
        world.chances.begin(step.noise)
        name = f"T{1 + step.at}"
        machines = [each for each in world.tills.values() if each.state.till == name and not each.is_gone]
        if machines:
            getattr(self, "_" + step.kind.replace(" ", "_"))(world.chances.one_of(machines))
        world.checks.after_step()
        world.pass_time(step.pause_ms)

    def _at_counter(self, till: Till, act) -> None:
        if till.is_up and not self.world.counter(till).is_busy:
            self.world.in_process(till, act)

    def _member(self, till: Till) -> MemberId | None:
        known = self.world.counter(till).members()
        return self.world.chances.one_of(known) if known else None

    # At the counter --------------------------------------------------------------------------------------------------

    def _sell(self, till: Till) -> None:
        member = self._member(till) if self.world.chances.happens(0.85) else None
        wish = Wish(pieces=self.world.chances.number(1, 9))
        self._at_counter(till, lambda: self.world.counter(till).sell(member, wish))

    def _spend(self, till: Till) -> None:
        chances, member = self.world.chances, self._member(till)
        wish = Wish(
            pieces=chances.number(1, 12),
            points=chances.one_of((0, 3, 10, 1_000)),
            stored=chances.one_of((0, 50, 400, 100_000)),
            coupon=chances.happens(0.5),
        )
        self._at_counter(till, lambda: self.world.counter(till).sell(member, wish))

    def _recharge(self, till: Till) -> None:
        chances, member = self.world.chances, self._member(till)
        if member is not None:
            wish = Wish(recharge=chances.number(1, 20) * 100, bonus=chances.one_of((0, 100)))
            self._at_counter(till, lambda: self.world.counter(till).sell(member, wish))

    def _coupons(self, till: Till) -> None:
        chances, member = self.world.chances, self._member(till)
        until = till.today + dt.timedelta(days=30) if chances.happens(0.5) else None
        if member is not None:
            self._at_counter(till, lambda: self.world.counter(till).give_coupons(member, chances.number(1, 3), until))

    def _capture(self, till: Till) -> None:
        phone = self.world.chances.one_of(PHONES)
        self._at_counter(till, lambda: self.world.counter(till).capture(phone))

    def _expire(self, till: Till) -> None:
        member = self._member(till)
        if member is not None:
            self._at_counter(till, lambda: self.world.counter(till).expire(member))

    def _expire_at_head_office(self, till: Till) -> None:
        """Head office is far ahead of a till: it did not wait, or the till's clock is wrong."""
        world = self.world
        ahead = dt.timedelta(days=world.chances.one_of((1, 40, 1_000)))
        world.in_office(lambda: world.office.expire(till.today + ahead))

    def _refund(self, till: Till) -> None:
        self._refund_of(till, till.state.sales())

    def _refund_elsewhere(self, till: Till) -> None:
        self._refund_of(till, [sold for each in self.world.tills.values() for sold in each.state.sales()])

    def _refund_of(self, till: Till, sales: list) -> None:
        if sales:
            sold_on, sold = self.world.chances.one_of(sales)
            pieces = self.world.chances.one_of((1, 2, 100))
            self._at_counter(till, lambda: self.world.counter(till).refund(sold_on, sold, pieces))

    def _new_version(self, till: Till) -> None:
        self._at_counter(till, lambda: self.world.counter(till).note_line(2))

    def _poison(self, till: Till) -> None:
        member = self._member(till)
        self._at_counter(till, lambda: self.world.counter(till).poison(member))

    def _sync_now(self, till: Till) -> None:
        if till.is_up:
            self.world.in_process(till, till.sync_now)

    # The world -------------------------------------------------------------------------------------------------------

    def _wait(self, till: Till) -> None:
        self.world.pass_time(self.world.chances.number(100, 20_000))

    def _wait_long(self, till: Till) -> None:
        self.world.pass_time(self.world.chances.number(60_000, 900_000))

    def _cut(self, till: Till) -> None:
        self.world.counts["lines cut"] += 1
        self.world.network.cut(till.name)

    def _join(self, till: Till) -> None:
        self.world.network.join(till.name)

    def _clock(self, till: Till) -> None:
        self.world.counts["clock jumps"] += 1
        till.skew_ms += self.world.chances.one_of((-DAY_MS, 3 * DAY_MS, 366 * DAY_MS, -366 * DAY_MS, 3_600_000))

    def _crash_till(self, till: Till) -> None:
        world = self.world
        world.arm(till.name, world.chances.number(0, 12))
        world.agenda.after(world.chances.number(1_000, 40_000), lambda: world.power_on(till))

    def _crash_office(self, till: Till) -> None:
        world = self.world
        world.arm("office", world.chances.number(0, 12))
        world.agenda.after(world.chances.number(1_000, 40_000), world.office_on)

    def _slow_master(self, till: Till) -> None:
        self.world.in_office(lambda: self.world.office.publish_slowly(self.world.chances.number(200, 30_000)))

    def _upgrade(self, till: Till) -> None:
        if self.world.office_version == 1:
            self.world.upgrade()

    # Backups and copies ----------------------------------------------------------------------------------------------

    def _back_up_till(self, till: Till) -> None:
        self._copies[till.name] = (till.disk.copy(),)

    def _restore_till(self, till: Till) -> None:
        if till.name in self._copies and self.world.office.is_up:
            mishaps.restore_till(self.world, till, self._copies.pop(till.name)[0])

    def _copy_disk(self, till: Till) -> None:
        self._machines += 1
        mishaps.copy_machine(self.world, till, f"{till.state.till}~{self._machines}")

    def _destroy(self, till: Till) -> None:
        if self.world.office.is_up:
            mishaps.replace_till(self.world, till)
            self._office_copy = None  # a head office that never heard of a key takes nothing that is signed with it

    def _back_up_office(self, till: Till) -> None:
        self._office_copy = (self.world.office.disk.copy(),)

    def _restore_office(self, till: Till) -> None:
        if self._office_copy is not None:
            mishaps.restore_office(self.world, self._office_copy[0])
            self._office_copy = None


__all__ = ["REST_MS", "Doer"]
