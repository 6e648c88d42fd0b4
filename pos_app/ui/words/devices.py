"""Words about scale, customer's display and cash drawer: what they say, and when they are gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "scale.gone": lambda: QCoreApplication.translate(
        "Messages", "The scale says nothing. Weights can be typed; check its cable and power."
    ),
    "scale.back": lambda: QCoreApplication.translate("Messages", "The scale is back."),
    "scale.garbled": lambda: QCoreApplication.translate(
        "Messages", "The scale speaks otherwise than set. Weights can be typed; check protocol and speed."
    ),
    "scale.table_wrong": lambda: QCoreApplication.translate(
        "Messages", "The table for the scale cannot be right: {reason}."
    ),
    "scale.ask_wrong": lambda: QCoreApplication.translate(
        "Messages", "What asks the scale is typed as hexadecimal bytes, such as 05 or 57 0D, or left empty."
    ),
    "scale.pattern_missing": lambda: QCoreApplication.translate(
        "Messages", "Type the pattern of what the scale says, as its manual shows it, or choose a table above."
    ),
    "scale.silent": lambda: QCoreApplication.translate("Messages", "The scale says nothing. Type the weight."),
    "scale.moving": lambda: QCoreApplication.translate(
        "Messages", "The weight is still moving. Wait a moment, then take it."
    ),
    "scale.empty": lambda: QCoreApplication.translate(
        "Messages", "Nothing lies on the scale. Lay the goods on it, or type the weight."
    ),
    "scale.negative": lambda: QCoreApplication.translate(
        "Messages", "The scale shows less than nothing. Empty it and press its zero key."
    ),
    "scale.overload": lambda: QCoreApplication.translate(
        "Messages", "That is more than the scale can weigh. Weigh it in parts, or type the weight."
    ),
    "scale.wrong_unit": lambda: QCoreApplication.translate(
        "Messages", "The scale does not weigh in kilograms. Switch its unit, or type the weight."
    ),
    "scale.only_tare": lambda: QCoreApplication.translate(
        "Messages", "Only the packaging of {name} ({tare} g) lies on the scale. Lay the goods on it."
    ),
    "product.tare_out_of_range": lambda: QCoreApplication.translate(
        "Messages", "The packaging of item {product} cannot weigh more than {most} g. Tell the manager."
    ),
    "display.gone": lambda: QCoreApplication.translate(
        "Messages", "The customer's display is gone. Selling goes on; check its cable."
    ),
    "display.model_unknown": lambda: QCoreApplication.translate(
        "Messages", "This till does not know displays named {model}. Choose another under Devices."
    ),
    "display.back": lambda: QCoreApplication.translate("Messages", "The customer's display is back."),
    "display.look": lambda: QCoreApplication.translate(
        "Messages", "Does the display show {amount}, whole and readable? Otherwise choose another kind."
    ),
    "device.no_address": lambda: QCoreApplication.translate("Messages", "Its address is missing. Enter it first."),
    "customer_screen.gone": lambda: QCoreApplication.translate(
        "Messages", "The customer's screen is gone. Selling goes on; check its cable and power."
    ),
    "customer_screen.back": lambda: QCoreApplication.translate("Messages", "The customer's screen is back."),
    "customer_screen.not_found": lambda: QCoreApplication.translate(
        "Messages", "Monitor {monitor} is not connected. The customer's screen comes back when it is."
    ),
    "customer_screen.none_free": lambda: QCoreApplication.translate(
        "Messages", "There is no second monitor. Connect one, or show the customer's screen in a window."
    ),
    "customer_screen.same_monitor": lambda: QCoreApplication.translate(
        "Messages", "The till itself is on monitor {monitor}. Choose another one for the customer."
    ),
    "customer_screen.seconds_wrong": lambda: QCoreApplication.translate(
        "Messages", "A picture stays between {least} and {most} seconds."
    ),
    "customer_screen.no_folder": lambda: QCoreApplication.translate(
        "Messages", "That folder is not there: {folder}. Type the path of a folder with pictures, or nothing."
    ),
    "customer_screen.no_picture": lambda: QCoreApplication.translate(
        "Messages", "That picture is not there: {path}. Type its path, or what the code says."
    ),
    "customer_screen.code_too_long": lambda: QCoreApplication.translate(
        "Messages", "A code on the screen holds at most {most} characters, so that it can be scanned from a metre."
    ),
    "drawer.gone": lambda: QCoreApplication.translate(
        "Messages", "The cash drawer's port is gone. Open it with its key; check the cable."
    ),
    "drawer.back": lambda: QCoreApplication.translate("Messages", "The cash drawer is back."),
    "drawer.still_open": lambda: QCoreApplication.translate("Messages", "The cash drawer still stands open."),
    "drawer.sensor_wrong": lambda: QCoreApplication.translate(
        "Messages", "The drawer's sensor cannot be read in that way. Choose another, or Nothing."
    ),
    "slip.name_missing": lambda: QCoreApplication.translate(
        "Messages", "Type what the shop calls this printer, such as Kitchen: it stands at the head of its slips."
    ),
    "slip.name_taken": lambda: QCoreApplication.translate(
        "Messages", "There is a printer named {name} already. Type another name."
    ),
    "slip.no_printer": lambda: QCoreApplication.translate(
        "Messages", "Choose how the printer is reached; without one there are no slips."
    ),
    "scanner.port_taken": lambda: QCoreApplication.translate(
        "Messages", "A scanner at {place} is in the list already. Change that one."
    ),
    "drawer.setting_wrong": lambda: QCoreApplication.translate(
        "Messages", "What opens the drawer is typed as hexadecimal bytes, such as 07 or 1B 70 00 19 FA."
    ),
    "trial.not_found": lambda: QCoreApplication.translate(
        "Messages", "The device is not there any more. Check its cable and power, then choose it again."
    ),
    "trial.busy": lambda: QCoreApplication.translate(
        "Messages", "Another program holds the device, or this user may not use it. Close the other program."
    ),
    "trial.offline": lambda: QCoreApplication.translate(
        "Messages", "The device does not answer. Switch it on, check cable and address, then try again."
    ),
    "trial.timeout": lambda: QCoreApplication.translate(
        "Messages", "The device took no data in time. Check its cable and power, then try again."
    ),
    "trial.paper_out": lambda: QCoreApplication.translate(
        "Messages", "The printer has no paper. Put a roll in, then try again."
    ),
    "trial.cover_open": lambda: QCoreApplication.translate(
        "Messages", "The printer's cover is open. Close it, then try again."
    ),
    "trial.protocol": lambda: QCoreApplication.translate(
        "Messages", "The device answers with nonsense. It may be another device; choose another one."
    ),
    "trial.unknown": lambda: QCoreApplication.translate(
        "Messages", "That did not work. Check cable and power, then try again."
    ),
    "wizard.no_speed": lambda: QCoreApplication.translate(
        "Messages", "None of the speeds was readable. Check the cable, or choose another port."
    ),
    "wizard.nothing_right": lambda: QCoreApplication.translate(
        "Messages", "None of the Chinese lines was right. Choose another port, or ask for the printer's manual."
    ),
    "wizard.no_address": lambda: QCoreApplication.translate(
        "Messages", "That is no address. It looks like 192.168.1.50; the printer's self-test prints it."
    ),
    "wizard.no_drawer": lambda: QCoreApplication.translate(
        "Messages", "The drawer opened at neither wire. Check the cable between drawer and printer; it may be locked."
    ),
    "wizard.printer_first": lambda: QCoreApplication.translate(
        "Messages", "There is no receipt printer yet. Set the printer up first."
    ),
    "wizard.no_box": lambda: QCoreApplication.translate(
        "Messages", "The drawer did not open. Choose another port, or set its bytes by hand under Devices."
    ),
    "wizard.no_scale": lambda: QCoreApplication.translate(
        "Messages", "No scale was found that says this. Check cable and power, and that it sends by itself or is asked."
    ),
    "wizard.nothing_read": lambda: QCoreApplication.translate(
        "Messages", "Then it is another port, or a display this till does not know. Choose another port."
    ),
    "wizard.code_not_printed": lambda: QCoreApplication.translate(
        "Messages", "The code was not printed. Scan it from this screen, or from a telephone that shows it."
    ),
    "wizard.too_slow": lambda: QCoreApplication.translate(
        "Messages", "That came as slowly as typing. Scan the code; if you did, make the scanner send faster."
    ),
    "wizard.other_code": lambda: QCoreApplication.translate(
        "Messages", "That was another code, or only a part of this one. Scan the code shown here."
    ),
    "wizard.not_the_same": lambda: QCoreApplication.translate(
        "Messages", "That came otherwise than before: counted anew. Scan three times with the same scanner."
    ),
}
