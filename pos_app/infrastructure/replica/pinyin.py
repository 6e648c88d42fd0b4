"""What a Chinese name is searched by besides itself: pinyin initials and the given name."""

from __future__ import annotations

import itertools
import os
from functools import lru_cache
from typing import Final

#: Surnames that are read otherwise than the character alone.
_SURNAMES: Final = {
    "单": "s", "解": "x", "仇": "q", "查": "z", "曾": "z", "朴": "p", "区": "o", "尉": "y", "翟": "z", "盖": "g",
    "缪": "m", "冼": "x", "覃": "q", "乐": "y", "召": "s", "隗": "w", "那": "n", "适": "k", "员": "y", "繁": "p",
}  # fmt: skip
#: Two characters that are one surname; what follows is the given name.
_COMPOUND: Final = frozenset(
    {
        *("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒"),
        *("司空", "夏侯", "轩辕", "端木", "百里", "东郭", "南宫", "西门", "独孤", "公冶", "淳于", "单于", "澹台"),
        *("闻人", "太史", "申屠", "钟离", "呼延", "万俟", "赫连", "第五", "拓跋", "完颜", "纳兰"),
    }
)
_COMPOUND_INITIALS: Final = {"尉迟": "yc", "单于": "cy", "澹台": "tt", "万俟": "mq"}


def is_chinese(text: str) -> bool:
    """Whether a text begins with a Chinese character."""
    first = text[:1]
    return "\u4e00" <= first <= "\u9fff" or "\u3400" <= first <= "\u4dbf" or first >= "\U00020000"


@lru_cache(maxsize=8192)
def _initials_of(character: str) -> tuple[str, ...]:
    """The first letters of a character's readings, the usual one first.

    A letter or digit stands for itself, anything else for nothing.
    """
    if character.isascii():
        return (character.lower() if character.isalnum() else "",)
    # Readings of single characters are all that is needed; the dictionary of phrases costs 40 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(each[:1].lower() for each in readings[0])) if readings else ("",)


def initials(text: str) -> str:
    """Pinyin initials of any text: ``农夫山泉`` gives ``nfsq``; Latin letters and digits stay."""
    return "".join(_initials_of(character)[0] for character in text)


def initials_variants(text: str, limit: int = 8) -> list[str]:
    """Pinyin initials with every reading of characters that have several: ``长城`` gives ``zc`` and ``cc``."""
    ways = itertools.product(*(_initials_of(character) for character in text))
    return list(dict.fromkeys("".join(way) for way in itertools.islice(ways, limit)))


def name_initials(name: str) -> str:
    """Pinyin initials of a person's name, surnames read as surnames; a Latin name in lower case without spaces."""
    if name[:2] in _COMPOUND_INITIALS and len(name) > 2:
        return _COMPOUND_INITIALS[name[:2]] + initials(name[2:])
    first = _SURNAMES.get(name[:1])
    return initials(name) if first is None else first + initials(name[1:])


def given_name(name: str) -> str:
    """What follows the surname of a Chinese name, or the last word of a Latin one; empty where there is none."""
    if is_chinese(name):
        length = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
        return name[length:]
    head, _, tail = name.rpartition(" ")
    return tail.casefold() if head else ""
