"""The demo shop's people, drawn from a seed: the same members in every run, and any number of them for benchmarks.

All of them are invented. Phones have the form of mobile numbers (199 and eight digits) so that every screen treats
them as such; nothing is ever sent to them.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.codec import convert
from pos_app.domain.ids import MemberId, StaffId, TierId, check_digit
from pos_app.domain.member import Birthday, Gender, Member
from pos_app.domain.staff import Role
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

DEMO_SEED: Final = 20240
DEMO_MEMBERS: Final = 2_000
#: Tier ids of the demo programme, lowest first, and how many of a hundred members are in each.
DEMO_TIERS: Final = (TierId("regular"), TierId("silver"), TierId("gold"), TierId("platinum"))
_TIER_SHARES: Final = (60, 25, 12, 3)
#: Members joined during this many days before the last one, who joined so many days before the visit.
_JOINED_WITHIN_DAYS: Final = 1_500
_LAST_JOINED_DAYS_AGO: Final = 10
#: This member's birthday is so many days after the visit, so that its gift can be seen.
BIRTHDAY_SOON: Final = 3
_BIRTHDAY_IN_DAYS: Final = 2
#: Phones are 199 and a number below this; the factor has no divisor in common with it, so no phone comes twice.
_PHONE_BLOCK: Final = 100_000_000
_PHONE_FACTOR: Final = 48_271_037

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_MALE: Final = "伟强磊军勇涛斌波辉刚健明亮俊峰宇浩凯鑫鹏杰超博文志建国平东海林龙飞阳晨航睿泽轩"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀英燕玲桂红梅雪琳倩颖洁莹婷佳怡欣悦雨涵梦瑶诗琪思慧萍蕾薇"


class DemoPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who works in the demo shop, with the PIN in the open: for the demo only."""

    staff_id: StaffId
    name: str
    role: Role
    pin: str


class DemoShop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The demo shop's header and staff.

    Attributes:
        name: On screen and receipt.
        store: The store's id in the books.
        till_number: Number of the till, part of receipt numbers.
        address: On the receipt.
        phone: On the receipt.
        tax_number: On the receipt.
        footer: Last words of the receipt.
        card_pattern: Regular expression of a whole member card number, for the scanner.
        staff: Who may log in.
    """

    name: LocalText
    store: str
    till_number: int
    address: LocalText
    phone: str
    tax_number: str
    footer: LocalText
    card_pattern: str
    staff: tuple[DemoPerson, ...]


def load_shop(text: str) -> DemoShop:
    """Read ``shop.toml``.

    Raises:
        KnownError: ``demo.unreadable`` with the reason.
    """
    try:
        return convert(tomllib.loads(text), DemoShop)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnownError("demo.unreadable", reason=str(error)) from error


def card_number(index: int, width: int = 5) -> str:
    """The card of the n-th member: 88, the number in ``width`` digits, and a GS1 check digit."""
    digits = f"88{index:0{width}d}"
    return digits + check_digit(digits)


def generate_members(
    count: int, seed: int = DEMO_SEED, *, until: dt.date, tiers: Sequence[TierId] = DEMO_TIERS
) -> Iterator[Member]:
    """Draw members one after another, without keeping any: ten million are possible.

    Phones and cards are unique within a run; ids grow with the day of joining, as a real till's do. Equal arguments
    give equal members.

    Args:
        count: How many; at most 100 million.
        seed: Chooses the people.
        until: Day on which the last of them joined.
        tiers: Four tier ids, lowest first.
    """
    if not 0 <= count <= _PHONE_BLOCK:
        raise ValueError(f"cannot draw {count} members")
    rng = random.Random(seed)  # noqa: S311 - invented people, no secrets
    draw = rng.getrandbits
    birthdays = _birthdays(rng)
    ladder = [tier for tier, share in zip(tiers, _TIER_SHARES, strict=True) for _ in range(share)]
    width = max(5, len(str(count)))
    first_day = until.toordinal() - _JOINED_WITHIN_DAYS
    spread = max(count - 1, 1)
    for index in range(count):
        bits = draw(64)
        joined = first_day + index * _JOINED_WITHIN_DAYS // spread
        bits, roll = divmod(bits, 100)
        bits, birthday = divmod(bits, len(birthdays))
        name, gender = _name(bits)
        joined_on = dt.date.fromordinal(joined)
        yield Member(
            _member_id(joined, index, draw(62)),
            joined_on,
            phone=_phone(index, count, seed),
            name=name,
            gender=gender,
            birthday=birthdays[birthday],
            tier_id=ladder[roll],
            tier_since=joined_on,
            cards=(card_number(index, width),),
            source="demo",
            marketing_consent=roll % 2 == 0,
        )


def _member_id(joined_ordinal: int, index: int, noise: int) -> MemberId:
    """A UUIDv7 of the day of joining, in order of the index within it."""
    wall_ms = (joined_ordinal - 719_163) * 86_400_000 + index % 86_400_000
    return MemberId(UUID(int=wall_ms << 80 | 0x7 << 76 | (index & 0xFFF) << 64 | 0b10 << 62 | noise))


def _phone(index: int, count: int, seed: int) -> str:
    """The demo's block in order; larger crowds are scattered over all of 199."""
    if count <= 10_000:
        return f"1990000{index:04d}"
    return f"199{(index * _PHONE_FACTOR + seed) % _PHONE_BLOCK:08d}"


def _name(bits: int) -> tuple[str, Gender]:
    bits, surname = divmod(bits, len(_SURNAMES) * len(_SURNAMES))
    # The smaller of two draws: the list begins with the surnames that most people have.
    family = _SURNAMES[min(divmod(surname, len(_SURNAMES)))]
    bits, female = divmod(bits, 2)
    given = _FEMALE if female else _MALE
    bits, first = divmod(bits, len(given))
    bits, second = divmod(bits, len(given))
    name = family + given[first] + (given[second] if bits % 4 else "")
    return name, Gender.FEMALE if female else Gender.MALE


def _birthdays(rng: random.Random) -> list[Birthday | None]:
    """A pool to draw from: one in eight gave none, one in eight no year."""
    pool: list[Birthday | None] = [None] * 128
    for number in range(896):
        day = dt.date(1950, 1, 1) + dt.timedelta(days=rng.randrange(57 * 365))
        year = None if number < 128 else day.year
        if year is None and (day.month, day.day) == (2, 29):
            day = dt.date(2000, 2, 28)
        pool.append(Birthday(day.month, day.day, year))
    return pool


#: Headings of :func:`demo_member_rows`, as a shop's own spreadsheet would have them.
MEMBER_HEADINGS: Final = (
    "会员卡号",
    "姓名",
    "手机号",
    "性别",
    "生日",
    "会员等级",
    "积分余额",
    "积分到期日",
    "入会日期",
    "接收短信",
)


def demo_member_rows(
    count: int = DEMO_MEMBERS, seed: int = DEMO_SEED, *, today: dt.date, tiers: Sequence[TierId] = DEMO_TIERS
) -> Iterator[tuple[str, ...]]:
    """The demo's members as rows of a spreadsheet, headings first, for the import.

    Points grow with the tier; those of one member in twenty expire within a month, so that the notice can be seen. One
    has a birthday in two days.

    Args:
        count: How many members.
        seed: Chooses the people.
        today: The day on which a visitor comes.
        tiers: Four tier ids, lowest first.
    """
    yield MEMBER_HEADINGS
    rng = random.Random(seed + 1)  # noqa: S311 - invented people, no secrets
    ranks = {tier: rank for rank, tier in enumerate(tiers)}
    soon = today + dt.timedelta(days=_BIRTHDAY_IN_DAYS)
    last_joined = today - dt.timedelta(days=_LAST_JOINED_DAYS_AGO)
    for index, member in enumerate(generate_members(count, seed, until=last_joined, tiers=tiers)):
        points = rng.randrange(0, (600, 2_500, 6_000, 15_000)[ranks[member.tier_id]])
        is_near = rng.randrange(20) == 0
        expires = today + dt.timedelta(days=rng.randrange(3, 28) if is_near else rng.randrange(60, 700))
        yield (
            member.cards[0],
            member.name,
            member.phone,
            "女" if member.gender is Gender.FEMALE else "男",
            f"{soon.month:02d}-{soon.day:02d}" if index == BIRTHDAY_SOON else _birthday_text(member.birthday),
            member.tier_id,
            str(points),
            expires.isoformat() if points else "",
            member.joined_on.isoformat(),
            "是" if member.marketing_consent else "否",
        )


def _birthday_text(birthday: Birthday | None) -> str:
    if birthday is None:
        return ""
    year = "" if birthday.year is None else f"{birthday.year}-"
    return f"{year}{birthday.display()}"
