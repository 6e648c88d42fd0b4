"""The auditor's own view of gifts and draws: stock never below zero, every turn drawn again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from pos_app.infrastructure.audit_wrong import Wrong

_DRAW_TAG: Final = b"guitai/draw/1\x00"


class Gifts:
    """What came and went of each gift since its rule began, folded from what records say."""

    def __init__(self) -> None:
        self._moved: defaultdict[str, int] = defaultdict(int)
        self._sold: dict[str, list[dict[str, Any]]] = {}

    def sale(self, body: dict[str, Any], head_before: bytes) -> None:
        """Draw again what was drawn, then take the gifts out of stock."""
        gifts = list(body.get("gifts", ()))
        by_line = {gift["line_no"]: gift for gift in gifts}
        draws = {drawn["line_no"]: drawn for drawn in body.get("draws", ())}
        turn = 0
        for line in body["lines"]:
            offering = line.get("offering") or {}
            gift = by_line.pop(line["line_no"], None)
            if offering.get("kind") == "draw":
                drawn = draws.pop(line["line_no"], None)
                if drawn is None or drawn["turn"] != turn or drawn["rule_id"] != offering["offer_id"]:
                    raise Wrong("a turn of a draw says not what it drew")
                self._check_draw(drawn, gift, body["sale_id"], head_before)
                turn += 1
            elif gift is not None and gift["what"] != offering.get("offer_id"):
                raise Wrong("takes a gift that the line does not sell")
            if gift is not None:
                self._take(gift)
        if by_line or draws:
            raise Wrong("gives something that no line sells")
        if gifts:
            self._sold[body["receipt_no"]] = gifts

    def refund(self, body: dict[str, Any]) -> None:
        """Put back what the lines that come back had taken."""
        lines = {line["line_no"] for line in body["lines"]}
        sold = self._sold.get(body["sale_receipt_no"], [])
        if list(body.get("gifts", ())) != [gift for gift in sold if gift["line_no"] in lines]:
            raise Wrong("puts back other gifts than its lines had taken")
        for gift in body.get("gifts", ()):
            self._moved[gift["what"]] += 1

    def adjusted(self, body: dict[str, Any]) -> None:
        """Somebody counted."""
        self._moved[body["what"]] += body["change"]
        left = body["stock"] + self._moved[body["what"]]
        if left < 0 or left != body["left"]:
            raise Wrong("the stock of a gift is not what was counted")

    def _take(self, gift: dict[str, Any]) -> None:
        self._moved[gift["what"]] -= 1
        stock = gift.get("stock")
        if stock is not None and stock + self._moved[gift["what"]] < 0:
            raise Wrong("gives away a gift that had run out")

    def _check_draw(self, drawn: dict[str, Any], gift: dict[str, Any] | None, sale_id: str, head_before: bytes) -> None:
        place = draw_again(head_before, UUID(sale_id).bytes, drawn["turn"], drawn["weights"])
        if place != drawn["drawn"]:
            raise Wrong("its draw gives another prize than the one it says")
        stock = drawn.get("stock")
        has_run_out = stock is not None and stock + self._moved[f"{drawn['rule_id']}/{drawn['prizes'][place]}"] <= 0
        given = drawn["fallback"] if has_run_out else place
        if drawn["given"] != given:
            raise Wrong("gives another prize than the one that was drawn")
        if gift is not None and gift["what"] != f"{drawn['rule_id']}/{drawn['prizes'][given]}":
            raise Wrong("takes another prize out of stock than the one that was drawn")


def draw_again(head: bytes, sale_id: bytes, turn: int, weights: list[int]) -> int:
    """The place that a turn gives: each with its weight out of the sum of all."""
    whole = sum(weights)
    attempt = 0
    while True:
        digest = hashlib.sha256(_DRAW_TAG + head + sale_id + f"/{turn}/{attempt}".encode()).digest()
        number = int.from_bytes(digest, "big")
        if number < 2**256 // whole * whole:
            break
        attempt += 1
    number %= whole
    for place, weight in enumerate(weights):
        if number < weight:
            return place
        number -= weight
    raise Wrong("its draw has no prizes")
