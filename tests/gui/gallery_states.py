"""Invented states for every view, plausible for a Chinese shop: the gallery draws them, tests measure them."""

from __future__ import annotations

from gallery_benefits import benefits_shots
from gallery_counter import counter_shots
from gallery_devices import device_shots
from gallery_goods import goods_shots
from gallery_members import member_shots
from gallery_sale import sale_shots
from gallery_shot import HEADER_OUT, Shot
from gallery_states_manager import manager_shots
from gallery_sync import sync_shots
from gallery_wizard import wizard_shots

from pos_app.ui.screens.login.state import LoginState, StaffChoice
from pos_app.ui.state import Notice, Phase, Tone

STAFF = (
    StaffChoice("s1", "李娜"),
    StaffChoice("s2", "王建国", "manager"),
    StaffChoice("s3", "欧阳晓丽"),
)
LOGIN = LoginState(store="惠民生鲜 · 文三路店", staff=STAFF, selected="s1", version="0.1.0")


def login_shots() -> list[Shot]:
    return [
        Shot("login", "login", LOGIN, HEADER_OUT),
        Shot(
            "login_wrong",
            "login",
            LoginState(
                store=LOGIN.store,
                staff=STAFF,
                selected="s2",
                shift_open_by="李娜",
                shift_open_since="08:58",
                notice=Notice(Tone.DANGER, "pin.wrong", {"tries_left": 3}),
                version="0.1.0",
            ),
            HEADER_OUT,
        ),
        Shot("login_coming", "login", LoginState(store=LOGIN.store, phase=Phase.EMPTY, coming=True), HEADER_OUT),
        Shot("login_failed", "login", LoginState(store=LOGIN.store, phase=Phase.FAILED, version="0.1.0"), HEADER_OUT),
    ]


def shots() -> list[Shot]:
    """Every picture, in the order of a day."""
    return [
        *login_shots(),
        *sale_shots(),
        *member_shots(),
        *benefits_shots(),
        *goods_shots(),
        *manager_shots(),
        *counter_shots(),
        *device_shots(),
        *sync_shots(),
        *wizard_shots(),
    ]
