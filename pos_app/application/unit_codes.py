"""One item, one code at the till: whether a basket's items may be sold, asked of the books they will stand in."""

from __future__ import annotations

from pos_app.application.ports import LedgerReader, UnitSale
from pos_app.application.replica_ports import Replica
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.unit_code_rules import check_has_code
from pos_app.domain.unit_codes import tail
from pos_app.errors import KnownError


def sold_before(name: str, sold: UnitSale) -> KnownError:
    """What is said of an item that is in the books as sold."""
    return KnownError("unit.sold", name=name, receipt_no=sold.receipt_no, date=sold.business_date.isoformat())


def check_not_sold(reader: LedgerReader, replica: Replica, code: str, name: str) -> None:
    """Refuse an item that is in the books as sold: here, or at another till as far as head office said.

    Raises:
        KnownError: ``unit.sold``, ``unit.sold_elsewhere``.
    """
    sold = reader.unit_sale(code)
    if sold is not None:
        raise sold_before(name, sold)
    check_not_sold_elsewhere(replica, code, name)


def check_not_sold_elsewhere(replica: Replica, code: str, name: str) -> None:
    """Refuse an item that another till has sold, as far as head office said.

    Raises:
        KnownError: ``unit.sold_elsewhere``.
    """
    sold = replica.unit_sold(code)
    if sold is not None:
        raise KnownError("unit.sold_elsewhere", name=name, till=sold.till, receipt_no=sold.receipt_no)


def check_units(reader: LedgerReader, replica: Replica, basket: Basket, programme: Programme) -> None:
    """Refuse a basket with an item that cannot be sold: no code, twice, sold, or put aside in another basket.

    Called in the sale's own transaction, whatever was asked while scanning.

    Raises:
        KnownError: ``unit.code_needed``, ``unit.in_basket``, ``unit.sold``, ``unit.sold_elsewhere``, ``unit.held``.
    """
    for line in basket.lines:
        if line.offering is None:
            check_has_code(programme.unit_codes, line.product, line.unit_code)
    coded = {line.unit_code: line.product.name for line in basket.lines if line.unit_code}
    for line in basket.lines:
        if line.unit_code and sum(each.unit_code == line.unit_code for each in basket.lines) > 1:
            raise KnownError("unit.in_basket", name=line.product.name, tail=tail(line.unit_code))
    for code, name in coded.items():
        check_not_sold(reader, replica, code, name)
    check_not_held(reader, coded)


def check_not_held(reader: LedgerReader, coded: dict[str, str]) -> None:
    """Refuse codes (with the names of their goods) of items that lie in a basket put aside.

    Raises:
        KnownError: ``unit.held``.
    """
    if not coded:
        return
    for code in held_codes(reader):
        if code in coded:
            raise KnownError("unit.held", name=coded[code], tail=tail(code))


def held_codes(reader: LedgerReader) -> frozenset[str]:
    """Codes of all items in baskets put aside."""
    return frozenset(line.unit_code for held in reader.held() for line in held.basket.lines if line.unit_code)
