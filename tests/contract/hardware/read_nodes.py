"""Run under ``umockdev-run``: reads scanners at their nodes and says what they sent, one JSON line each.

Arguments: ``input`` or ``hid``, and an address, as often as wanted.
"""

import json
import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[3])]

from hardware.scanners.hid_pos import HidPosDecoder  # noqa: E402
from hardware.scanners.input_events import KeyDecoder  # noqa: E402
from hardware.scanners.loop import ScannerConfig, ScannerLoop  # noqa: E402
from hardware.transports.hid import HidrawTransport  # noqa: E402
from hardware.transports.input_device import InputTransport  # noqa: E402


def read(kind: str, address: str, wanted: int) -> dict[str, object]:
    """Listen until so many codes have come, 10 s at most."""
    transport = InputTransport(address) if kind == "input" else HidrawTransport(address)
    decoder = KeyDecoder(512) if kind == "input" else HidPosDecoder(512)
    codes: list[str] = []
    states: list[str] = []
    done = threading.Event()

    def take(code: str) -> None:
        codes.append(code)
        if len(codes) == wanted:
            done.set()

    scanner = ScannerLoop(
        transport,
        on_scan=take,
        on_state=lambda state, _reason: states.append(state.value),
        decoder=decoder,
        config=ScannerConfig(poll_ms=20),
    )
    thread = threading.Thread(target=scanner.run)
    thread.start()
    done.wait(10)
    scanner.stop()
    thread.join(5)
    return {"address": address, "codes": codes, "first": states[:1]}


def main() -> None:
    """Read all that are named."""
    wanted = int(sys.argv[1])
    for kind, address in zip(sys.argv[2::2], sys.argv[3::2], strict=True):
        print(json.dumps(read(kind, address, wanted)), flush=True)


if __name__ == "__main__":
    main()
