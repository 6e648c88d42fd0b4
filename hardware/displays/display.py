"""The customer's display as a device: it shows the newest picture, also after it was unplugged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.displays.codec import DisplayCharset, Picture, encode
from hardware.worker import DeviceWorker, Keeps, WorkerConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.displays.models import DisplayModel
    from hardware.ports import DeviceError, DeviceState, Reason, Transport

_WRITE_MS: Final = 1000


class CustomerDisplay:
    """A line display in a thread of its own.

    Args:
        transport: The wire.
        model: What it speaks.
        columns: Characters in a line of text.
        charset: What characters it has.
        on_state: Called once for each change of state.
        config: Reconnecting.
    """

    def __init__(
        self,
        transport: Transport,
        model: DisplayModel,
        *,
        columns: int = 20,
        charset: DisplayCharset = DisplayCharset.ASCII,
        on_state: Callable[[DeviceState, Reason | None], None] | None = None,
        config: WorkerConfig | None = None,
    ) -> None:
        self._model = model
        self._columns = columns
        self._charset = charset
        config = config or WorkerConfig(keeps=Keeps.LATEST)
        self._worker: DeviceWorker[Picture] = DeviceWorker(transport, self, on_state=on_state, config=config)

    @property
    def name(self) -> str:
        """Address for people and logs."""
        return self._worker.name

    @property
    def state(self) -> DeviceState:
        """How it stands."""
        return self._worker.state

    def show(self, picture: Picture) -> None:
        """Show a picture in place of the one before; from any thread, returns at once."""
        self._worker.put(picture)

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def stop(self, timeout_ms: int = 3000) -> bool:
        """End; returns whether the thread has ended. What it shows last stays."""
        return self._worker.stop(timeout_ms)

    # As the worker's driver

    def opened(self, wire: Transport) -> None:
        """Make it ready, whatever it was left in."""
        wire.write(self._model.start, timeout_ms=_WRITE_MS)

    def do(self, wire: Transport, item: Picture) -> None:
        """Show a picture."""
        data = encode(item, self._model, columns=self._columns, charset=self._charset)
        wire.write(data, timeout_ms=_WRITE_MS)

    def look_after(self, wire: Transport) -> bool:
        """Displays say nothing; reading notices that one is gone."""
        wire.read(64, timeout_ms=1)
        return True

    def lost(self) -> None:
        """Nothing is half done: every picture is whole."""

    def undone(self, item: Picture, error: DeviceError) -> None:
        """A picture is shown when the display is back."""
