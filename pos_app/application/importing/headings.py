"""What the columns of a file are: finds the row of the headings and matches each to a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from pos_app.application.importing.cells import is_blank, plain
from pos_app.application.importing.model import Cell, ColumnMatch, ImportKind, ImportOptions
from pos_app.errors import KnownError

#: Titles, dates and notes may stand above the headings: this many rows are looked at.
SEARCHED_ROWS: Final = 30
MAX_COLUMNS: Final = 200

#: Headings of each field, the likeliest first: where two columns could be one field, the earlier word wins.
MEMBER_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": (
        *(
            "手机号",
            "手机",
            "手机号码",
            "会员手机",
            "会员手机号",
            "移动电话",
            "联系手机",
            "电话",
            "电话号码",
            "联系电话",
        ),
        *("会员电话", "联系方式", "phone", "mobile", "mobilephone", "phonenumber", "mobilenumber", "cellphone", "cell"),
        *("telephone", "tel"),
    ),
    "card": (
        *("卡号", "会员卡号", "会员卡", "会员卡号码", "实体卡号", "ic卡号", "卡面号", "会员号", "会员编号", "会员编码"),
        *("card", "cardno", "cardnumber", "membercard", "memberno", "membernumber"),
    ),
    "name": (
        *("姓名", "会员姓名", "会员名称", "会员名", "客户姓名", "顾客姓名", "客户名称", "名字", "名称", "昵称"),
        *("name", "membername", "fullname", "customername"),
    ),
    "tier": (
        *("等级", "会员等级", "会员级别", "级别", "卡类型", "会员类型", "卡等级", "卡种", "等级名称"),
        *("tier", "level", "membertier", "memberlevel", "grade", "cardtype"),
    ),
    "points": (
        *("积分", "积分余额", "可用积分", "当前积分", "剩余积分", "现有积分", "会员积分", "期初积分"),
        *("points", "pointsbalance", "pointbalance", "balancepoints", "currentpoints"),
    ),
    "points_expire": (
        *("积分到期日", "积分有效期", "积分到期", "积分有效期至", "积分失效日期"),
        *("pointsexpire", "pointsexpiry", "pointsexpireon"),
    ),
    "birthday": ("生日", "出生日期", "会员生日", "出生年月日", "birthday", "birthdate", "dateofbirth", "dob"),
    "gender": ("性别", "会员性别", "gender", "sex"),
    "joined_on": (
        *("入会日期", "入会时间", "注册时间", "注册日期", "开卡日期", "开卡时间", "办卡日期", "办卡时间", "发卡日期"),
        *("加入日期", "创建时间", "建卡日期", "joined", "joinedon", "joindate", "registered", "registeredon", "since"),
        *("membersince", "createdat", "signupdate"),
    ),
    "email": ("邮箱", "电子邮箱", "邮箱地址", "电子邮件", "email", "emailaddress", "mail"),
    "note": ("备注", "说明", "备注信息", "note", "notes", "remark", "remarks", "comment"),
    "tags": ("标签", "会员标签", "tags", "tag"),
    "status": ("状态", "会员状态", "卡状态", "status", "memberstatus"),
    "consent": ("接收短信", "营销同意", "同意营销", "接受短信", "短信订阅", "consent", "marketing", "marketingconsent"),
    "source": ("来源", "会员来源", "注册渠道", "渠道", "source", "channel"),
}
PRODUCT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "barcode": (
        *(
            "条码",
            "条形码",
            "商品条码",
            "商品条形码",
            "国际条码",
            "主条码",
            "国标码",
            "69码",
            "条码号",
            "其他条码",
            "附加条码",
        ),
        *("barcode", "barcodes", "ean", "ean13", "gtin", "upc", "ean/upc"),
    ),
    "item": (
        *("货号", "商品编码", "商品编号", "商品货号", "编码", "编号", "自编码", "店内码", "商品代码", "plu", "plu码"),
        *("sku", "item", "itemno", "itemnumber", "itemcode", "productcode", "productid", "productno", "code"),
    ),
    "name": (
        *("品名", "商品名称", "名称", "商品名", "货品名称", "产品名称", "商品", "name", "productname", "itemname"),
        *("description", "product"),
    ),
    "unit": ("单位", "计量单位", "销售单位", "基本单位", "unit", "uom", "units"),
    "price": (
        *(
            "零售价",
            "售价",
            "销售价",
            "销售价格",
            "零售价格",
            "单价",
            "价格",
            "标价",
            "price",
            "retailprice",
            "unitprice",
        ),
        *("sellingprice", "saleprice"),
    ),
    "member_price": ("会员价", "会员价格", "会员售价", "memberprice", "vipprice", "memberunitprice"),
    "tax_rate": ("税率", "销项税率", "增值税率", "增值税", "税率%", "taxrate", "vat", "tax", "vatrate", "tax%", "vat%"),
    "category": (
        "分类",
        "类别",
        "商品分类",
        "商品类别",
        "品类",
        "类别名称",
        "分类名称",
        "category",
        "group",
        "department",
    ),
    "category_id": ("分类编码", "类别编码", "分类代码", "品类编码", "categoryid", "categorycode"),
    "category_en": ("分类英文", "英文分类", "categoryen", "categoryenglish"),
    "weighed": ("称重", "是否称重", "称重商品", "计价方式", "计价类型", "weighed", "isweighed", "weighted", "byweight"),
    "open_price": ("时价", "开放价格", "是否时价", "可改价", "openprice", "isopenprice", "variableprice"),
    "tare": ("皮重", "皮重克", "包装重量", "包装重", "tare", "tareg", "tareweight"),
    "brand": ("品牌", "品牌名称", "brand", "brandname"),
    "discountable": (
        "可折扣",
        "允许折扣",
        "是否折扣",
        "可打折",
        "是否打折",
        "参与折扣",
        "discountable",
        "allowdiscount",
    ),
    "not_discountable": ("不可折扣", "禁止折扣", "不打折", "不参与折扣", "nodiscount", "nondiscountable"),
    "active": ("状态", "是否在售", "在售", "启用", "是否启用", "商品状态", "active", "isactive", "enabled", "status"),
    "inactive": ("停用", "是否停用", "停售", "下架", "是否下架", "inactive", "disabled", "discontinued"),
}
FIELDS: Final[Mapping[ImportKind, Mapping[str, tuple[str, ...]]]] = {
    ImportKind.MEMBERS: MEMBER_FIELDS,
    ImportKind.PRODUCTS: PRODUCT_FIELDS,
}
#: What must be there: one field of each group.
REQUIRED: Final[Mapping[ImportKind, tuple[tuple[str, ...], ...]]] = {
    ImportKind.MEMBERS: (("phone", "card"),),
    ImportKind.PRODUCTS: (("name",), ("price",), ("item", "barcode")),
}
#: Fields that several columns may fill together (卡号1, 卡号2; 条码, 附加条码).
REPEATABLE: Final = frozenset({"barcode", "card"})

_BRACKETS: Final = re.compile(r"[(\[【{<].*?[)\]】}>]")
_NOISE: Final = re.compile(r"[\s*_:：;；,，.。?？!！'\"“”·\-]+")
_TRAILING_NUMBER: Final = re.compile(r"(?<=\D)\d{1,2}$")
#: First words of a row of sums under the data.
TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "total", "totals", "sum", "grandtotal"})


class Layout:
    """Where the headings are and what each column is.

    Attributes:
        header_row: From 1, as the file counts.
        headings: As in the file.
        columns: What each was taken for.
        indexes: Columns of each field, from 0.
    """

    def __init__(self, kind: ImportKind, header_row: int, headings: Sequence[str], options: ImportOptions) -> None:
        self.header_row: Final = header_row
        self.headings: Final = tuple(headings)
        self.columns: Final = _match(kind, headings, options)
        indexes: dict[str, list[int]] = {}
        for column in self.columns:
            if column.field:
                indexes.setdefault(column.field, []).append(column.index)
        self.indexes: Final = {field: tuple(places) for field, places in indexes.items()}
        self._normal = tuple(normal_heading(heading) for heading in headings)

    def heading(self, field: str) -> str:
        """The heading of a field's first column, for messages."""
        return self.headings[self.indexes[field][0]] if field in self.indexes else field

    def is_data(self, row: Sequence[Cell]) -> bool:
        """Whether a row is neither blank, nor a repetition of the headings, nor a row of sums."""
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            return False
        if not isinstance(first, str):
            return True
        word = normal_heading(first)
        if word in TOTALS:
            return False
        if word != next((name for name in self._normal if name), ""):
            return True
        return tuple(normal_heading(plain(cell)) for cell in row)[: len(self._normal)] != self._normal[: len(row)]


def normal_heading(text: str) -> str:
    """A heading without brackets, spaces, punctuation and case: ``售价 (元)*`` is ``售价``."""
    tidy = plain(text).casefold()
    return _NOISE.sub("", _BRACKETS.sub("", tidy)) or _NOISE.sub("", tidy)


def find_layout(
    kind: ImportKind, rows: Iterable[Sequence[Cell]], options: ImportOptions
) -> tuple[Layout, Iterator[tuple[int, Sequence[Cell]]]]:
    """Find the headings; give the rows below them with their numbers.

    Raises:
        KnownError: ``import.empty``, ``import.no_header``, ``import.too_many_columns``, ``import.missing_column``
            (``columns``: the fields, alternatives joined by ``/``), ``import.unknown_field``,
            ``import.unknown_heading``.
    """
    _check_mapping(kind, options)
    numbered = enumerate(iter(rows), start=1)
    head = list(islice(numbered, max(SEARCHED_ROWS, options.header_row or 0)))
    if not any(not is_blank(cell) for _, row in head for cell in row):
        raise KnownError("import.empty")
    place = _header_place(kind, head, options)
    number, row = head[place]
    if len(row) > MAX_COLUMNS:
        raise KnownError("import.too_many_columns", limit=MAX_COLUMNS)
    headings = [" ".join(plain(cell).split()) for cell in row]
    layout = Layout(kind, number, headings, options)
    known = {normal_heading(heading) for heading in headings}
    for heading, _ in options.mapping:
        if normal_heading(heading) not in known:
            raise KnownError("import.unknown_heading", heading=heading)
    missing = [group for group in REQUIRED[kind] if not any(field in layout.indexes for field in group)]
    if missing:
        raise KnownError("import.missing_column", columns=tuple("/".join(group) for group in missing))
    return layout, chain(iter(head[place + 1 :]), numbered)


def _check_mapping(kind: ImportKind, options: ImportOptions) -> None:
    for _, field in options.mapping:
        if field and field not in FIELDS[kind]:
            raise KnownError("import.unknown_field", field=field, known=tuple(FIELDS[kind]))


def _header_place(kind: ImportKind, head: Sequence[tuple[int, Sequence[Cell]]], options: ImportOptions) -> int:
    """The row with the most fields; the first of equals."""
    if options.header_row is not None:
        if not 1 <= options.header_row <= len(head):
            raise KnownError("import.no_header")
        return options.header_row - 1
    best, best_score = -1, 0
    for place, (_, row) in enumerate(head):
        headings = [plain(cell) if isinstance(cell, str) else "" for cell in row[:MAX_COLUMNS]]
        columns = _match(kind, headings, options)
        score = len({column.field for column in columns if column.field})
        if score > best_score:
            best, best_score = place, score
    if best < 0:
        raise KnownError("import.no_header")
    return best


def _aliases(kind: ImportKind) -> dict[str, tuple[str, int]]:
    return {
        normal_heading(alias): (field, rank)
        for field, aliases in FIELDS[kind].items()
        for rank, alias in reversed(list(enumerate((*aliases, field))))
    }


_ALIASES: Final = {kind: _aliases(kind) for kind in ImportKind}


def _match(kind: ImportKind, headings: Sequence[str], options: ImportOptions) -> tuple[ColumnMatch, ...]:
    aliases = _ALIASES[kind]
    chosen = {normal_heading(heading): field for heading, field in options.mapping}
    by_person = {field for field in chosen.values() if field}
    found: dict[int, tuple[str, int, bool]] = {}
    for index, heading in enumerate(headings):
        word = normal_heading(heading)
        if not word:
            continue
        if word in chosen:
            found[index] = (chosen[word], -1, True)
            continue
        known = aliases.get(word) or aliases.get(_TRAILING_NUMBER.sub("", word))
        if known is not None and known[0] not in by_person:
            found[index] = (*known, False)
    best: dict[str, int] = {}
    for field, rank, _ in found.values():
        best[field] = min(rank, best.get(field, rank))
    columns: list[ColumnMatch] = []
    taken: set[str] = set()
    for index, heading in enumerate(headings):
        field, rank, by_choice = found.get(index, ("", 0, False))
        second = field in taken and field not in REPEATABLE
        if second or (field != "barcode" and rank != best.get(field)):
            field = ""
        taken.add(field)
        columns.append(ColumnMatch(index, heading, field, by_choice))
    return tuple(columns)
