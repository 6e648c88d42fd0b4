"""What devices cost while nothing is sold: the processor's time of a till with eight beside the same till without any.

All tills stand side by side for the same half minute, each in a process of its own, and only its own time counts. The
till without devices is the floor.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from benchmarks.figures import Figure
from benchmarks.shop import shop
from benchmarks.window import environment, probe

from pos_app.config import DeviceSettings
from pos_app.infrastructure.settings import load_settings, save_settings

SECONDS = 32
MEMBERS = 10_000
#: The stand-in is not asked while the printer is well, and so stands on no board.
AT_WORK = ["display", "printer", "printer", "scale", "scanner", "scanner", "scanner"]
SCALES = {"general": "scale that never stops speaking", "toledo_8217": "scale that is asked"}


def run(large: bool) -> list[Figure]:
    """Measure without devices, with a scale that speaks all the time, and with one that is asked."""
    with ThreadPoolExecutor() as pool:
        tills = {protocol: pool.submit(_stand, protocol) for protocol in ("", *SCALES)}
        found = {protocol: till.result() for protocol, till in tills.items()}
    bare = found[""]["percent"]
    figures = []
    for protocol, words in SCALES.items():
        percent = found[protocol]["percent"]
        figures += [
            Figure(f"till with eight idle devices, {words}, of one core", percent, "%", floor=bare),
            Figure(f"eight idle devices, {words}, of one core", max(0.0, percent - bare), "%", limit=1),
        ]
    return figures


def _stand(protocol: str) -> Mapping[str, Any]:
    """A till at which nothing happens, with devices where a scale's protocol is named."""
    with shop(members=MEMBERS) as paths:
        if not protocol:
            return dict(probe("probe_devices", paths.data.parent, str(SECONDS)))
        with _eight(protocol) as devices:
            settings = load_settings(paths.settings).settings
            save_settings(paths.settings, msgspec.structs.replace(settings, devices=devices))
            found: Mapping[str, Any] = probe("probe_devices", paths.data.parent, str(SECONDS))
        if found["devices"] != AT_WORK:
            raise RuntimeError(f"not all devices are at work: {found['devices']}")
        return found


@contextlib.contextmanager
def _eight(protocol: str) -> Iterator[DeviceSettings]:
    command = [sys.executable, "-m", "benchmarks.eight_devices", protocol]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        try:
            yield msgspec.json.decode(running.stdout.readline(), type=DeviceSettings)
        finally:
            running.stdin.close()
            running.wait(10)
