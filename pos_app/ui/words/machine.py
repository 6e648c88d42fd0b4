"""Words about the till itself: its books, keys, settings and devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "ledger.not_saved": lambda: QCoreApplication.translate(
        "Messages", "Not saved: {reason}. Nothing was sold; mend it and try again."
    ),
    "ledger.not_read": lambda: QCoreApplication.translate(
        "Messages", "The books cannot be read: {reason}. Try again; if it stays so, call support."
    ),
    "ledger.unresolved": lambda: QCoreApplication.translate(
        "Messages", "It is not known whether the disk kept it: {reason}. Restart the till before going on; it will say."
    ),
    "ledger.saved_after_all": lambda: QCoreApplication.translate(
        "Messages", "It is in the books after all. Do not do it again."
    ),
    "ledger.in_use": lambda: QCoreApplication.translate(
        "Messages", "The till is running already. Use the window that is open."
    ),
    "ledger.damaged": lambda: QCoreApplication.translate(
        "Messages", "The till's books are damaged. Do not go on selling here; call support."
    ),
    "ledger.missing": lambda: QCoreApplication.translate(
        "Messages", "The till's books are gone. Do not go on selling here; call support."
    ),
    "ledger.wrong_key": lambda: QCoreApplication.translate(
        "Messages", "The key does not fit the till's books. Call support."
    ),
    "ledger.other_till": lambda: QCoreApplication.translate(
        "Messages", "These books belong to another till. Call support."
    ),
    "ledger.went_back": lambda: QCoreApplication.translate(
        "Messages",
        "These books are older than what this till has done. Put the newer ones back, or let the manager agree.",
    ),
    "ledger.newer_version": lambda: QCoreApplication.translate(
        "Messages", "These books were written by a newer Guitai (version {found}, known: {known}). Update first."
    ),
    "replica.not_saved": lambda: QCoreApplication.translate(
        "Messages", "The shop's data was not saved: {reason}. Mend it and try again."
    ),
    "replica.not_read": lambda: QCoreApplication.translate(
        "Messages", "The shop's data cannot be read: {reason}. Try again; if it stays so, call support."
    ),
    "replica.damaged": lambda: QCoreApplication.translate(
        "Messages", "The shop's data is damaged. It can be built anew; call support."
    ),
    "replica.wrong_key": lambda: QCoreApplication.translate(
        "Messages", "The key does not fit the shop's data. It can be built anew; call support."
    ),
    "replica.foreign": lambda: QCoreApplication.translate(
        "Messages", "The shop's data belongs to another till. It can be built anew; call support."
    ),
    "replica.not_exchanged": lambda: QCoreApplication.translate(
        "Messages", "The shop's data from head office cannot be put in place: another program holds the file."
    ),
    "sync.recovered_wrong": lambda: QCoreApplication.translate(
        "Messages",
        "The books from head office do not fit together at record {seq}. Nothing is sold here; call support.",
    ),
    "sync.recovered_newer": lambda: QCoreApplication.translate(
        "Messages", "The books from head office were written by a newer Guitai ({kind}). Update, then try again."
    ),
    "sync.row_unreadable": lambda: QCoreApplication.translate(
        "Messages", "Head office sent something that cannot be read here ({kind}). Update Guitai; selling goes on."
    ),
    "sync.head_office_keeps": lambda: QCoreApplication.translate(
        "Messages", "Goods, programme and staff of this till come from head office. Change them there."
    ),
    "keys.not_ours": lambda: QCoreApplication.translate(
        "Messages",
        "That code presses a key at another till only. Use this shop's sheet: Devices, Scanner, Print key codes.",
    ),
    "keys.damaged": lambda: QCoreApplication.translate("Messages", "The till's key cannot be read. Call support."),
    "keys.in_file": lambda: QCoreApplication.translate(
        "Messages", "This system keeps no secrets, so the key lies in a file. Let nobody copy the data folder."
    ),
    "keys.missing": lambda: QCoreApplication.translate(
        "Messages", "The till's key is gone. Without it the books stay closed; call support."
    ),
    "keys.no_keyring": lambda: QCoreApplication.translate(
        "Messages", "This computer has no safe place for the key: it lies in a file only this user may read."
    ),
    "keys.not_saved": lambda: QCoreApplication.translate(
        "Messages", "The till's key could not be saved. Check the disk and try again."
    ),
    "settings.not_saved": lambda: QCoreApplication.translate(
        "Messages", "The settings were not saved. Check the disk and try again."
    ),
    "settings.lost": lambda: QCoreApplication.translate(
        "Messages", "The settings were lost, the books are safe. Enter shop, printer and scanner again under Settings."
    ),
    "settings.not_read": lambda: QCoreApplication.translate(
        "Messages", "The settings cannot be read: {reason}. Mend the file, or set the till up anew."
    ),
    "settings.codes_wrong": lambda: QCoreApplication.translate(
        "Messages", "A pattern for codes cannot be right: {reason}."
    ),
    "settings.number_wrong": lambda: QCoreApplication.translate("Messages", "The till number lies between 1 and 9999."),
    "settings.port_wrong": lambda: QCoreApplication.translate("Messages", "A port lies between 1 and 65535."),
    "settings.usb_wrong": lambda: QCoreApplication.translate(
        "Messages", "A USB device is written maker:model as the system lists it, such as 0416:5011."
    ),
    "settings.host_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the device's address in the network, such as 192.168.1.50."
    ),
    "settings.serial_missing": lambda: QCoreApplication.translate(
        "Messages", "Touch the serial port, or type its name, such as /dev/ttyUSB0 or COM3."
    ),
    "settings.file_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the path of the file or node that takes the bytes, such as /dev/usb/lp0."
    ),
    "settings.queue_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the name of the print queue as this computer's printer settings list it."
    ),
    "settings.node_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the device as maker:model, such as 0c2e:0b61, or the path of its node."
    ),
    "settings.columns_wrong": lambda: QCoreApplication.translate(
        "Messages", "On {paper} mm paper a line has {most} characters at most. Choose fewer."
    ),
    "settings.whole_wrong": lambda: QCoreApplication.translate(
        "Messages", "Type a whole number between {least} and {most}."
    ),
    "settings.removed": lambda: QCoreApplication.translate(
        "Messages", "It is removed. If that was a mistake, touch Undo."
    ),
    "settings.saved": lambda: QCoreApplication.translate("Messages", "The settings are saved."),
    "file.not_written": lambda: QCoreApplication.translate("Messages", "The file cannot be written: {reason}"),
    "profile.written": lambda: QCoreApplication.translate(
        "Messages", "All devices of this till are in the file. Another till can take them from it."
    ),
    "profile.not_here": lambda: QCoreApplication.translate(
        "Messages", "The settings are saved. Not connected to this till: {places}. Plug them in or choose others."
    ),
    "profile.unreadable": lambda: QCoreApplication.translate("Messages", "The file cannot be read: {reason}"),
    "profile.none": lambda: QCoreApplication.translate(
        "Messages", "This is no file of devices. Choose one that a till has written."
    ),
    "profile.too_new": lambda: QCoreApplication.translate(
        "Messages", "The file is of a newer version ({version}). Update this till first."
    ),
    "profile.wrong": lambda: QCoreApplication.translate(
        "Messages", "The settings in the file cannot be: {reason}. Nothing was changed."
    ),
    "settings.saved_restart": lambda: QCoreApplication.translate(
        "Messages", "The settings are saved. When the day begins holds after the next start."
    ),
    "programme.unreadable": lambda: QCoreApplication.translate(
        "Messages", "The membership rules cannot be read: {reason}. The old ones stay in force."
    ),
    "programme.wrong": lambda: QCoreApplication.translate(
        "Messages", "The membership rules contradict themselves: {problems}. The old ones stay in force."
    ),
    "demo.unreadable": lambda: QCoreApplication.translate("Messages", "The demo shop cannot be read: {reason}."),
    "bug.unexpected": lambda: QCoreApplication.translate(
        "Messages", "Something went wrong in the till itself. What was saved is safe; support gets a report."
    ),
    "print.job_gone": lambda: QCoreApplication.translate("Messages", "That paper is not waiting any more."),
    "print.record_missing": lambda: QCoreApplication.translate(
        "Messages", "The record for this paper is not in the books. Tell support: record {seq}."
    ),
    "print.again": lambda: QCoreApplication.translate("Messages", "It is being printed again."),
    "print.given_up": lambda: QCoreApplication.translate(
        "Messages", "Given up; it can be printed again from the sale."
    ),
    "print.test_sent": lambda: QCoreApplication.translate("Messages", "A test page is on its way."),
    "device.not_configured": lambda: QCoreApplication.translate(
        "Messages", "The printer's address is missing. Enter it in the settings."
    ),
    "printer.paper_out": lambda: QCoreApplication.translate(
        "Messages", "The printer has no paper. The sale is safe; the receipt prints when paper is in."
    ),
    "printer.cover_open": lambda: QCoreApplication.translate(
        "Messages", "The printer's cover is open. The sale is safe; the receipt prints when it is shut."
    ),
    "printer.offline": lambda: QCoreApplication.translate(
        "Messages", "The printer does not answer. The sale is safe; check power and cable."
    ),
    "printer.not_found": lambda: QCoreApplication.translate(
        "Messages", "The printer is not there. The sale is safe; check cable and address."
    ),
    "printer.busy": lambda: QCoreApplication.translate(
        "Messages", "Another program holds the printer. The sale is safe; close the other program."
    ),
    "printer.timeout": lambda: QCoreApplication.translate(
        "Messages", "The printer took the receipt and fell silent. Look whether it is on paper before printing again."
    ),
    "printer.broken_off": lambda: QCoreApplication.translate(
        "Messages", "The printing broke off. Look at the paper, then print it again or give it up under Devices."
    ),
    "printer.timeout_before": lambda: QCoreApplication.translate(
        "Messages", "The printer fell silent before anything was sent. Switch it off and on."
    ),
    "printer.protocol": lambda: QCoreApplication.translate(
        "Messages", "The printer answers in a way the till does not know. Check model and settings."
    ),
    "printer.interrupted": lambda: QCoreApplication.translate(
        "Messages", "The till stopped while printing. Look whether it is on paper before printing again."
    ),
    "printer.unknown": lambda: QCoreApplication.translate(
        "Messages", "The printer could not print. Look at it, then print again."
    ),
    "printer.stand_in": lambda: QCoreApplication.translate(
        "Messages", "The printer is not ready, so receipts come out at the stand-in."
    ),
    "printer.gone": lambda: QCoreApplication.translate(
        "Messages", "The printer “{place}” is not ready. Its slips wait; say there what was ordered."
    ),
    "printer.back": lambda: QCoreApplication.translate("Messages", "The printer is back."),
    "scanner.gone": lambda: QCoreApplication.translate(
        "Messages", "The scanner was unplugged. Plug it in again; typing works meanwhile."
    ),
    "scanner.back": lambda: QCoreApplication.translate("Messages", "The scanner is back."),
    "setup.done": lambda: QCoreApplication.translate("Messages", "This till is set up already. Log in instead."),
    "programme.not_newer": lambda: QCoreApplication.translate(
        "Messages", "These rules (version {version}) are not newer than those in force ({known})."
    ),
    "demo.not_empty": lambda: QCoreApplication.translate(
        "Messages", "This till belongs to a real shop, so the demo shop is not loaded."
    ),
    "print.test_done": lambda: QCoreApplication.translate(
        "Messages", "The test page is out. Look whether text, code and cut are right."
    ),
    "printer.no_printer": lambda: QCoreApplication.translate(
        "Messages", "No printer is set up, so nothing is printed."
    ),
    "settings.baud_wrong": lambda: QCoreApplication.translate(
        "Messages", "That is not a speed. Usual are 9600 and 115200."
    ),
    "settings.affix_wrong": lambda: QCoreApplication.translate(
        "Messages", "A prefix or suffix has 16 characters at most."
    ),
    "settings.text_wrong": lambda: QCoreApplication.translate(
        "Messages", "Use at most {limit} characters, all on one line."
    ),
    "settings.name_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the name of the shop: receipts carry it."
    ),
    "settings.hour_wrong": lambda: QCoreApplication.translate(
        "Messages", "The day begins at an hour between 0 and 23."
    ),
    "setup.shop_missing": lambda: QCoreApplication.translate("Messages", "Type the name of the shop."),
    "setup.name_missing": lambda: QCoreApplication.translate("Messages", "Type the name of the manager."),
    "setup.till_number": lambda: QCoreApplication.translate("Messages", "The till number lies between 1 and {most}."),
    "ledger.closed": lambda: QCoreApplication.translate(
        "Messages", "The books are not open yet. Wait a moment and try again."
    ),
    "till.not_set_up": lambda: QCoreApplication.translate(
        "Messages", "This till is not set up yet. Open the window and answer its questions first."
    ),
}
