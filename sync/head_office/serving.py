"""``guitai head-office serve``: the server, the process that applies records, and what is done by the clock.

One command, four processes: this one, which starts the others again when they die and stops them properly when it is
told to; the web server's; the one that applies; the one that keeps house. None of them outlives this one.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, Final

import msgspec
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from sync.head_office.app import app_of
from sync.head_office.context import Config, wall_ms
from sync.head_office.database import Database
from sync.head_office.identity import Trust
from sync.head_office.snapshots import Snapshots

#: A process that died is started again after this; longer each time, up to the limit.
_AGAIN_S: Final = (0.2, 30.0)
#: One that was well for so long is forgiven.
_WELL_S: Final = 60.0
_HOUSE_EVERY_S: Final = 60.0
#: After a restore every till waits for the first snapshot of the new epoch.
_LOOK_EVERY_S: Final = 5.0
_RENEW_EVERY_S: Final = 24 * 3600.0
_STOP_S: Final = 20
#: Where there is too little of the machine, tills get their answers first; what they sent is safe and is booked after.
_NICE: Final = 10
#: Requests in hand at once: every till holds one open while it waits for something new.
_REQUESTS: Final = 16_384
_log = logging.getLogger("guitai.office")

Work = Callable[[Config, threading.Event], None]


class Listen(msgspec.Struct, frozen=True):
    """Where tills reach head office.

    Attributes:
        host: Address to listen at.
        port: Port to listen at.
        names: Names and addresses for the certificate besides that and this machine's own.
    """

    host: str
    port: int
    names: tuple[str, ...] = ()

    @property
    def all_names(self) -> list[str]:
        """Every name that the certificate is for."""
        own = {socket.gethostname(), *self.names}
        if self.host not in ("0.0.0.0", "::", ""):  # noqa: S104 - is not listened at, is left out
            own.add(self.host)
        return sorted(own)


def serve(config: Config, listen: Listen) -> None:
    """Serve until SIGTERM or Ctrl-C; returns when everything has stopped.

    Raises:
        KnownError: ``office.name_wrong``, ``office.keys_damaged``.
    """
    trust = Trust(config.keys)
    trust.identity()
    trust.renew(listen.all_names, dt.datetime.now(dt.UTC))
    config.snapshots.mkdir(parents=True, exist_ok=True)
    server = Server(
        "head office",
        address=listen.host,
        port=listen.port,
        interface=Interfaces.ASGI,
        workers=1,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=_REQUESTS,
        ssl_cert=trust.certificate,
        ssl_key=trust.key,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_S,
        log_enabled=False,
    )
    helpers = [Helper("apply", apply_records, config), Helper("house", keep_house, config)]
    over = threading.Event()

    def renew() -> None:
        while not over.wait(_RENEW_EVERY_S):
            if trust.renew(listen.all_names, dt.datetime.now(dt.UTC)):
                server.signal_handler_reload()  # type: ignore[no-untyped-call]

    def begin() -> None:
        for each in helpers:
            each.start()
        threading.Thread(target=renew, name="renew", daemon=True).start()

    def end() -> None:
        over.set()
        for each in helpers:
            each.stop()

    # Spawned, not forked: there are threads here, and a till's request must find a process in order.
    multiprocessing.set_start_method("spawn", force=True)
    server.on_startup(begin)
    server.on_shutdown(end)
    server.serve(target_loader=functools.partial(_load, config), wrap_loader=False)


def _load(config: Config) -> Any:
    """In the web server's process: the application."""
    set_up_process()
    return app_of(config)


def set_up_process() -> None:
    """A process of ours: it ends when the one that started it is gone, however that went."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, name="follow", daemon=True).start()


def _helper(work: Work, config: Config) -> None:
    """In a helper's process: work until told to stop."""
    set_up_process()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of us; the first process tells us
    work(config, stop)


class Helper:
    """A process beside the web server's, started again when it dies.

    Args:
        name: For the log.
        work: What it does.
        config: Of head office.
    """

    def __init__(self, name: str, work: Work, config: Config) -> None:
        self._name: Final = name
        self._target: Final = functools.partial(_helper, work, config)
        self._over: Final = threading.Event()
        self._process: BaseProcess | None = None
        self._thread: Final = threading.Thread(target=self._watch, name=f"watch-{name}", daemon=True)

    @property
    def pid(self) -> int | None:
        """Its process."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start it, and watch over it."""
        self._thread.start()

    def stop(self) -> None:
        """Stop it: what it is at comes to its end first."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = _AGAIN_S[0]
        while not self._over.is_set():
            started = time.monotonic()
            process = multiprocessing.get_context("spawn").Process(target=self._target, name=self._name)
            process.start()
            self._process = process
            while process.is_alive() and not self._over.is_set():
                process.join(0.2)
            if self._over.is_set():
                _end(process)
                return
            pause = _AGAIN_S[0] if time.monotonic() - started > _WELL_S else min(pause * 2, _AGAIN_S[1])
            _log.error("%s ended with %s; again in %.1f s", self._name, process.exitcode, pause)
            self._over.wait(pause)


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join(_STOP_S)
    if process.is_alive():
        process.kill()
        process.join()


def apply_records(config: Config, stop: threading.Event) -> None:
    """Fold accepted records into the books."""
    from sync.head_office.applying import run_worker

    run_worker(config.dsn, stop)


def keep_house(config: Config, stop: threading.Event) -> None:
    """What is due by the clock: a snapshot each night, and forgetting what nobody needs any more."""
    from sync.head_office.feed import forget_removed
    from sync.head_office.gate import Gate
    from sync.head_office.notices import forget_seen
    from sync.protocol.errors import RefusedError

    snapshots = Snapshots(config.snapshots, Trust(config.keys).identity(may_make=False).sign)
    database = Database(config.dsn, size=2)
    gate = Gate(database)
    tidied_at = -_HOUSE_EVERY_S
    try:
        while not stop.is_set():
            try:
                if time.monotonic() - tidied_at >= _HOUSE_EVERY_S:
                    gate.forget(wall_ms())
                    with database.transaction() as connection:
                        forget_removed(connection, wall_ms())
                        forget_seen(connection, wall_ms())
                    tidied_at = time.monotonic()
                with database.transaction() as connection:
                    is_due = snapshots.is_due(connection, wall_ms())
                if is_due:
                    make_snapshot(database, snapshots)
            except RefusedError as error:
                _log.warning("keeping house waits: %s", error.code)
            stop.wait(_LOOK_EVERY_S)
    finally:
        database.close()


def make_snapshot(database: Database, snapshots: Snapshots) -> None:
    """Make a snapshot, then remove the chunks of former ones."""
    with database.transaction() as connection:
        manifest = snapshots.build(connection, wall_ms())
    with database.transaction() as connection:
        snapshots.note(connection, manifest)
        snapshots.forget(connection, wall_ms())
    _log.info("snapshot at %d with %d rows", manifest.position, manifest.rows)
