"""From settings, queue and states to what the devices screen shows: no widgets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.application.ports import JobState
from pos_app.config import CustomerScreenSettings
from pos_app.domain.ledger.bodies import DayClosed, Refund, Sale, ShiftClosed, XReport
from pos_app.errors import KnownError
from pos_app.ui.customer_screen.pictures import is_picture
from pos_app.ui.device_words import printer_notice
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.screens.devices.form_state import CustomerForm
from pos_app.ui.screens.devices.reading import FormError
from pos_app.ui.screens.devices.state import JobRow

if TYPE_CHECKING:
    from pos_app.application.ports import PrintJob
    from pos_app.application.till import Till

_LEAST_SECONDS: Final = 3
_MOST_SECONDS: Final = 3_600
#: Of longer codes the modules become too small for the camera of a telephone.
_MOST_CODE: Final = 300


def read_jobs(till: Till) -> tuple[JobRow, ...]:
    """The papers that failed or wait, the oldest first."""
    context = till.context
    today = context.local_now().date()
    rows: list[JobRow] = []
    for job in till.queue.open_jobs():
        if job.state not in (JobState.FAILED, JobState.QUEUED):
            continue
        asked = dt.datetime.fromtimestamp(job.created_ms / 1000, tz=context.zone)
        rows.append(
            JobRow(
                key=job.job_id,
                paper=job.kind.value,
                number=_number(till, job),
                when=clock(asked) if asked.date() == today else day_and_time(asked),
                failed=job.state is JobState.FAILED,
                reason=printer_notice(job.reason) if job.reason else None,
                copy=job.copy > 0,
            )
        )
    return tuple(rows)


def _number(till: Till, job: PrintJob) -> str:
    try:
        body = till.contents.content(job).body
    except KnownError:
        return ""
    match body:
        case Sale() | Refund():
            return body.receipt_no
        case XReport() | ShiftClosed():
            return str(body.number)
        case DayClosed():
            return str(body.z_number)
        case _:
            return ""


def serial_ports() -> tuple[str, ...]:
    """Serial ports that Linux shows; elsewhere they are typed."""
    found = [*Path("/dev").glob("ttyUSB*"), *Path("/dev").glob("ttyACM*")]
    return tuple(sorted(str(path) for path in found))


def read_customer_form(form: CustomerForm) -> CustomerScreenSettings | FormError:
    """The customer's screen as typed, or the field that cannot be used. Asks the disk: not for the window's thread."""
    seconds = form.seconds.strip() or str(CustomerScreenSettings().seconds)
    if not (seconds.isascii() and seconds.isdigit() and _LEAST_SECONDS <= int(seconds) <= _MOST_SECONDS):
        return FormError("seconds", "customer_screen.seconds_wrong", least=_LEAST_SECONDS, most=_MOST_SECONDS)
    if form.pictures and not Path(form.pictures).is_dir():
        return FormError("pictures", "customer_screen.no_folder", folder=form.pictures)
    for field, code in (("payment_code", form.payment_code), ("sign_up_code", form.sign_up_code)):
        if is_picture(code) and not Path(code).is_file():
            return FormError(field, "customer_screen.no_picture", path=code)
        if not is_picture(code) and len(code.encode()) > _MOST_CODE:
            return FormError(field, "customer_screen.code_too_long", most=_MOST_CODE)
    return CustomerScreenSettings(
        place=form.place,
        monitor=form.monitor.strip(),
        pictures=form.pictures,
        seconds=int(seconds),
        opening=form.opening,
        payment_code=form.payment_code,
        sign_up_code=form.sign_up_code,
        greets=form.greets,
        shows_points=form.shows_points,
        shows_balance=form.shows_balance,
    )
