"""What the till's end of sync knows: what it must keep over a restart, and where it stands now.

Times are milliseconds of a clock that never jumps and says nothing of the date; only ``server_ms`` is a date.
"""

from __future__ import annotations

import enum

import msgspec

from sync.client.progress import Progress
from sync.protocol.batch import MAX_RECORDS, Acknowledged
from sync.protocol.chain import GENESIS, Head
from sync.protocol.messages import Attention, ChunkName, Manifest, SetAside


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the till keeps of head office's answers, beside its journal.

    Attributes:
        accepted: Head office has the journal durably up to here, as it last said.
        signed: What it signed last: with the epoch in which it did. It may be further on than ``accepted`` after head
            office was restored from a backup, and is how it notices.
        applied: Decided up to here: in its books, or set aside.
    """

    accepted: Head = GENESIS
    signed: Acknowledged | None = None
    applied: int = 0

    @property
    def epoch(self) -> str:
        """The life of head office that answered last; empty before the first answer."""
        return "" if self.signed is None else self.signed.epoch


class Cursor(msgspec.Struct, frozen=True):
    """How far the feed is taken over."""

    epoch: str
    position: int


class Rules(msgspec.Struct, frozen=True):
    """Times and sizes.

    Attributes:
        debounce_ms: A record waits so long for those that are written with it.
        batch: Records in a batch, at most.
        page: Rows of a feed page that are asked for.
        first_retry_ms: Bound of the first wait after a failure.
        last_retry_ms: Bound of every later one.
        rarely_ms: Between tries where only an update of one side, or a person, will help.
        check_ms: After this it is asked whether sent records are in head office's books by now; then twice as long.
        idle_check_ms: Between such questions when everything is.
        settle_ms: Between two pages where nothing is left behind: changes that come one by one come together.
        poll_ms: Two questions that brought nothing are at least so far apart, however fast they were answered.
        quiet: With at most so many records waiting, for less than ``quiet_ms``, the line counts as current.
        quiet_ms: See ``quiet``.
    """

    debounce_ms: int = 300
    batch: int = MAX_RECORDS
    page: int = 2_000
    first_retry_ms: int = 1_000
    last_retry_ms: int = 300_000
    rarely_ms: int = 3_600_000
    check_ms: int = 2_000
    idle_check_ms: int = 600_000
    settle_ms: int = 1_000
    poll_ms: int = 35_000
    quiet: int = 20
    quiet_ms: int = 5_000


class Up(msgspec.Struct, frozen=True):
    """The way up. One request at a time.

    Attributes:
        number: Of the request that is under way; 0 for none.
        count: Records in it.
        after: The record before the next batch.
        limit: Records in the next batch, at most: less while head office cannot read more.
        due_ms: When to send next.
        failures: Without an answer, one after the other.
        waits: A try is due after a failure; new records do not hasten it.
        trouble: Why the last try was no success, as a code; empty where it was one.
        stuck_seq: A record that head office cannot take; 0 for none.
        checks: How often it was asked whether all is applied, since something was sent.
        was_clock: The last refusal was for the clock, which was then set.
        has_answer: A batch was taken since the start.
    """

    number: int = 0
    count: int = 0
    after: int = 0
    limit: int = MAX_RECORDS
    due_ms: int = 0
    failures: int = 0
    waits: bool = False
    trouble: str = ""
    stuck_seq: int = 0
    checks: int = 0
    was_clock: bool = False
    has_answer: bool = False


class Stage(enum.StrEnum):
    """What the way down is at."""

    FEED = "feed"
    MANIFEST = "manifest"
    CHUNKS = "chunks"
    SWAP = "swap"


class Down(msgspec.Struct, frozen=True):
    """The way down. One question, or one thing that is taken over, at a time.

    Attributes:
        stage: What is done now.
        cursor: How far the feed is taken over; None for nothing yet.
        number: Of the question that is under way; 0 for none.
        takes: Something is being taken over.
        asked_ms: When the last question went out.
        due_ms: When to go on.
        failures: One after the other.
        trouble: Why the last try was no success, as a code.
        is_trouble_here: It is this till that could not take over what came; head office was reached.
        behind: Changes that are left behind the last page.
        is_current: The last page left nothing behind, and nothing failed since.
        manifest: Of the snapshot that is being fetched.
        missing: Its chunks that are not here yet.
        was_clock: As in :class:`Up`.
    """

    stage: Stage = Stage.FEED
    cursor: Cursor | None = None
    number: int = 0
    takes: bool = False
    asked_ms: int = 0
    due_ms: int = 0
    failures: int = 0
    trouble: str = ""
    is_trouble_here: bool = False
    behind: int = 0
    is_current: bool = False
    manifest: Manifest | None = None
    missing: tuple[ChunkName, ...] = ()
    was_clock: bool = False


class Wanted(msgspec.Struct, frozen=True):
    """Somebody waits for everything to be up and down.

    Attributes:
        through: Own records up to this one must be acknowledged.
        is_up: They are.
        is_down: Nothing was left behind.
    """

    through: int
    is_up: bool = False
    is_down: bool = False


class Line(enum.StrEnum):
    """Where the line stands."""

    OFFLINE = "offline"
    CATCHING_UP = "catching_up"
    CURRENT = "current"
    ATTENTION = "attention"


class Standing(msgspec.Struct, frozen=True):
    """Where sync stands, for whoever looks.

    Attributes:
        line: In one word.
        reason: Why it is not current, as a code; empty where there is none.
        waiting: Own records that are not acknowledged.
        to_send: How many there were since catching up began.
        acknowledged: Durable at head office up to here.
        applied: Decided up to here.
        behind: Changes of head office that are not here yet.
        as_of_ms: Head office's clock when it last said something; 0 for never.
        snapshot_done: Rows of a snapshot that are here.
        snapshot_rows: Rows of it in all; 0 where none is under way.
        seconds_left: Until caught up, where it can be guessed.
        set_aside: Own records that are not in its books.
        attention: What a manager has not seen.
        stuck_seq: An own record that head office cannot take; 0 for none.
    """

    line: Line = Line.OFFLINE
    reason: str = ""
    waiting: int = 0
    to_send: int = 0
    acknowledged: int = 0
    applied: int = 0
    behind: int = 0
    as_of_ms: int = 0
    snapshot_done: int = 0
    snapshot_rows: int = 0
    seconds_left: int | None = None
    set_aside: tuple[SetAside, ...] = ()
    attention: tuple[Attention, ...] = ()
    stuck_seq: int = 0


class State(msgspec.Struct, frozen=True):
    """Everything the engine knows.

    Attributes:
        rules: Times and sizes.
        is_running: Begun and not ended.
        kept: What is kept over a restart.
        head: The last own record.
        up: The way up.
        down: The way down.
        last_number: Of the request made last.
        not_before_ms: Head office wants to be left alone until then.
        window_ms: After a cut, the first try is spread over this.
        poll_wait_ms: How long a feed question may wait at head office.
        stopped: Why sync stopped for good, as a code; empty where it did not.
        was_reached: Head office has answered since the start.
        as_of_ms: Its clock, then.
        waiting_since_ms: Since when records wait; None for none.
        sent: Progress of records going up.
        loaded: Progress of a snapshot's rows.
        set_aside: As last told.
        attention: As last told.
        wanted: Somebody waits for all of it.
        told: What was last told of where sync stands.
        wake_ms: The alarm that was asked for last.
    """

    rules: Rules = Rules()
    is_running: bool = False
    kept: Kept = Kept()
    head: int = 0
    up: Up = Up()
    down: Down = Down()
    last_number: int = 0
    not_before_ms: int = 0
    window_ms: int = 10_000
    poll_wait_ms: int = 50_000
    stopped: str = ""
    was_reached: bool = False
    as_of_ms: int = 0
    waiting_since_ms: int | None = None
    sent: Progress = Progress()
    loaded: Progress = Progress()
    set_aside: tuple[SetAside, ...] = ()
    attention: tuple[Attention, ...] = ()
    wanted: Wanted | None = None
    told: Standing | None = None
    wake_ms: int | None = None

    @property
    def waiting(self) -> int:
        """Own records that are not acknowledged."""
        return max(0, self.head - self.kept.accepted.seq)
