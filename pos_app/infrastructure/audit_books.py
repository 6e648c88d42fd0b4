"""The auditor's own books: balances, lots and totals folded from what the records say, apart from the till's folds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from pos_app.infrastructure.audit_gifts import Gifts
from pos_app.infrastructure.audit_wrong import Wrong

Posting = tuple[str, str, int, bytes | None, bytes | None]

_AVAILABLE: Final = "member:available"
_PENDING: Final = "member:pending"
_ONE_PIECE: Final = 1000


class _Period:
    """Figures of one business period, under the names that a closing uses."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, int] = defaultdict(int)
        self.taxes: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        self.tenders: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])

    def sale(self, body: dict[str, Any]) -> None:
        """Count a sale."""
        self.counts["sales"] += 1
        self.counts["gross"] += body["payable"]
        self.counts["saved"] += body.get("saved", 0)
        self.counts["prepaid"] += body.get("prepaid", 0)
        self.counts["net"] += body["payable"]
        self.counts["overrides"] += sum(1 for line in body["lines"] if line.get("approved_by") is not None)
        self.counts["overrides"] += body.get("bill_discount_by") is not None
        self._money(body, 1)
        member = body.get("member")
        if member is not None:
            self.counts["member_sales"] += 1
            self.counts["points_earned"] += sum(each["points"] for each in member.get("earned", ()))
            self.counts["points_burned"] += sum(each["points"] for each in member.get("burned", ()))
        self._points_moved(body)

    def refund(self, body: dict[str, Any]) -> None:
        """Count a refund or a void."""
        what, amount = ("voids", "voided") if body.get("is_void") else ("refunds", "refunded")
        self.counts[what] += 1
        self.counts[amount] += body["amount"]
        self.counts["net"] -= body["amount"]
        self.counts["prepaid"] -= body.get("prepaid", 0)
        self.counts["prepaid_back"] += body.get("prepaid", 0)
        self._money(body, -1)
        member = body.get("member")
        if member is not None:
            self.counts["points_earned"] -= member.get("taken_back", 0) + member.get("owed", 0)
            back = [*member.get("given_back", ()), *member.get("grace_lots", ())]
            self.counts["points_burned"] -= sum(each["points"] for each in back)
        self._points_moved(body)

    def _points_moved(self, body: dict[str, Any]) -> None:
        for move in body.get("moves", ()):
            if move["asset"] == "points" and move["purpose"] == "issued":
                self.counts["points_earned"] += move["amount"]
            elif move["asset"] == "points" and move["purpose"] == "redeemed":
                self.counts["points_burned"] -= move["amount"]

    def _money(self, body: dict[str, Any], sign: int) -> None:
        for tender in body["tenders"]:
            total = self.tenders[tender["kind"]]
            total[0] += 1
            total[1] += sign * tender["amount"]
        for tax in body.get("taxes", ()):
            rate = self.taxes[tax["rate_bp"]]
            rate[0] += sign * tax["amount"]
            rate[1] += sign * tax["tax"]

    def differs_from(self, stated: dict[str, Any]) -> str:
        """The first figure in which a closing's own figures differ, or nothing."""
        for name, value in stated.items():
            if name == "taxes":
                own: Any = [
                    {"rate_bp": rate, "amount": each[0], "tax": each[1]} for rate, each in sorted(self.taxes.items())
                ]
            elif name == "tenders":
                own = [
                    {"kind": kind, "count": each[0], "amount": each[1]} for kind, each in sorted(self.tenders.items())
                ]
            else:
                own = self.counts[name]
            if own != value:
                return name
        return ""


class Books:
    """Everything the journal adds up to.

    Attributes:
        closings: Z reports so far.
        closing_rows: (number, seq, perpetual gross, refunded, sales) of each.
        documents: (seq, receipt number reversed, amount) of each sale and refund.
        usage: (seq, what, member, day, amount) of what members had, in that order.
        units: Items sold by a code of their own and not given back: the code, with (seq, line) of its sale.
    """

    def __init__(self, *, is_alone: bool) -> None:
        """Begin.

        Args:
            is_alone: Nobody but this till changes what its records make: there is no head office.
        """
        self._is_alone = is_alone
        self.closings = 0
        self.closing_rows: list[tuple[int, int, int, int, int]] = []
        self.documents: list[tuple[int, str, int]] = []
        self._gifts = Gifts()
        self._period = _Period()
        self._period_from = 1
        self._perpetual = [0, 0, 0]
        self._lots: defaultdict[bytes, list[int]] = defaultdict(lambda: [0, 0])
        self._assets: dict[bytes, str] = {}
        self._advances = 0
        self._made: set[bytes] = set()
        self.usage: list[tuple[int, str, bytes, int, int]] = []
        self.units: dict[str, tuple[int, int]] = {}
        self._receipts: dict[str, str] = {}
        self._coded: dict[tuple[str, int], str] = {}
        self._unit_receipts: dict[str, str] = {}

    def lot(self, lot: bytes) -> tuple[int, int]:
        """Available and pending points of a lot."""
        balance = self._lots[lot]
        return balance[0], balance[1]

    def add(self, seq: int, said: dict[str, Any], postings: list[Posting], head_before: bytes) -> None:
        """Fold one record in."""
        kind, body = said["kind"], said["body"]
        self._made |= {UUID(lot).bytes for lot in _made_lots(kind, body)}
        self._post(postings)
        self.usage += sorted((seq, what, member, day, amount) for what, member, day, amount in _usage(said))
        match kind:
            case "sale.completed":
                self._gifts.sale(body, head_before)
                self._period.sale(body)
                self._document(seq, said, body["payable"])
                self._sell_units(seq, body)
            case "sale.refunded" | "sale.voided":
                if body.get("is_void", False) != (kind == "sale.voided"):
                    raise Wrong("says of itself that it is a refund and a void")
                if body["sale_receipt_no"] not in self._receipts:
                    raise Wrong("gives back a sale that is not in this journal")
                if body.get("sold_on") not in (None, self._receipts[body["sale_receipt_no"]]):
                    raise Wrong("names another day for the sale it gives back")
                self._gifts.refund(body)
                self._period.refund(body)
                self._take_units_back(body)
                self._document(seq, said, body["amount"])
            case "gifts.adjusted":
                self._gifts.adjusted(body)
            case "receipt.reprinted":
                self._period.counts["reprints"] += 1
            case "drawer.opened":
                self._period.counts["drawer_opened"] += 1
            case "day.closed":
                self._close(seq, body, head_before)

    def _post(self, postings: list[Posting]) -> None:
        sums: defaultdict[str, int] = defaultdict(int)
        touched: set[bytes] = set()
        for asset, account, amount, member, lot in postings:
            sums[asset] += amount
            if asset == "fen" and account == "company:advances":
                self._advances += amount
            if member is None:
                continue
            if asset == "principal":
                self._advances += amount
            # What a member owes may have come about at another till and be repaid here: nothing to be judged by.
            if account in (_AVAILABLE, _PENDING):
                if lot is None:
                    raise Wrong("what a member holds is in no lot")
                if self._assets.setdefault(lot, asset) != asset:
                    raise Wrong(f"lot {UUID(bytes=lot)} holds two kinds of things")
                self._lots[lot][account == _PENDING] += amount
                touched.add(lot)
        if any(sums.values()):
            raise Wrong("its postings do not sum to zero")
        if self._advances:
            raise Wrong("what is owed for stored value is not what members hold of it")
        for lot in touched if self._is_alone else ():
            # With a head office other tills put things back into a lot, too, and their records are not here.
            if lot in self._made and sum(self._lots[lot]) < 0:
                raise Wrong(f"lot {UUID(bytes=lot)} falls below zero")

    def _sell_units(self, seq: int, body: dict[str, Any]) -> None:
        for line in body["lines"]:
            code = line.get("unit_code", "")
            if not code:
                continue
            if line["quantity"] != _ONE_PIECE:
                raise Wrong(f"sells more or less than one item by the code {code}")
            if code in self.units:
                raise Wrong(f"sells {code} again, which record {self.units[code][0]} sold")
            self.units[code] = (seq, line["line_no"])
            self._coded[body["receipt_no"], line["line_no"]] = code
            self._unit_receipts[code] = body["receipt_no"]

    def _take_units_back(self, body: dict[str, Any]) -> None:
        """What comes back must be the very items that the sale sold."""
        receipt_no = body["sale_receipt_no"]
        for line in body["lines"]:
            code = line.get("unit_code", "")
            if self._coded.get((receipt_no, line["line_no"]), "") != code:
                raise Wrong(f"gives back line {line['line_no']} with another item's code")
            if code and self._unit_receipts.pop(code, "") != receipt_no:
                raise Wrong(f"gives back {code}, which is out by another sale or by none")
            self.units.pop(code, None)

    def _document(self, seq: int, said: dict[str, Any], amount: int) -> None:
        body = said["body"]
        receipt_no = body["receipt_no"]
        if receipt_no in self._receipts:
            raise Wrong(f"uses receipt number {receipt_no} again")
        if sum(tender["amount"] for tender in body["tenders"]) != amount:
            raise Wrong("its tenders do not sum to its amount")
        if sum(line["amount"] for line in body["lines"]) != amount:
            raise Wrong("its lines do not sum to its amount")
        self._receipts[receipt_no] = said["business_date"]
        self.documents.append((seq, receipt_no[::-1], amount))

    def _close(self, seq: int, body: dict[str, Any], head_before: bytes) -> None:
        self.closings += 1
        if body["z_number"] != self.closings:
            raise Wrong(f"Z number {body['z_number']} where {self.closings} follows")
        if body["first_seq"] != self._period_from:
            raise Wrong("its period does not begin after the last closing")
        if body["head_before"] != _base64(head_before):
            raise Wrong("names another head than the record before it")
        figure = self._period.differs_from(body["period"])
        if figure:
            raise Wrong(f"its total {figure!r} is not the sum of its period")
        period = self._period.counts
        self._perpetual[0] += period["gross"]
        self._perpetual[1] += period["refunded"] + period["voided"]
        self._perpetual[2] += period["sales"]
        stated = [body["perpetual_gross"], body["perpetual_refunded"], body["perpetual_sales"]]
        if stated != self._perpetual:
            raise Wrong("its perpetual totals are not the sums of all periods")
        self.closing_rows.append((self.closings, seq, self._perpetual[0], self._perpetual[1], self._perpetual[2]))
        self._period = _Period()
        self._period_from = seq + 1


def _made_lots(kind: str, body: dict[str, Any]) -> Iterator[str]:
    """Lots that a record makes; of others (head office's) only a part of the story is here."""
    for lot in body["lots"] if kind == "member.imported" else ():
        yield lot["lot_id"]
    for move in body.get("moves", ()):
        if move.get("makes_lot"):
            yield move["lot_id"]
    member = body.get("member")
    if isinstance(member, dict):
        if member.get("new_lot") is not None:
            yield member["new_lot"]["lot_id"]
        for lot in member.get("grace_lots", ()):
            yield lot["lot_id"]


def _usage(said: dict[str, Any]) -> Iterator[tuple[str, bytes, int, int]]:
    """What a record says was had: what, by whom, day as eight digits, and how much."""
    body = said["body"]
    day = int((body.get("sold_on") or said["business_date"]).replace("-", ""))
    for move in body.get("moves", ()):
        if move["asset"] == "principal" and move["purpose"] == "issued" and move.get("code"):
            yield "gift_cards_sold", UUID(move["account_id"]).bytes, day, 1 if move["amount"] > 0 else -1
    member = body.get("member")
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    if said["kind"] == "service.used":
        day = int((body["counted_on"] or said["business_date"]).replace("-", ""))
        sums[body["member_id"], body["counted"]["what"]] += body["counted"]["amount"]
    elif isinstance(member, dict):
        who = member["member_id"]
        if said["kind"] == "sale.completed":
            sign, given = 1, member.get("earned", ())
        else:
            sign, given = -1, member.get("unearned", ())
        for each in given:
            sums[who, "points"] += sign * each["points"]
            sums[who, f"points:{each['rule_id']}"] += sign * each["points"]
        for each in body.get("counted", ()):
            sums[who, each["what"]] += sign * each["amount"]
    for each in body.get("counted_for", ()):
        sums[each["account_id"], each["what"]] += each.get("amount", 1)
    for (account, what), amount in sums.items():
        if amount:
            yield what, UUID(account).bytes, day, amount


def _base64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()
