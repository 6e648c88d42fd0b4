"""Finding a member at work: searches while typing, one question at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos_app.application.lookup import MAX_RESULTS
from pos_app.domain.member import MemberStatus
from pos_app.domain.text import mask_name, mask_phone
from pos_app.ui import formats, i18n
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import CaptureRequest
from pos_app.ui.screens.member_search.state import FoundMember, MemberSearchState
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.application.selling import MemberView
    from pos_app.domain.ids import MemberId
    from pos_app.domain.member import Member
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import MemberRequest
    from pos_app.ui.screens.member_search.view import MemberSearchView

#: Typing is let settle this long before members are asked for.
SETTLE_MS = 120
MIN_QUERY = 2


class MemberSearchPresenter(Presenter["MemberSearchView", MemberSearchState]):
    """The sheet of F2."""

    def __init__(self, view: MemberSearchView, desk: Desk) -> None:
        super().__init__(view, desk, MemberSearchState())
        self._request: MemberRequest | None = None
        self._query = ""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._search)
        view.query_changed.connect(self._on_query)
        view.choose_requested.connect(self._on_choose)
        view.capture_requested.connect(self._on_capture)
        view.retry_requested.connect(self._search)
        view.scanned.connect(self._on_scanned)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Begin with an empty box."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a MemberRequest
        self._query = ""
        self.show(MemberSearchState())

    def _on_query(self, text: str) -> None:
        self._query = text.strip()
        self._settle.start()

    def _on_scanned(self, text: str) -> None:
        scans = self.desk.till.scans
        self.desk.reader(lambda: (text, scans.member(text)), self._on_read, self._on_refused)

    def _on_read(self, read: tuple[str, Member | None]) -> None:
        text, member = read
        if self.desk.shell.active_view() is not self.view:
            return
        if member is not None:
            self._on_choose(member.member_id)
            return
        self._query = text.strip()
        self._search()

    def _on_refused(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, notice=Notice.of(error)))

    def _search(self) -> None:
        query = self._query
        if len(query) < MIN_QUERY:
            self.show(MemberSearchState(query=query))
            return
        self.show(replace(self.state, query=query, phase=Phase.LOADING if not self.state.found else Phase.READY))
        lookup, till = self.desk.till.lookup, self.desk.till

        def work() -> tuple[str, tuple[tuple[Member, MemberView], ...]]:
            members = lookup.members(query)
            return query, tuple((each, till.selling.member_view(each.member_id)) for each in members)

        self.desk.reader(work, self._on_found, self._on_failed)

    def _on_found(self, result: tuple[str, tuple[tuple[Member, MemberView], ...]]) -> None:
        query, members = result
        if query != self._query:
            return  # something else is in the box by now
        today = self.desk.till.context.today()
        programme = self.desk.till.selling.programme()
        ranks = [tier.tier_id for tier in programme.tiers]
        language = i18n.current()
        found = tuple(
            FoundMember(
                key=member.member_id,
                name=mask_name(member.name) or mask_phone(member.phone),
                phone=mask_phone(member.phone),
                tier=view.tier.name.in_language(language),
                tier_rank=ranks.index(view.tier.tier_id) if view.tier.tier_id in ranks else 0,
                points=view.customer.account.balance(today),
                last_visit=formats.short_day(view.customer.account.last_visit)
                if view.customer.account.last_visit
                else "",
                usable=member.status in (MemberStatus.ACTIVE, MemberStatus.TEMPORARY),
                status=self._status(member),
            )
            for member, view in members
        )
        phase = Phase.READY if found else Phase.EMPTY
        self.show(MemberSearchState(query, found, len(found) >= MAX_RESULTS, phase))

    def _status(self, member: Member) -> str:
        words = {
            MemberStatus.FROZEN: self.tr("frozen"),
            MemberStatus.CLOSED: self.tr("closed"),
            MemberStatus.TEMPORARY: self.tr("temporary"),
        }
        return words.get(member.status, "")

    def _on_failed(self, error: KnownError) -> None:
        self.show(replace(self.state, found=(), phase=Phase.FAILED, notice=Notice.of(error)))

    def _on_choose(self, key: MemberId) -> None:
        if self._request is not None:
            self.desk.close()
            self._request.member_chosen(key)

    def _on_capture(self, text: object) -> None:
        if self._request is not None:
            self.desk.close()
            self.desk.open("member_capture", CaptureRequest(str(text), self._request.captured))
