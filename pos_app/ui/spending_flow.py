"""Bringing a record into the books that may need head office's word first: the books, the question, the books again.

The question waits on the network's lane, never on the ledger's, so that printing and everything else goes on; the
window shows that it waits, and a person may call it off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from pos_app.application.head_office import Authorised, SpendQuestion
from pos_app.runtime.lanes import LaneName

if TYPE_CHECKING:
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk

Attempt = Callable[[tuple[Authorised, ...]], Any]


class _Wanted:
    """Whether the answer to a question still matters; set in the window's thread, read in the network's."""

    def __init__(self) -> None:
        self.is_wanted = True

    def __call__(self) -> bool:
        return self.is_wanted


class SpendingFlow(QObject):
    """One record at a time.

    Attributes:
        has_asked: Head office was asked since the last :meth:`forget`: giving up has something to release.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._attempt: Attempt | None = None
        self._done: Callable[[Any], Any] | None = None
        self._failed: Callable[[KnownError], Any] | None = None
        self._asking: Callable[[], Any] | None = None
        self._heard: tuple[Authorised, ...] = ()
        self._question: SpendQuestion | None = None
        self._wanted = _Wanted()
        self.has_asked = False

    @property
    def is_asking(self) -> bool:
        """Whether head office's answer is waited for."""
        return self._question is not None

    def begin(
        self,
        attempt: Attempt,
        done: Callable[[Any], Any],
        failed: Callable[[KnownError], Any],
        asking: Callable[[], Any],
    ) -> None:
        """Try to book.

        Args:
            attempt: Runs on the ledger's lane with what was heard; gives the result, or a ``SpendQuestion``.
            done: Told the result.
            failed: Told the error.
            asking: Told when head office is being asked.
        """
        self._attempt, self._done, self._failed, self._asking = attempt, done, failed, asking
        self._heard = ()
        self._step()

    def cancel(self, give_up: Callable[[], None]) -> bool:
        """Wait no longer, and release what head office may have granted; nothing while the books are at work.

        Returns:
            Whether something was called off.
        """
        if self._question is None:
            return False
        self._question = None
        self._wanted.is_wanted = False
        self._desk.ledger(give_up)
        return True

    def forget(self) -> None:
        """Another record begins."""
        self.has_asked = False

    def _step(self) -> None:
        attempt, heard = self._attempt, self._heard
        if attempt is not None:
            self._desk.ledger(lambda: attempt(heard), self._on_step, self._on_failed)

    def _on_step(self, result: object) -> None:
        if not isinstance(result, SpendQuestion):
            if self._done is not None:
                self._done(result)
            return
        self.has_asked = True
        self._question = result
        self._wanted = wanted = _Wanted()
        if self._asking is not None:
            self._asking()
        authoriser = self._desk.till.context.authoriser
        self._desk.operations.run(
            LaneName.NETWORK, lambda: authoriser.authorise(result, wanted), self._on_heard, self._on_failed
        )

    def _on_heard(self, answer: Authorised) -> None:
        question = self._question
        if question is None or question.authorisation_id != answer.authorisation_id:
            return  # called off meanwhile
        self._question = None
        self._heard = (*self._heard, answer)
        self._step()

    def _on_failed(self, error: KnownError) -> None:
        self._question = None
        if self._failed is not None:
            self._failed(error)
