"""What head office publishes to all tills: staff, programme, goods, what may be spent without a line."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_app.cli.head_office_words import say
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from sync.head_office.database import Connection

Desk = Callable[[], AbstractContextManager["Connection"]]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def add_publishing(app: typer.Typer, desk: Desk, data: Callable[[], Path]) -> None:
    """Add the commands.

    Args:
        app: Where to.
        desk: Opens a transaction.
        data: Head office's folder.
    """
    _add_goods(app, desk)
    _add_members(app, desk, data)
    _add_staff(app, desk, data)


def _add_goods(app: typer.Typer, desk: Desk) -> None:
    @app.command("programme", help="Publish a programme · 发布会员方案")
    def programme(file: Annotated[Path, typer.Argument(help="A programme · 方案文件")]) -> None:
        from pos_app.cli.programme_command import read_programme
        from sync.head_office.publishing import publish_programme

        document = read_programme(file)
        with desk() as connection:
            row = connection.execute(
                "SELECT max(key::bigint) FROM master WHERE kind = 'programme' AND body IS NOT NULL"
            ).fetchone()
            known = 0 if row is None or row[0] is None else int(row[0])
            if document.version <= known:
                raise KnownError("programme.not_newer", version=document.version, known=known)
            count = publish_programme(connection, document, _now_ms())
        typer.echo(say("published", count=count))

    @app.command("catalogue", help="Publish goods from a spreadsheet · 发布商品")
    def catalogue(
        file: Annotated[Path, typer.Argument(help="As guitai import products takes it · 商品文件")],
        whole: Annotated[bool, typer.Option("--whole", help="Others are removed · 文件之外的商品删除")] = False,
    ) -> None:
        from pos_app.cli.head_office_goods import published, read_goods
        from sync.head_office.publishing import publish_catalogue

        with desk() as connection:
            known = published(connection)
        categories, products = read_goods(file, ((), ()) if whole else known)
        with desk() as connection:
            count = publish_catalogue(connection, categories, products, _now_ms(), whole=whole)
        typer.echo(say("published", count=count))

    @app.command("policy", help="Publish what may be spent without a line · 发布离线规则")
    def policy(
        offline: Annotated[
            list[str] | None, typer.Option("--offline", help="points, stored_value …; repeat; none: nothing · 可离线")
        ] = None,
    ) -> None:
        from sync.head_office.publishing import publish_policy
        from sync.protocol.messages import Policy

        known = ("points", "stored_value", "coupon", "use", "gift_card")
        for asset in offline or ():
            if asset not in known:
                raise KnownError("office.policy_wrong", asset=asset, known=", ".join(known))
        with desk() as connection:
            count = publish_policy(connection, Policy(tuple(sorted(set(offline or ())))), _now_ms())
        typer.echo(say("published", count=count))


def _add_members(app: typer.Typer, desk: Desk, data: Callable[[], Path]) -> None:
    members = typer.Typer(help="Members of all tills · 会员", no_args_is_help=True)
    app.add_typer(members, name="members")

    @members.command("import", help="Take members over from a spreadsheet, with their points · 导入会员")
    def take_members(
        file: Annotated[Path, typer.Argument(help="As guitai import members takes it · 会员文件")],
        store: Annotated[str, typer.Option("--store", help="Booked at this store · 记在哪个门店")],
    ) -> None:
        from pos_app.cli.head_office_members import programme_of, read_members
        from sync.head_office.console import pin_key
        from sync.head_office.openings import take_over

        with desk() as connection:
            if connection.execute("SELECT 1 FROM store WHERE store = %s", (store,)).fetchone() is None:
                raise KnownError("office.no_store", store=store)
            programme = programme_of(connection)
        openings, today = read_members(file, programme, pin_key(data()))
        with desk() as connection:
            new = take_over(connection, openings, store, today, _now_ms())
        typer.echo(say("taken_over", new=new, known=len(openings) - new))

    @members.command("erase", help="Erase a person's data everywhere; the books stay · 删除会员个人信息")
    def erase_member(
        phone: Annotated[str, typer.Argument(help="Phone number · 手机号")],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")] = False,
    ) -> None:
        from sync.head_office.erasing import erase, find_members

        with desk() as connection:
            found = find_members(connection, phone)
        if not found:
            raise KnownError("office.no_member")
        if not yes and not typer.confirm(say("erase", count=len(found), phone=phone)):
            raise typer.Exit(1)
        with desk() as connection:
            count = erase(connection, found, phone)
        typer.echo(say("erased", count=count))


def _add_staff(app: typer.Typer, desk: Desk, data: Callable[[], Path]) -> None:
    staff = typer.Typer(help="Staff of all tills · 员工", no_args_is_help=True)
    app.add_typer(staff, name="staff")

    @staff.command("add", help="Add somebody, or give them another PIN (GUITAI_NEW_PIN) · 添加员工或改 PIN")
    def add(
        number: Annotated[str, typer.Argument(help="Number · 工号")],
        name: Annotated[str, typer.Argument(help="Name · 姓名")],
        role: Annotated[str, typer.Option(help="cashier, supervisor or manager · 角色")] = "cashier",
    ) -> None:
        from pos_app.application.setting_up import MAX_PIN, MIN_PIN
        from pos_app.cli.head_office_command import ask_pin
        from pos_app.domain.ids import StaffId
        from pos_app.domain.staff import Role, Staff
        from pos_app.infrastructure.keys import Argon2PinHasher
        from sync.head_office.console import pin_key
        from sync.head_office.publishing import publish_staff

        if role not in set(Role):
            raise KnownError("role.unknown", role=role)
        clean = " ".join(name.split())
        if not clean or len(clean) > 40 or not clean.isprintable():
            raise KnownError("name.too_long", limit=40)
        pin = ask_pin(clean)
        if not (pin.isascii() and pin.isdigit() and MIN_PIN <= len(pin) <= MAX_PIN):
            raise KnownError("pin.too_weak", least=MIN_PIN, most=MAX_PIN)
        person = Staff(StaffId(number), clean, Role(role), Argon2PinHasher(pin_key(data())).hash(pin))
        with desk() as connection:
            publish_staff(connection, [person], _now_ms())
        typer.echo(f"{number} {clean}  ✓")

    @staff.command("list", help="Everybody · 列出员工")
    def listed() -> None:
        from sync.head_office.publishing import staff_of

        with desk() as connection:
            for each in staff_of(connection):
                typer.echo(f"{each.staff_id} {each.name} {each.role}" + ("" if each.is_active else " –"))

    @staff.command("remove", help="Somebody may not log in any more · 停用员工")
    def remove(number: Annotated[str, typer.Argument(help="Number · 工号")]) -> None:
        import msgspec

        from sync.head_office.publishing import publish_staff, staff_of

        with desk() as connection:
            found = [each for each in staff_of(connection) if each.staff_id == number]
            if not found:
                raise KnownError("staff.unknown")
            publish_staff(connection, [msgspec.structs.replace(found[0], is_active=False)], _now_ms())
        typer.echo(f"{number}  ✓")
