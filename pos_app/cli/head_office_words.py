"""What ``guitai head-office`` says."""

from __future__ import annotations

from typing import Final

from pos_app.cli.plain import plain
from pos_app.domain.text import LocalText

ERRORS: Final = {
    "office.no_postgres": LocalText(
        "这里没有自带的 PostgreSQL。请安装 guitai-pos[head-office]，或用 --dsn 指定数据库。",
        "There is no bundled PostgreSQL here. Install guitai-pos[head-office], or name a database with --dsn.",
    ),
    "office.folder_closed": LocalText(
        "以 root 运行时数据库用另一个用户，它进不去 {place}。请换一个目录，或用普通用户运行。",
        "As root, the database runs as another user, who may not enter {place}. "
        "Take another folder, or run as an ordinary user.",
    ),
    "office.database_start": LocalText("数据库启动不了：{reason}", "The database does not start: {reason}"),
    "office.database_unreachable": LocalText("连不上数据库：{reason}", "The database cannot be reached: {reason}"),
    "office.not_running": LocalText(
        "另一个进程占着这个数据目录，但数据库没有应答。",
        "Another process holds this data folder, but its database does not answer.",
    ),
    "office.no_file": LocalText("文件读不了：{file}", "The file cannot be read: {file}"),
    "office.file_wrong": LocalText(
        "这不是收银机导出的流水文件，或文件不完整。", "This is no file of a till's records, or it is cut off."
    ),
    "office.file_gap": LocalText(
        "文件之前的记录还没有收到。请在那台收银机上用 --all 重新导出。",
        "Records before those in the file are missing. Export again at that till, with --all.",
    ),
    "office.file_not_signed": LocalText(
        "文件不是由总部认识的收银机签名的，不能导入。",
        "The file is not signed by a till that head office knows; nothing of it is taken.",
    ),
    "office.running_already": LocalText(
        "总部服务已经在这个数据目录上运行。", "Head office already runs on this data folder."
    ),
    "office.old_postgres": LocalText(
        "PostgreSQL {version} 太旧，至少需要 {least}。", "PostgreSQL {version} is too old; {least} is the least."
    ),
    "office.newer_database": LocalText(
        "这个数据库由更新的版本使用过。请先升级本软件。",
        "This database was used by newer software. Update this software first.",
    ),
    "office.keys_missing": LocalText("{place} 里没有总部的密钥。", "The keys of head office are not in {place}."),
    "office.keys_damaged": LocalText("总部的密钥文件已损坏。", "The file of head office's keys is damaged."),
    "office.name_wrong": LocalText("“{name}”不是主机名或地址。", "“{name}” is no host name and no address."),
    "office.no_store": LocalText(
        "没有门店“{store}”。请先用 store add 添加。", "There is no store “{store}”. Add it with store add first."
    ),
    "office.no_till": LocalText("没有收银机“{till}”。", "There is no till “{till}”."),
    "office.number_taken": LocalText("机号 {number} 已经有了。", "Another till has the number {number}."),
    "office.backup_failed": LocalText("备份或恢复没有成功：{reason}", "Backup or restore failed: {reason}"),
    "office.running": LocalText("总部服务正在运行，请先停止它。", "Head office is running. Stop it first."),
    "office.listen_wrong": LocalText("“{listen}”不对：请写 地址:端口。", "“{listen}” is wrong: write ADDRESS:PORT."),
    "office.not_there": LocalText("没有“{what}”。", "There is no “{what}”."),
    "office.rows_rejected": LocalText("文件里有不能用的行：{problems}", "Rows of the file cannot be taken: {problems}"),
    "office.policy_wrong": LocalText(
        "“{asset}”不能离线使用；可写：{known}", "“{asset}” is nothing to spend offline; there are: {known}"
    ),
    "office.no_programme": LocalText(
        "还没有发布会员方案：先发布，等级的名称由它定。",
        "No programme is published yet. Publish it first: it has the names of the tiers.",
    ),
    "office.no_member": LocalText("没有会员用这个手机号。", "No member has that phone number."),
    "office.no_number": LocalText("收银机编号用完了。", "There is no number of a till left."),
    "sync.busy": LocalText("数据库正忙或连不上，请稍后再试。", "The database is busy or gone. Try again later."),
}

WORDS: Final = {
    "listening": LocalText("总部服务已启动：{where}，数据在 {data}", "Head office is at {where}, its data in {data}"),
    "code": LocalText(
        "加入码 {code}（门店 {store}，10 分钟内、一次有效）", "Code {code} (store {store}; good for 10 minutes, once)"
    ),
    "journal_taken": LocalText(
        "{till}：文件里 {records} 条，其中 {new} 条是新的；总部已有到第 {last} 条",
        "{till}: {records} records in the file, {new} of them new; head office has up to {last}",
    ),
    "invitation": LocalText(
        "在收银机的“加入总部”里扫下面的方码，或粘贴：{where}",
        "At the till, under “Join head office”, scan the square code below, or paste: {where}",
    ),
    "till": LocalText(
        "{store} #{number} {till} [{state}{fenced}] 第 {incarnation} 世  最近 {seen}  未发 {waiting}  "
        "已收 {accepted}  已记 {applied}  搁置 {set_aside}",
        "{store} #{number} {till} [{state}{fenced}] life {incarnation}  seen {seen}  waiting {waiting}  "
        "accepted {accepted}  applied {applied}  set aside {set_aside}",
    ),
    "aside": LocalText("    {state}：{what}", "    {state}: {what}"),
    "attention": LocalText("    {what}", "    {what}"),
    "none": LocalText("没有", "none"),
    "never": LocalText("从未", "never"),
    "published": LocalText("已发布，变更 {count} 项", "Published; {count} changed"),
    "epoch": LocalText(
        "已开始新纪元 {epoch}；各收银机会补发缺少的记录", "New epoch {epoch}; tills send what is missing"
    ),
    "taken_over": LocalText(
        "新会员 {new} 位（记账后可见），已有 {known} 位", "{new} new members, there once they are booked; {known} known"
    ),
    "erase": LocalText(
        "将删除手机号 {phone} 的会员 {count} 位的个人信息，不能恢复；账目保留。确定吗？",
        "The personal data of {count} member(s) with phone {phone} will be gone for good; the books stay. Go on?",
    ),
    "erased": LocalText(
        "已删除 {count} 位会员的个人信息；各收银机联网后也会删除。备份里仍有：恢复备份后请再删一次",
        "{count} erased, at each till as soon as it is online. Backups still have them: erase again after a restore",
    ),
    "audited": LocalText(
        "核对了 {records} 条记录、{accounts} 个账户，差错 {wrong} 处",
        "{records} records and {accounts} accounts compared; {wrong} wrong",
    ),
    "done": LocalText("完成", "Done"),
}

#: How a till stands, why nothing more is taken of a life of it, and how a record that is not in the books stands.
STATES: Final = {
    "active": LocalText("在用", "active"),
    "revoked": LocalText("已停用", "revoked"),
    "lost": LocalText("已报失", "lost"),
    "succeeded": LocalText("已被接替", "succeeded"),
    "fork": LocalText("两台机器冒用同一机号", "two machines were one till"),
    "quarantined": LocalText("待人处理", "for a person"),
    "held": LocalText("等前面的记录", "held by another"),
    "waiting": LocalText("等总部升级", "for an update"),
    "dismissed": LocalText("已驳回", "dismissed"),
}


def state(code: str) -> LocalText:
    """A state in words; as it is where there are none."""
    return STATES.get(code, LocalText(code, code))


def say(key: str, **values: object) -> str:
    """A sentence, Chinese first, then English; a value that has words in both is told in each."""
    text = WORDS[key]
    zh = {name: plain(each.zh if isinstance(each, LocalText) else each) for name, each in values.items()}
    en = {name: plain(each.en if isinstance(each, LocalText) else each) for name, each in values.items()}
    return f"{text.zh.format(**zh)}\n{text.en.format(**en)}"
