"""Program: open the till, log in, look members up, sell, and print how much memory the process takes.

``python -m benchmarks.probe_memory FOLDER``
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from benchmarks.shop import basket, goods
from benchmarks.window import OpenWindow
from PySide6.QtCore import QTimer

from pos_app.domain.ids import MemberId
from pos_app.runtime.lanes import LaneName

LOOKUPS = 3_000


class Work:
    """A day at the counter in a few seconds: look-ups of all kinds through the one box's lane, and some sales."""

    def __init__(self, window: OpenWindow) -> None:
        self._window = window
        self.used: dict[str, float] = {}
        till = window.running.books.till
        rng = random.Random(4)
        replica = till.context.replica

        def look_up() -> list[MemberId]:
            found = [each.member_id for _ in range(LOOKUPS) for each in replica.members_by_last_four(_digits(rng), 3)]
            for member_id in rng.sample(found, LOOKUPS):
                member = replica.member(member_id)
                replica.member_by_phone(member.phone)
                replica.member_by_card(member.cards[0])
                replica.members_by_name(member.name[:2], 20)
            return found

        members = window.running.lanes.submit(LaneName.READER, look_up).result()
        window.desk._presenters["selling"]._on_taken(basket(goods(till), 30, rng).with_member(members[0]), False)
        QTimer.singleShot(2_000, self._measure)

    def _measure(self) -> None:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
        kib = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        self.used = {"rss": kib["Rss"] / 1024, "pss": kib["Pss"] / 1024, "anonymous": kib["Anonymous"] / 1024}
        self._window.leave()


def _digits(rng: random.Random) -> str:
    return f"{rng.randrange(10_000):04d}"


def main() -> None:
    found: list[Work] = []
    window = OpenWindow(Path(sys.argv[1]), (1024, 768), lambda open_: found.append(Work(open_)))
    window.run()
    print(json.dumps(found[0].used))


if __name__ == "__main__":
    main()
