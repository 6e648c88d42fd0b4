"""A day at a real till: a real window, a scanner on a wire, a cashier at the keyboard, paper at the printer.

By keyboard, by touch alone and by scanner alone; nothing is lost to kill -9, and the day balances to zero.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import subprocess
import sys
import time
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from e2e.cashier import PaperSink, Till, npos, till
from e2e.conftest import use_devices
from sqlcipher3 import dbapi2

from hardware.fonts import FontSource
from hardware.printers.profile import PAPER_80
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat
from hardware.virtual.scanner import VirtualScanner
from pos_app.application.demo import demo_member_rows
from pos_app.infrastructure.keys import load_keys

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e")]
ROOT = Path(__file__).resolve().parents[2]
KEY_MARK = "3F9A"
KEY = f"GT*{KEY_MARK}*"
#: The same code sooner than this is a trigger that bounced.
BOUNCE_S = 0.2


@dataclass(frozen=True)
class Thing:
    """Something to buy."""

    code: str
    name: str
    fen: int


def things() -> list[Thing]:
    """Drinks of the demo shop at one price for everybody."""
    with (ROOT / "resources" / "demo" / "products.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["分类编码"] == "drinks" and not row["会员价"]]
    return [
        Thing(row["条码"], row["品名"], round(float(row["零售价"]) * 100))
        for row in rows
        if row["条码"].isdigit() and row["时价"] == "否"
    ]


@dataclass(frozen=True)
class Person:
    """A member of the demo shop."""

    card: str
    phone: str
    points: int


def person() -> Person:
    """An entry-tier member with more than 500 points that do not expire soon."""
    now = dt.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai"))
    today = (now - dt.timedelta(hours=4)).date()
    rows = iter(demo_member_rows(today=today))
    names = next(rows)
    for row in rows:
        each = dict(zip(names, row, strict=True))
        until = each["积分到期日"]
        lasts = bool(until) and dt.date.fromisoformat(until) > today + dt.timedelta(days=60)
        if lasts and each["会员等级"] == "regular" and int(each["积分余额"]) > 500:
            return Person(each["会员卡号"], each["手机号"], int(each["积分余额"]))
    raise AssertionError("the demo shop has no such member")


class Books:
    """The ledger file as an auditor sees it: read with the key, beside the running till."""

    def __init__(self, home: Path) -> None:
        self._path = home / "data" / "ledger.db"
        self._key = load_keys(home / "data", may_make=False).keys.ledger.hex()

    def ask(self, statement: str) -> list[tuple]:
        connection = dbapi2.connect(str(self._path), isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def kinds(self) -> list[str]:
        return [row[0] for row in self.ask("SELECT kind FROM journal ORDER BY seq")]

    def drawer(self) -> int:
        return self.ask("SELECT coalesce(sum(amount), 0) FROM posting WHERE account = 'till:drawer'")[0][0]


@pytest.fixture
def paper() -> Iterator[PaperSink]:
    with PaperSink() as sink:
        yield sink


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[VirtualScanner]:
    """A pseudo terminal; its name stays the same over a restart of the till."""
    with VirtualScanner(link=tmp_path / "scanner") as one:
        yield one


@pytest.fixture
def shop(home: Path, paper: PaperSink, scanner: VirtualScanner) -> Path:
    use_devices(home, printer_port=paper.port, scanner=scanner.port, key_mark=KEY_MARK)
    return home


def verified(home: Path) -> str:
    """What ``guitai verify`` says; it must be content."""
    run = subprocess.run(
        [sys.executable, "-m", "pos_app", "verify", "--home", str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def sit_down(at: Till, opening_float: str = "300") -> None:
    """The first name, a PIN, a float: by keyboard."""
    at.type("1111")
    at.press("Return")
    at.see("open_shift")
    at.type(opening_float)
    at.press("Return")
    at.see("selling")


def scan_goods(at: Till, scanner: VirtualScanner, goods: list[Thing]) -> None:
    before = at.state.get("lines", 0)
    for number, each in enumerate(goods, start=1):
        scanner.send(each.code)
        at.see("selling", each.name, lines=before + number)


def read_code(data: bytes, folder: Path) -> str:
    """The receipt's code, read off the picture of the paper as a scanner reads it."""
    printed = decode(data, PaperFormat.of(PAPER_80))
    if shutil.which("zbarimg") is None:
        return printed.codes[0].data
    picture = folder / "paper.png"
    picture.write_bytes(printed.png(FontSource.in_folder(ROOT / "resources" / "fonts"), scale=2))
    run = subprocess.run(
        ["zbarimg", "--raw", "-q", str(picture)], capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout.split()[0]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_day_by_keyboard_and_scanner(
    screen: str, shop: Path, paper: PaperSink, scanner: VirtualScanner, tmp_path: Path
):
    goods, who, books = things()[:3], person(), Books(shop)
    total = sum(each.fen for each in goods)
    with till(screen, shop, "--language", "zh_CN") as at:
        sit_down(at)
        at.until(lambda: at.now["scanner"] == "idle", "the scanner is heard")
        scan_goods(at, scanner, goods)
        at.see("selling", payable=total)
        scanner.send(who.card)
        at.until(lambda: at.state.get("member") is not None, "the member")
        at.press("F9")
        at.see("payment", total=total, done=False)
        at.press("F5")
        at.see("payment", kind="points")
        worth = total // 2 // 100 * 100
        assert at.state["points_worth"] == worth
        at.press("Return")
        at.see("payment", tenders=1, remaining=total - worth)
        at.press("Return")
        at.see("payment", done=True)
        number, after = at.state["number"], at.state["points_balance"]
        earned = (total - worth) // 100
        assert after == who.points - worth + earned

        # The paper, by two decoders that know nothing of each other.
        (data,) = paper.wait_for(1)
        texts = [decode(data, PaperFormat.of(PAPER_80), strict=True).text()]
        independent = npos(data, tmp_path)
        if independent is not None:
            texts.append(independent["text"])
            assert independent["cuts"] == 1
            assert len(independent["pulses"]) == 1, "cash was taken: the drawer opens"
        for text in texts:
            for words in ("惠民生活超市", *(each.name for each in goods), "消费积分", "积分抵现"):
                assert words in text
            for figure in (f"{after:,}", f"{who.points:,}", f"{total / 100:.2f}"):
                assert figure in text, figure
        assert read_code(data, tmp_path) == number

        # One of the goods comes back: scan the receipt, scan the thing, a supervisor's PIN.
        at.press("Return")
        at.see("selling", lines=0)
        scanner.send(number)
        at.see("refund", number=number)
        scanner.send(goods[0].code)
        at.until(lambda: at.state.get("preview") is not None and at.now["pending"] == 0, "what returns where")
        at.press("F9")
        at.see("approval")
        at.type("2222")
        at.press("Return")
        at.until(lambda: at.screen != "approval" and books.kinds()[-1] == "sale.refunded", "it is booked")
        assert len(paper.wait_for(2)) == 2

        # The next basket is open when the power goes.
        at.until(lambda: at.now["pending"] == 0, "the till rests")
        if at.screen != "selling":
            at.press("Escape")
        at.see("selling", lines=0)
        scan_goods(at, scanner, goods[1:])
        at.until(lambda: at.now["pending"] == 0, "the basket is kept")
        at.kill()

    kinds = books.kinds()
    with till(screen, shop, "--language", "zh_CN") as at:
        at.type("1111")
        at.press("Return")
        at.see("selling", "the basket that was open", lines=2)
        at.see("selling", payable=goods[1].fen + goods[2].fen)
        assert books.kinds() == [*kinds, "session.log_in"]
        before = at.keys
        at.press("F9")
        at.see("payment")
        at.press("Return")
        at.see("payment", done=True)
        at.press("Return")
        at.see("selling", lines=0)
        assert at.keys - before == 3, "exact cash is F9 Enter Enter"
        paper.wait_for(3)

        # The count is blind; what is over or short is said afterwards, and the day balances.
        at.press("F10")
        at.see("more")
        at.type("5")
        at.see("shift_close")
        at.type("3")
        for _ in range(10):
            at.press("Return")
        # The count is read back once before it is final.
        at.press("F9")
        at.see("shift_close", notice="shift.count_again")
        at.press("F9")
        at.until(lambda: at.state.get("result") is not None and at.now["pending"] == 0, "the result")
        assert books.drawer() == 0
        at.press("F10")
        at.see("approval")
        at.type("3333")
        at.press("Return")
        at.see("end_of_day", z_number=1)
        assert len(paper.wait_for(5)) == 5
        at.until(lambda: at.now["printing"] == 0, "everything is printed")

    assert books.drawer() == 0
    assert books.kinds().count("sale.completed") == 2
    assert books.kinds()[-1] == "day.closed"
    assert "完好" in verified(shop)
    jobs = paper.wait_for(5)
    assert len(jobs) == 5, "nothing was printed twice"
    assert "日结" in squeezed(decode(jobs[-1], PaperFormat.of(PAPER_80)).text())


def test_keys_for_three_items_a_member_by_phone_and_exact_cash(
    screen: str, shop: Path, paper: PaperSink, scanner: VirtualScanner
):
    goods, who = things()[:3], person()
    with till(screen, shop, "--language", "zh_CN") as at:
        sit_down(at)
        at.until(lambda: at.now["scanner"] == "idle", "the scanner is heard")
        at.keys = 0
        scan_goods(at, scanner, goods)
        at.type(who.phone)
        at.press("Return")
        at.until(lambda: at.state.get("member") is not None and at.now["pending"] == 0, "the member")
        at.press("F9")
        at.see("payment")
        at.press("Return")
        at.see("payment", done=True)
        # The next customer's first scan begins the next sale by itself.
        scanner.send(goods[0].code)
        at.see("selling", lines=1)
        # Eleven digits of the phone, Enter, F9, Enter.
        assert at.keys == 14
        paper.wait_for(1)


def test_a_day_by_touch_alone(screen: str, shop: Path, paper: PaperSink):
    """On the smallest screen; whatever is touched, everything beside it is large enough for a finger too."""
    books, who = Books(shop), person()

    def touch_pin(at: Till, pin: str) -> None:
        for digit in pin:
            at.touch(text=digit)
        at.touch(text="确定")

    with till(screen, shop, "--language", "zh_CN", "--size", "1024x768") as at:
        touch_pin(at, "1111")
        at.see("open_shift")
        for digit in ("3", "00") if any(each["text"] == "00" for each in at.targets()) else ("3", "0", "0"):
            at.touch(text=digit)
        at.touch(key="Enter")
        at.see("selling")
        at.touches = 0
        at.touch(key="F11")
        at.see("goods", tiles=37)
        tiles = [each for each in at.targets() if "¥" in each["name"]][:3]
        fen = [round(float(each["name"].rpartition("¥")[2]) * 100) for each in tiles]
        for number, each in enumerate(tiles, start=1):
            at.touch(name=each["name"])
            at.see("goods", pieces=str(number), payable=sum(fen[:number]))
        for digit in who.phone:
            at.touch(text=digit)
        at.touch(text="确定")
        at.until(lambda: at.screen == "selling" and at.state.get("member") is not None, "the member")
        at.until(lambda: at.now["pending"] == 0, "the till rests")
        at.touch(key="F9")
        at.see("payment")
        owed = at.state["remaining"]
        at.touch(text=f"¥{owed / 100:,.2f}")
        at.see("payment", done=True)
        # Goods, three tiles, eleven digits and their key, pay, the exact amount.
        assert at.touches == 18
        at.touch(text="下一单")
        at.see("selling", lines=0)
        at.touch(key="F10")
        at.see("more")
        at.touch(text="交班")
        at.see("shift_close")
        at.touch(text="3")
        at.touch(key="F9")
        at.see("shift_close", notice="shift.count_again")
        at.touch(key="F9")
        at.until(lambda: at.state.get("result") is not None and at.now["pending"] == 0, "the result")
        at.touch(text="结束营业")
        at.see("approval")
        touch_pin(at, "3333")
        at.see("end_of_day", z_number=1)
        paper.wait_for(3)
        assert at.keys == 0
    assert books.drawer() == 0
    assert books.kinds()[-1] == "day.closed"
    verified(shop)


def test_a_sale_by_scanner_alone(screen: str, shop: Path, paper: PaperSink, scanner: VirtualScanner):
    """Everything is scanned: goods, the member's card, and keys from the printed sheet."""
    goods, who, books = things()[:3], person(), Books(shop)

    def keys(*names: str) -> None:
        for name in names:
            time.sleep(BOUNCE_S)  # as a hand would, also between two of the same
            scanner.send(KEY + name)

    with till(screen, shop, "--language", "en") as at:
        at.until(lambda: at.now["scanner"] == "idle", "the scanner is heard")
        keys("1", "1", "1", "1", "ENTER")
        at.see("open_shift")
        keys("3", "0", "0", "ENTER")
        at.see("selling")
        scan_goods(at, scanner, goods)
        scanner.send(who.card)
        at.until(lambda: at.state.get("member") is not None and at.now["pending"] == 0, "the member")
        keys("F9")
        at.see("payment")
        keys("ENTER")
        at.see("payment", done=True)
        assert books.kinds()[-1] == "sale.completed"
        number = at.state["number"]
        (data,) = paper.wait_for(1)
        assert decode(data, PaperFormat.of(PAPER_80)).codes[0].data == number
        keys("ENTER")
        at.see("selling", lines=0)
        assert (at.keys, at.touches) == (0, 0)
