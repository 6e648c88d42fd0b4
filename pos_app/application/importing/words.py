"""Every field and every reason in Chinese and English, for the command line and the error report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pos_app.application.importing.model import RowIssue
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: What each field is called.
FIELD_WORDS: Final[Mapping[str, LocalText]] = {
    "phone": LocalText("手机号", "phone"),
    "card": LocalText("会员卡号", "card number"),
    "name": LocalText("名称", "name"),
    "tier": LocalText("会员等级", "tier"),
    "points": LocalText("积分余额", "points balance"),
    "points_expire": LocalText("积分到期日", "points expire on"),
    "birthday": LocalText("生日", "birthday"),
    "gender": LocalText("性别", "gender"),
    "joined_on": LocalText("入会日期", "joined on"),
    "email": LocalText("邮箱", "e-mail"),
    "note": LocalText("备注", "note"),
    "tags": LocalText("标签", "tags"),
    "status": LocalText("状态", "status"),
    "consent": LocalText("接收短信", "marketing consent"),
    "source": LocalText("来源", "source"),
    "barcode": LocalText("条码", "barcode"),
    "item": LocalText("货号", "item number"),
    "unit": LocalText("单位", "unit"),
    "price": LocalText("零售价", "price"),
    "member_price": LocalText("会员价", "member price"),
    "tax_rate": LocalText("税率", "tax rate"),
    "category": LocalText("分类", "category"),
    "category_id": LocalText("分类编码", "category code"),
    "category_en": LocalText("分类英文", "category in English"),
    "weighed": LocalText("称重", "weighed"),
    "open_price": LocalText("时价", "open price"),
    "tare": LocalText("皮重", "tare"),
    "brand": LocalText("品牌", "brand"),
    "discountable": LocalText("可折扣", "discountable"),
    "not_discountable": LocalText("不可折扣", "not discountable"),
    "active": LocalText("在售", "active"),
    "inactive": LocalText("停用", "inactive"),
}

#: Why a cell or a row is not taken, or taken with a doubt.
REASONS: Final[Mapping[str, LocalText]] = {
    "text.too_long": LocalText("文字太长，最多 {limit} 个字", "too long: at most {limit} characters"),
    "text.control": LocalText("含有不可见的控制字符", "has control characters in it"),
    "number.wrong": LocalText("不是数字", "is not a number"),
    "number.fraction": LocalText("号码不能有小数", "a number of this kind has no fraction"),
    "number.lost_digits": LocalText(
        "号码已被表格软件改成科学计数法，丢失了数字；请把该列设为文本后重新填写",
        "the spreadsheet has dropped digits (1.38E+10); make the column text and enter it again",
    ),
    "phone.wrong": LocalText("不是 11 位手机号", "is not a mobile number of 11 digits"),
    "phone.repeated": LocalText("手机号与第 {other} 行相同", "the same phone as in row {other}"),
    "card.wrong": LocalText("卡号只能是 40 位以内的字母和数字", "a card number is up to 40 letters and digits"),
    "card.repeated": LocalText("卡号与第 {other} 行相同", "the same card as in row {other}"),
    "card.short": LocalText(
        "卡号比其他行短，开头的 0 可能丢了", "shorter than the other cards: leading zeros may be lost"
    ),
    "card.filled": LocalText("卡号开头的 0 已补上", "leading zeros were put back"),
    "member.no_key": LocalText("手机号和卡号都没有", "neither phone nor card"),
    "member.two_members": LocalText("手机号和卡号分属两位会员", "the phone and the card are two different members'"),
    "member.repeated": LocalText("与第 {other} 行是同一位会员", "the same member as in row {other}"),
    "phone.replaced": LocalText("该会员的手机号将被更换", "the member's phone number will be replaced"),
    "tier.unknown": LocalText("会员方案里没有这个等级；有：{known}", "no such tier; there are: {known}"),
    "tier.kept": LocalText("该会员现有等级更高，保留", "the member's present tier is higher and stays"),
    "points.negative": LocalText("积分不能为负", "points cannot be negative"),
    "points.too_large": LocalText("积分太大", "too many points"),
    "points.rounded": LocalText("积分有小数，已舍去", "points are whole: the fraction was dropped"),
    "points.expired": LocalText("积分已过期，不导入积分", "the points have expired and are not brought in"),
    "date.wrong": LocalText("不是日期，请写成 1990-05-17", "is not a date; write it like 1990-05-17"),
    "date.no_year": LocalText("日期缺年份", "the year is missing"),
    "date.ambiguous": LocalText(
        "分不清日和月，请写成 1990-05-17", "day and month cannot be told apart; write 1990-05-17"
    ),
    "date.future": LocalText("日期在将来", "the date is in the future"),
    "gender.wrong": LocalText("性别请写 男 或 女", "gender is male or female"),
    "status.wrong": LocalText("看不懂这个状态", "this status is not known"),
    "email.wrong": LocalText("不是邮箱地址", "is not an e-mail address"),
    "name.missing": LocalText("没有品名", "the name is missing"),
    "price.missing": LocalText("没有售价", "the price is missing"),
    "price.zero": LocalText("售价为 0", "the price is zero"),
    "money.negative": LocalText("金额不能为负", "an amount cannot be negative"),
    "money.too_fine": LocalText("金额最多两位小数", "an amount has two decimals at most"),
    "money.too_large": LocalText("金额太大", "the amount is too large"),
    "member_price.above": LocalText("会员价高于售价", "the member price is above the price"),
    "rate.wrong": LocalText("不是税率，请写成 13%", "is not a tax rate; write it like 13%"),
    "tare.wrong": LocalText("皮重请写整克数，最多 {most}", "write the tare in whole grams, at most {most}"),
    "yes_no.wrong": LocalText("请写 是 或 否", "write yes or no"),
    "unit.by_the_piece": LocalText(
        "将按件销售；要称重请在“称重”列写 是，并填每公斤的价格",
        "sold by the piece; mark 称重 and give the price per kg to weigh it",
    ),
    "item.wrong": LocalText("货号只能是字母、数字和 . _ / + -", "an item number is letters, digits and . _ / + -"),
    "item.repeated": LocalText("货号与第 {other} 行相同", "the same item number as in row {other}"),
    "item.filled": LocalText("称重商品货号已补足 5 位", "the item number was filled up to five digits for the scale"),
    "product.no_key": LocalText("货号和条码都没有", "neither item number nor barcode"),
    "barcode.wrong": LocalText("条码只能是字母、数字和 . _ / + -", "a barcode is letters, digits and . _ / + -"),
    "barcode.check_digit": LocalText("条码校验位不对，应为 {expected}", "wrong check digit: it should be {expected}"),
    "barcode.repeated": LocalText("条码与第 {other} 行相同", "the same barcode as in row {other}"),
    "barcode.taken": LocalText("条码已属于货号 {item}", "the barcode is item {item}'s already"),
    "barcode.filled": LocalText("条码开头的 0 已补上", "the leading zero was put back"),
    "barcode.own_check_digit": LocalText("店内码的校验位不对", "an in-store code with a wrong check digit"),
}

#: Why a whole file cannot be taken.
PROBLEMS: Final[Mapping[str, LocalText]] = {
    "import.unreadable": LocalText("文件读不出来：{reason}", "The file cannot be read: {reason}"),
    "import.not_found": LocalText("找不到文件 {name}", "There is no file {name}"),
    "import.no_sheet": LocalText("没有工作表“{sheet}”；有：{known}", "No sheet “{sheet}”; there are: {known}"),
    "import.empty": LocalText("文件是空的", "The file is empty"),
    "import.no_header": LocalText(
        "找不到标题行；请用 --map 指明列，或写上标题",
        "No row of headings was found; add one, or name the columns with --map",
    ),
    "import.too_large": LocalText("文件太大（最多 {limit} {unit}）", "The file is too large (at most {limit} {unit})"),
    "import.too_many_columns": LocalText("列太多（最多 {limit} 列）", "Too many columns (at most {limit})"),
    "import.missing_column": LocalText(
        "缺少列：{columns}；可用 --map 标题=字段 指明", "Missing: {columns}; name it with --map HEADING=FIELD"
    ),
    "import.unknown_field": LocalText("没有字段“{field}”；有：{known}", "No field “{field}”; there are: {known}"),
    "import.unknown_heading": LocalText("文件里没有标题“{heading}”", "The file has no heading “{heading}”"),
    "import.rejected_rows": LocalText(
        "有 {count} 行不能导入，什么都没有写入；改好再导入，或用 --skip-rejected 跳过这些行",
        "{count} rows cannot be taken, nothing was written; mend them, or leave them out with --skip-rejected",
    ),
    "import.not_written": LocalText("写不了文件 {name}", "The file {name} cannot be written"),
    "import.stale": LocalText(
        "预览之后数据变了，什么都没有写入；请重新导入",
        "The data changed since the preview, nothing was written; try again",
    ),
    "permission.missing": LocalText("没有权限，请店长操作", "Not permitted: ask the manager"),
    "ledger.not_saved": LocalText("没有写入，什么都没有改变：{reason}", "Not saved, nothing was changed: {reason}"),
}

#: Reasons why a file cannot be read at all.
UNREADABLE: Final[Mapping[str, LocalText]] = {
    "encoding": LocalText("不是文本，或编码不认识", "it is not text, or of an unknown encoding"),
    "damaged": LocalText("文件损坏或不是表格", "it is damaged or not a spreadsheet"),
    "password": LocalText("文件有密码，请先去掉密码", "it has a password; remove it first"),
    "html": LocalText("是网页而不是表格，请另存为 .xlsx", "it is a web page; save it as .xlsx"),
    "permission": LocalText("没有权限打开，或被别的程序占用", "it may not be opened, or another program holds it"),
    "folder": LocalText("这是文件夹", "it is a folder"),
}


def field_word(field: str, language: str) -> str:
    """What a field is called; its own name where it has no other."""
    word = FIELD_WORDS.get(field)
    return field if word is None else word.in_language(language)


def reason(issue: RowIssue, language: str) -> str:
    """The sentence for an issue, without row and column."""
    words = REASONS.get(issue.code)
    return issue.code if words is None else _fill(words.in_language(language), dict(issue.details))


def problem(error: KnownError, language: str) -> str:
    """The sentence for an error that concerns the whole file."""
    words = PROBLEMS.get(error.code)
    if words is None:
        return error.code
    details = {name: _value(value, language) for name, value in error.details.items()}
    return _fill(words.in_language(language), details)


def _value(value: object, language: str) -> str:
    if isinstance(value, str):
        unreadable = UNREADABLE.get(value)
        return value if unreadable is None else unreadable.in_language(language)
    if isinstance(value, Iterable):
        joined = ("、" if language.startswith("zh") else ", ").join
        return joined("/".join(field_word(part, language) for part in str(item).split("/")) for item in value)
    return str(value)


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _fill(sentence: str, details: Mapping[str, str]) -> str:
    return sentence.format_map(_Gaps(details))
