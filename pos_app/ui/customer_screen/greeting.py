"""How a member is addressed where others can read it: never by the whole name, never by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.member import Gender
from pos_app.domain.text import mask_name
from pos_app.ui.customer_screen.words import say
from pos_app.ui.formats import one_line

if TYPE_CHECKING:
    from pos_app.domain.member import Member

#: Surnames of two characters that are met today; every other surname has one.
_LONG_SURNAMES: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙"
    "慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷"
    "轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
_LONG: Final = frozenset(_LONG_SURNAMES[at : at + 2] for at in range(0, len(_LONG_SURNAMES), 2))
_MOST: Final = 12
#: A name with so many digits is a number that somebody typed into the wrong box.
_DIGITS: Final = 4


def greeting(member: Member, language: str) -> str:
    """A sentence that greets a member: ``王女士，您好``, ``Hello, Anna``; without a name, as a member.

    A Chinese name is the surname with a form of address where one is known, else the surname and a star.
    """
    name = one_line(member.name.strip())
    if not name or sum(each.isdigit() for each in name) >= _DIGITS:
        return say(language, "hello_member")
    return say(language, "hello").format(name=_called(name, member.gender, language))


def _called(name: str, gender: Gender, language: str) -> str:
    if not _is_han(name):
        return name.split(maxsplit=1)[0][:_MOST]
    surname = name[:2] if name[:2] in _LONG and len(name) > 2 else name[:1]
    match gender:
        case Gender.FEMALE:
            return say(language, "ms").format(name=surname)
        case Gender.MALE:
            return say(language, "mr").format(name=surname)
        case _:
            return mask_name(name)


def _is_han(name: str) -> bool:
    return "\u3400" <= name[0] <= "\u9fff" or name[0] >= "\U00020000"
