"""What the command line says. The window's words need Qt; a terminal does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.cli import devices_words, head_office_words
from pos_app.domain.text import LocalText

if TYPE_CHECKING:
    from pos_app.errors import KnownError
    from pos_app.infrastructure.audit import AuditReport

TITLE: Final = "Guitai 柜台: the counter. Without a command the window opens · 收银台，不带命令则打开收银窗口"
#: Below the list of commands: what the window takes, and where ``--home`` may stand.
WINDOW_NOTE: Final = (
    "The window takes --home DIR (another till's folder), --demo (the demo shop; with --fresh anew), "
    "--language zh_CN|en and --theme light|dark. --home DIR goes with every command, in any place · "
    "窗口选项：--home 数据目录、--demo 演示店（加 --fresh 重新开始）、--language、--theme；--home 可用于任何命令"
)
#: Below the help of commands that ask who does it.
PIN_NOTE: Final = (
    "Asks a manager's number and PIN; scripts set GUITAI_STAFF and GUITAI_PIN. The window must be closed · "
    "需要店长的工号和 PIN（脚本请设置 GUITAI_STAFF 和 GUITAI_PIN）；请先关闭收银窗口"
)
NEW_PIN_NOTE: Final = f"GUITAI_NEW_PIN: the PIN of the one who is added · 新员工的 PIN. {PIN_NOTE}"

#: Below the help of ``may-remove``.
REMOVAL_NOTE: Final = (
    "Records that head office does not have are lost with the data. Export them, then a manager may agree with a PIN · "
    f"总部没有的记录会随数据丢失：请先导出，再由店长用 PIN 批准. {PIN_NOTE}"
)
#: Below the help of ``go-on-with-copy``.
OLDER_NOTE: Final = (
    "A new life of the till begins behind the copy's last record. Later sales that nobody else has are gone; what head "
    "office has it keeps · 收银机从旧账本的最后一条记录重新开始；此后只在本机的销售已丢失，总部已有的仍在总部. "
    f"{PIN_NOTE}"
)
MAY_REMOVE: Final = "✓ 本机数据可以移除 · this till's data may be removed"

_WORDS: Final = {
    "who": LocalText("谁来操作", "Who does it"),
}

_ERRORS: Final = {
    "till.not_set_up": LocalText(
        "这里还没有收银机。请先打开一次窗口完成设置，或用 --home 指定数据目录。",
        "There is no till here yet. Open the window once to set it up, or name its folder with --home.",
    ),
    "till.only_demo": LocalText(
        "这里还没有收银机，只有演示店。演示店请加上：--home {demo}",
        "There is no till here yet, only the demo shop. For the demo shop add: --home {demo}",
    ),
    "ledger.missing": LocalText("没有账本文件 {place}。", "There is no ledger file {place}."),
    "ledger.in_use": LocalText(
        "收银窗口正开着。请先关闭它再试。", "The till's window is open. Close it, then try again."
    ),
    "ledger.wrong_key": LocalText("密钥与账本不符。", "The key does not fit this ledger."),
    "ledger.damaged": LocalText("账本文件已损坏。", "The ledger file is damaged."),
    "journal.not_exported": LocalText(
        "{place} 不含总部没有的全部 {count} 条记录。请重新导出：guitai journal export",
        "{place} does not hold all {count} records that head office lacks. Export anew: guitai journal export",
    ),
    "older.not_approved": LocalText(
        "须由店长用工号和 PIN 批准，以这本旧账里的为准。",
        "A manager must agree, with the number and PIN that this copy knows.",
    ),
    "ledger.went_back": LocalText(
        "账本比收银机做过的要旧。若确要用它继续：guitai go-on-with-copy",
        "These books are older than what this till has done. To go on with them: guitai go-on-with-copy",
    ),
    "reset.not_confirmed": LocalText(
        "清除数据须确认：请在终端里运行，或加 --yes。", "This removes everything: run in a terminal, or add --yes."
    ),
    "file.not_removed": LocalText("文件删不掉：{reason}", "A file cannot be removed: {reason}"),
    "keys.missing": LocalText("找不到这本账的密钥。", "The key of this ledger is not here."),
    "pin.wrong": LocalText("PIN 不对，还可试 {tries_left} 次。", "Wrong PIN; tries left: {tries_left}."),
    "pin.locked": LocalText("PIN 已锁定，请 {minutes} 分钟后再试。", "Locked. Try again in {minutes} minutes."),
    "pin.needed": LocalText(
        "需要店长的 PIN：请在终端里运行，或设置 GUITAI_STAFF 和 GUITAI_PIN。",
        "A manager's PIN is needed: run in a terminal, or set GUITAI_STAFF and GUITAI_PIN.",
    ),
    "pin.new_needed": LocalText(
        "需要新员工的 PIN：请在终端里运行，或设置 GUITAI_NEW_PIN。",
        "The new PIN is needed: run in a terminal, or set GUITAI_NEW_PIN.",
    ),
    "pin.too_weak": LocalText("PIN 须为 {least} 到 {most} 位数字。", "A PIN has {least} to {most} digits."),
    "staff.unknown": LocalText("没有这位员工。", "Nobody of that number."),
    "role.unknown": LocalText(
        "没有角色“{role}”。请写 cashier（收银员）、supervisor（主管）或 manager（店长）。",
        "There is no role “{role}”. Write cashier, supervisor or manager.",
    ),
    "name.too_long": LocalText("姓名须为 1 到 {limit} 个字。", "A name has 1 to {limit} characters."),
    "permission.missing": LocalText("没有权限。", "Not permitted."),
    "sync.head_office_keeps": LocalText(
        "这台收银机的商品、会员方案和员工由总部管理，请在总部修改。",
        "Goods, programme and staff of this till come from head office. Change them there.",
    ),
    "sync.alone": LocalText("这台收银机没有加入总部。", "This till belongs to no head office."),
    "sync.offline": LocalText("连不上总部。", "Head office cannot be reached."),
    "sync.busy": LocalText("总部正忙，请稍后再试。", "Head office has much to do just now. Try again later."),
    "sync.not_vouched": LocalText(
        "应答的不是这台收银机的总部。", "Whoever answers there is not this till's head office."
    ),
    "sync.revoked": LocalText("总部已停用这台收银机。", "Head office took this till out of service."),
    "sync.fenced": LocalText("另一台机器已接替这台收银机。", "Another machine has taken the place of this till."),
    "sync.fork": LocalText("两台机器用了同一台收银机的身份。", "Two machines have been this same till."),
    "programme.unreadable": LocalText("方案文件读不懂：{reason}", "The programme cannot be read: {reason}"),
    "programme.wrong": LocalText("方案有问题：{problems}", "The programme is wrong: {problems}"),
    "scenario.unreadable": LocalText("案例文件读不懂：{reason}", "The scenario cannot be read: {reason}"),
    "scenario.wrong": LocalText("案例有问题：{problems}", "The scenario is wrong: {problems}"),
    "scenario.none": LocalText("{place} 里没有案例。", "There is no scenario in {place}."),
    "file.not_written": LocalText("文件写不了：{reason}", "The file cannot be written: {reason}"),
    "unit.key_id_wrong": LocalText(
        "密钥名“{key}”不对：1 到 16 个字母、数字、_ 或 -。",
        "No name for a key: “{key}”. 1 to 16 letters, digits, _ and -.",
    ),
    "unit.key_there": LocalText("{place} 已经存在，不会覆盖。", "{place} is there already and is not replaced."),
    "unit.key_unreadable": LocalText("{place} 不是密钥文件。", "{place} is no file of a key."),
    "unit.item_wrong": LocalText(
        "“{item}”不是商品条码（GTIN，校验位须正确）。", "“{item}” is no GTIN with a right check digit."
    ),
    "member_code.id_wrong": LocalText("“{member}”不是会员 ID（UUID）。", "“{member}” is no member's id (a UUID)."),
    "unit.site_wrong": LocalText(
        "“{site}”不能作链接：请写 https:// 开头、不带 ? 和 # 的网址。",
        "“{site}” cannot lead a link: write an address that begins with https://, without ? and #.",
    ),
    "gift_card.kind_unknown": LocalText(
        "方案里没有礼品卡“{kind}”。现有：{known}", "The programme has no gift card “{kind}”. There are: {known}"
    ),
    "programme.not_newer": LocalText(
        "方案版本 {version} 不比现有的 {known} 新。", "Version {version} is not newer than {known}."
    ),
}


def say(key: str, language: str) -> str:
    """A word of the command line."""
    return _WORDS[key].in_language(language)


_SAID: Final = (_ERRORS, head_office_words.ERRORS, devices_words.ERRORS)


def error(problem: KnownError) -> str:
    """A known error, Chinese first, then English."""
    text = next((each[problem.code] for each in _SAID if problem.code in each), None)
    if text is None:
        return f"{problem.code} {problem.details or ''}".strip()
    details = {
        name: "\n  ".join(("", *value)) if isinstance(value, tuple) else value
        for name, value in problem.details.items()
    }
    return f"{text.zh.format(**details)}\n{text.en.format(**details)}"


def sync_status(address: str, store: str, head: int, unsynced: int, applied: int, epoch: str) -> str:
    """What head office has of a till."""
    return (
        f"总部 head office {address}   门店 store {store}   {epoch or '—'}\n"
        f"  记录 records {head:,}   未上传 not sent {unsynced:,}   已入账 in its books {applied:,}"
    )


def exported(file: str, records: int, first: int, last: int, people: int, *, with_people: bool) -> str:
    """What was written into a file for head office."""
    said = f"{file}  {records:,} 条记录 records" + (f" ({first:,}-{last:,})" if records else "") + "  ✓"
    if with_people:
        return (
            f"{said}\n  含 {people:,} 位会员的个人信息，请妥善保管 · with personal data of {people:,} members: guard it"
        )
    return (
        f"{said}\n  不含会员个人信息；需要时加 --people · no personal data of members; add --people where it is needed"
    )


def must_not_remove(unsynced: int) -> str:
    """Why a till's data must stay."""
    return (
        f"✗ 还有 {unsynced:,} 条记录总部没有，请勿移除。先联网同步（guitai sync now），或导出后由店长批准：\n"
        f"  Head office lacks {unsynced:,} records: do not remove. Sync, or export them and let a manager approve:\n"
        "  guitai journal export FILE --people\n"
        "  guitai may-remove --exported FILE"
    )


def went_on(incarnation: int) -> str:
    """The till goes on with an older copy."""
    return f"✓ 已用旧账本继续，第 {incarnation} 次启用 · the till goes on with the copy; its life no. {incarnation}"


def reset_question(place: str) -> str:
    """Asked before a till's data goes."""
    return (
        f"清除 {place} 里的账本、会员资料和密钥，无法恢复。确定吗？\n"
        f"Remove books, members and keys in {place} for good?"
    )


def reset_done(files: int) -> str:
    """A till's data is gone."""
    return f"✓ 已清除 {files:,} 个文件 · {files:,} files removed"


def audit(report: AuditReport) -> str:
    """What an audit found."""
    if report.ok:
        return (
            f"✓ 账本完好 · the ledger is whole\n"
            f"  记录 records {report.records:,}   日结 closings {report.closings:,}   "
            f"凭证码 head {report.head_hash[:8]}"
        )
    return (
        f"✗ 第一处问题在记录 {report.bad_seq}：{report.reason}\n"
        f"  the first bad record is {report.bad_seq}: {report.reason}"
    )
