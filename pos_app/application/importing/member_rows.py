"""A row of a member file, read into what it says of a member."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import msgspec

from pos_app.application.importing import cells
from pos_app.application.importing.cells import CellError
from pos_app.application.importing.model import Cell
from pos_app.application.importing.rows import RowReader
from pos_app.application.members import MAX_CARD, MAX_NAME, normal_card, normal_phone
from pos_app.domain.ids import TierId
from pos_app.domain.member import Birthday, Gender, MemberStatus
from pos_app.domain.programme.document import Programme
from pos_app.errors import KnownError

T = TypeVar("T")
MAX_POINTS: Final = 100_000_000
_SEPARATORS: Final = re.compile(r"[,;/、|]")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_TIER_WORDS: Final = re.compile(r"(?:会员|用户|等级|卡|级|\s|member|tier)+$", re.IGNORECASE)
_GENDERS: Final[Mapping[str, Gender]] = {
    **dict.fromkeys(("女", "女士", "女性", "f", "female", "woman", "小姐"), Gender.FEMALE),
    **dict.fromkeys(("男", "男士", "男性", "m", "male", "man", "先生"), Gender.MALE),
    **dict.fromkeys(("", "保密", "不详", "unknown", "other", "其他"), Gender.UNKNOWN),
}
_STATUSES: Final[Mapping[str, MemberStatus]] = {
    **dict.fromkeys(("正常", "启用", "有效", "激活", "已激活", "active", "normal", "enabled"), MemberStatus.ACTIVE),
    **dict.fromkeys(("临时", "临时卡", "temporary"), MemberStatus.TEMPORARY),
    **dict.fromkeys(("冻结", "挂失", "停用", "禁用", "锁定", "frozen", "disabled", "locked"), MemberStatus.FROZEN),
    **dict.fromkeys(("注销", "退卡", "作废", "已注销", "关闭", "closed", "cancelled"), MemberStatus.CLOSED),
}


class MemberDraft(msgspec.Struct, frozen=True):
    """What a row says; None and empty where it says nothing."""

    phone: str
    cards: tuple[str, ...]
    name: str
    gender: Gender
    birthday: Birthday | None
    email: str
    tier_id: TierId
    joined_on: dt.date | None
    status: MemberStatus | None
    consent: bool | None
    source: str
    note: str
    tags: tuple[str, ...]
    points: int
    points_expire: dt.date | None

    @property
    def natural_key(self) -> str:
        """What the member's id is made from: the same when the row comes again."""
        return self.phone or f"card:{self.cards[0]}"


class MemberRows:
    """Reads rows of members."""

    def __init__(self, programme: Programme, today: dt.date, card_digits: int) -> None:
        self._tiers = tier_names(programme)
        self._known_tiers = "、".join(tier.name.zh for tier in programme.tiers)
        self._today = today
        self._card_digits = card_digits

    def read(self, row: RowReader) -> MemberDraft:
        """What the row says; its errors are in ``row``."""
        points, expire = self._points(row)
        draft = MemberDraft(
            phone=row.read("phone", _phone, ""),
            cards=self._cards(row),
            name=row.read("name", lambda cell: cells.text(cell, MAX_NAME), ""),
            gender=row.read("gender", _among(_GENDERS, "gender.wrong"), Gender.UNKNOWN),
            birthday=row.read("birthday", self._birthday, None),
            email=row.read("email", _email, ""),
            tier_id=row.read("tier", self._tier, TierId("")),
            joined_on=row.read("joined_on", self._past_day, None),
            status=row.read("status", _among({"": None, **_STATUSES}, "status.wrong"), None),
            consent=row.read("consent", cells.yes_no, None),
            source=row.read("source", lambda cell: cells.text(cell, 40), ""),
            note=row.read("note", lambda cell: cells.text(cell, 500), ""),
            tags=row.read("tags", _tags, ()),
            points=points,
            points_expire=expire,
        )
        if not draft.phone and not draft.cards and not row.has_error:
            row.error("", "member.no_key")
        return draft

    def _points(self, row: RowReader) -> tuple[int, dt.date | None]:
        value = row.read("points", cells.number, None)
        expire = row.read("points_expire", cells.day, None)
        if value is None:
            return 0, None
        shown = str(value)
        if value < 0:
            row.error("points", "points.negative", shown)
            return 0, None
        if value > MAX_POINTS:
            row.error("points", "points.too_large", shown)
            return 0, None
        if value != value.to_integral_value():
            row.warn("points", "points.rounded", shown)
        points = int(value)
        if points and expire is not None and expire < self._today:
            row.warn("points_expire", "points.expired", expire.isoformat())
            return 0, None
        return points, expire

    def _cards(self, row: RowReader) -> tuple[str, ...]:
        found: list[str] = []
        for cell in row.cells("card"):
            parts: list[Cell] = list(_SEPARATORS.split(cells.plain(cell))) if isinstance(cell, str) else [cell]
            for part in parts:
                try:
                    card = normal_card(cells.code(part, MAX_CARD))
                except CellError as error:
                    row.cell_error("card", error, cells.plain(cell))
                    continue
                except KnownError:
                    row.error("card", "card.wrong", cells.plain(cell))
                    continue
                if card.isdigit() and 0 < len(card) < self._card_digits:
                    row.warn("card", "card.filled", card)
                    card = card.zfill(self._card_digits)
                if card and card not in found:
                    found.append(card)
        return tuple(found)

    def _birthday(self, cell: Cell) -> Birthday | None:
        birthday = cells.birthday(cell)
        if birthday is not None and birthday.year is not None:
            born = dt.date(birthday.year, birthday.month, birthday.day)
            if born > self._today:
                raise CellError("date.future")
        return birthday

    def _past_day(self, cell: Cell) -> dt.date | None:
        day = cells.day(cell)
        if day is not None and day > self._today:
            raise CellError("date.future")
        return day

    def _tier(self, cell: Cell) -> TierId:
        name = cells.text(cell)
        if not name:
            return TierId("")
        tier_id = self._tiers.get(name.casefold()) or self._tiers.get(_bare_tier(name))
        if tier_id is None:
            raise CellError("tier.unknown", known=self._known_tiers)
        return tier_id


def tier_names(programme: Programme) -> dict[str, TierId]:
    """All names of the programme's tiers, with and without 会员 or 卡 at the end; names that two share are left out."""
    names: dict[str, TierId] = {}
    for shorten in (False, True):
        fresh: dict[str, set[TierId]] = {}
        for tier in programme.tiers:
            for name in (tier.tier_id, tier.name.zh, tier.name.en):
                word = _bare_tier(name) if shorten else name.casefold()
                if word and word not in names:
                    fresh.setdefault(word, set()).add(tier.tier_id)
        names.update({word: next(iter(tiers)) for word, tiers in fresh.items() if len(tiers) == 1})
    return names


def _bare_tier(name: str) -> str:
    return _TIER_WORDS.sub("", name.casefold())


def _phone(cell: Cell) -> str:
    number = cells.code(cell)
    if not number:
        return ""
    try:
        return normal_phone(number)
    except KnownError:
        raise CellError("phone.wrong") from None


def _email(cell: Cell) -> str:
    address = cells.text(cell)
    if address and not _EMAIL.fullmatch(address):
        raise CellError("email.wrong")
    return address


def _tags(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in _SEPARATORS.split(cells.text(cell)) if tag.strip()))


def _among(words: Mapping[str, T], code: str) -> Callable[[Cell], T]:
    def parse(cell: Cell) -> T:
        word = cells.text(cell).casefold()
        if word not in words:
            raise CellError(code)
        return words[word]

    return parse
