"""What the use cases ask of the replica: members, catalogue, programme and staff as last received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import msgspec

from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff


class UnitSoldElsewhere(msgspec.Struct, frozen=True):
    """By which other till an item with a code of its own was sold, and with which receipt."""

    till: str
    receipt_no: str


class ShopGiven(msgspec.Struct, frozen=True):
    """How much all members together had of a gift in a month, as head office knows it, with own records up to one."""

    amount: int = 0
    through_seq: int = 0


class Replica(Protocol):
    """Members, catalogue, programme and staff as last received: fast questions, no writing."""

    def product_by_code(self, code: str) -> Product | None:
        """By barcode or item number."""

    def products_by_text(self, text: str, limit: int) -> Sequence[Product]:
        """By part of the name or by pinyin initials."""

    def categories(self) -> Sequence[Category]:
        """All categories."""

    def products_of(self, category_id: str, limit: int) -> Sequence[Product]:
        """Products of a category, for touch selling."""

    def member(self, member_id: MemberId) -> Member | None:
        """By id, also by one that turned out to be another member's."""

    def ids_of(self, member_id: MemberId) -> tuple[MemberId, ...]:
        """The id under which a member goes on, then those that turned out to be the same person."""

    def told_through(self, member_id: MemberId) -> int | None:
        """Own records up to this one are in what head office says of a member; None where it says nothing."""

    def member_by_phone(self, phone: str) -> Member | None:
        """By the whole phone number."""

    def member_by_card(self, number: str) -> Member | None:
        """By card number."""

    def members_by_last_four(self, digits: str, limit: int) -> Sequence[Member]:
        """By the last four digits of the phone."""

    def members_by_name(self, text: str, limit: int) -> Sequence[Member]:
        """By the beginning of the name, by given name, or by pinyin initials."""

    def base(self, member_id: MemberId) -> Base:
        """What head office last said of a member's account."""

    def till_key(self, key_id: str) -> bytes | None:
        """The public key of another till of the shop by its key id in hexadecimal."""

    def till_key_end(self, key_id: str) -> int | None:
        """When the till of a key was taken out of service, in milliseconds; None for one that is in service."""

    def unit_sold(self, unit_code: str) -> UnitSoldElsewhere | None:
        """By which other till an item was sold by its code (normal form); None where none did, or it came back."""

    def shop_given(self, what: str, month: dt.date) -> ShopGiven:
        """How much all members together had of a gift in the month of a day, as head office knows it."""

    def programme(self, today: dt.date) -> Programme | None:
        """The programme in force on a day; else the latest one there is; None when there is none."""

    def programme_version(self, version: int) -> Programme | None:
        """A version of the programme, in force or not; None for one that was never received."""

    def staff(self) -> Sequence[Staff]:
        """Everybody who may log in."""

    def member_count(self) -> int:
        """How many members there are."""


class ReplicaWriter(Protocol):
    """Takes over master data into the replica. The only writer; runs on its own lane."""

    def put_members(self, members: Sequence[Member]) -> None:
        """Add or replace members."""

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        """Add or replace products and categories."""

    def put_programme(self, programme: Programme) -> None:
        """Add a version of the programme."""

    def put_staff(self, staff: Sequence[Staff]) -> None:
        """Add or replace staff."""
