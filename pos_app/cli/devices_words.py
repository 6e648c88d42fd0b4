"""What ``guitai devices`` says and asks."""

from __future__ import annotations

from typing import Final

from pos_app.domain.text import LocalText

ROLES: Final = {
    "printer": LocalText("小票打印机", "receipt printer"),
    "stand_in": LocalText("备用打印机", "stand-in printer"),
    "copies": LocalText("分单打印机", "slip printer"),
    "scanners": LocalText("扫码枪", "scanner"),
    "scanner": LocalText("扫码枪", "scanner"),
    "scale": LocalText("电子秤", "scale"),
    "display": LocalText("客显", "customer's display"),
    "drawer": LocalText("钱箱", "cash drawer"),
}
LIKELY: Final = {
    "printer": LocalText("打印机", "printer"),
    "scanner": LocalText("扫码枪", "scanner"),
    "scale": LocalText("电子秤", "scale"),
    "display": LocalText("客显", "customer's display"),
    "keyboard": LocalText("键盘，或模拟键盘的扫码枪", "keyboard, or a scanner that types"),
    "unknown": LocalText("串口，接的是什么看不出来", "serial port: what hangs on it does not say"),
}
WAYS: Final = {
    "tcp": LocalText("网络", "network"),
    "serial": LocalText("串口", "serial"),
    "file": LocalText("设备文件", "device file"),
    "input": LocalText("键盘口直读", "keyboard plug, read by the till alone"),
    "hid": LocalText("USB HID POS", "USB HID POS"),
    "usb": LocalText("USB", "USB"),
    "spooler": LocalText("打印队列", "print queue"),
    "virtual": LocalText("屏幕模拟", "on screen"),
}
SILENT: Final = {
    "serial": LocalText("串口", "serial ports"),
    "queues": LocalText("打印队列", "print queues"),
    "usb": LocalText("USB 打印机", "USB printers"),
    "lp": LocalText("打印机设备文件", "printer nodes"),
    "hid": LocalText("HID 设备", "HID devices"),
    "input": LocalText("键盘类设备", "devices that type"),
}

#: What a scan is, by the tags of ``hardware.scanners.codes``.
SCANS: Final = {
    "gtin": LocalText("商品条码", "item number"),
    "price_label": LocalText("金额标签", "label with a price"),
    "weight_label": LocalText("重量标签", "label with a weight"),
    "member_card": LocalText("会员卡", "member's card"),
    "member_qr": LocalText("会员码", "member's code"),
    "phone": LocalText("手机号", "phone number"),
    "receipt": LocalText("小票号", "receipt"),
    "payment": LocalText("付款码", "payment code"),
    "coupon": LocalText("优惠券", "coupon"),
    "gs1": LocalText("GS1 条码", "GS1 elements"),
    "digital_link": LocalText("GS1 网址码", "GS1 Digital Link"),
    "unknown": LocalText("未识别", "not known"),
}
#: Why it is not known.
UNKNOWN: Final = {
    "empty": LocalText("没有内容", "nothing in it"),
    "wrong_check_digit": LocalText("校验位不对", "wrong check digit"),
    "too_short": LocalText("位数不够，可能只读了一半", "too short, perhaps half a scan"),
    "too_long": LocalText("太长", "too long"),
    "control_characters": LocalText(
        "含控制字符，请检查扫码枪设置", "control characters; look at the scanner's settings"
    ),
    "bank_card": LocalText("银行卡，内容不显示也不保存", "a bank's card; nothing of it is shown or kept"),
    "bad_swipe": LocalText("没读出来，请再刷一次", "not readable; swipe it again"),
    "unrecognised": LocalText("不是已知格式，可能是店内货号", "no known form; perhaps the shop's own number"),
}
#: What a weight is worth, by ``WeightState``.
WEIGHTS: Final = {
    "stable": LocalText("稳定", "steady"),
    "moving": LocalText("晃动", "moving"),
    "zero": LocalText("空秤", "nothing on it"),
    "negative": LocalText("负重，请按置零", "less than nothing: press zero"),
    "overload": LocalText("超重", "more than it can weigh"),
    "unit": LocalText("单位不是公斤，请切换", "not in kilograms: switch its unit"),
}

TEXTS: Final = {
    "connected": LocalText("已连接", "Connected"),
    "set_up": LocalText("已设置", "Set up"),
    "nothing": LocalText("（无）", "(nothing)"),
    "here": LocalText("已找到", "is here"),
    "not_here": LocalText("未找到", "is not here"),
    "not_looked": LocalText("网络设备，未检查", "in the network, not looked for"),
    "on_screen": LocalText("只在收银窗口里", "only while the window is open"),
    "silent": LocalText("没有回应：", "did not answer: "),
    "missing_here": LocalText("这台收银机上没有：", "Not at this till: "),
    "imported": LocalText("✓ 设备设置已导入", "✓ devices are set up from the file"),
    "scan_now": LocalText("请扫任意条码，20 秒内显示读到的内容", "Scan anything; for 20 s what is read is shown"),
    "weigh_now": LocalText("请放上物品，20 秒内显示重量", "Lay something on it; for 20 s its weight is shown"),
    "net": LocalText("已去皮", "less the tare"),
    "drawer_open": LocalText("传感器：钱箱开着", "its sensor: the drawer is open"),
    "drawer_shut": LocalText("传感器：钱箱关着", "its sensor: the drawer is shut"),
    "tested": LocalText("✓ 已完成，请看设备", "✓ done; look at the device"),
    "ask_kind": LocalText("要设置什么？", "What is to be set up?"),
    "ask_which": LocalText("哪一台是打印机？", "Which is the printer?"),
    "network": LocalText("网络打印机", "a printer in the network"),
    "ask_address": LocalText("网络打印机的地址", "Address of the printer"),
    "ask_speed": LocalText("纸上能看清的是几号？都看不清填 0", "Which number can you read on the paper? 0 for none"),
    "ask_trial": LocalText(
        "纸上哪些号的内容正确？5 至 7 号须在一行内结束。用空格分开，都不对直接回车",
        "Which numbers look right? 5 to 7 must end in their own line. Separate by blanks; Enter alone for none",
    ),
    "ask_cut": LocalText("纸切断了吗？", "Was the paper cut?"),
    "ask_drawer": LocalText("钱箱弹开了吗？", "Did the drawer open?"),
    "ask_which_port": LocalText("接在哪个端口？", "Which port is it at?"),
    "ask_drawer_at": LocalText("钱箱接在哪里？", "Where is the drawer plugged in?"),
    "at_printer": LocalText("小票打印机", "at the receipt printer"),
    "at_port": LocalText("电脑串口（钱箱盒）", "at a serial port, by a box"),
    "ask_load": LocalText(
        "请打开电子秤，放上东西，然后按回车", "Switch the scale on, lay something on it, press Enter"
    ),
    "searching": LocalText("正在查找，最多 15 秒", "Looking for it, up to 15 s"),
    "ask_weight": LocalText("秤上显示的是 {weight} 吗？", "Does the scale show {weight}?"),
    "ask_read": LocalText(
        "客显上看到了哪些数？用空格分开，都没看到直接回车",
        "Which numbers did you read on the display? Separate by blanks; Enter alone for none",
    ),
    "watch": LocalText("请看客显，数字会依次出现", "Watch the display: numbers come one after another"),
    "ask_lamp": LocalText("“总计”灯亮了吗？", "Is the lamp for the total lit?"),
    "sum_speaks": LocalText("{where}，{baud}，{table}", "{where}, {baud}, {table}"),
    "ask_save": LocalText("保存这些设置吗？", "Save these settings?"),
    "ask_scan": LocalText(
        "请用同一把扫码枪扫三次这个条码（可先打印或在手机上显示）：{code}",
        "Scan this code three times with the same scanner (printed, or on a phone): {code}",
    ),
    "scan_count": LocalText("  {count} / 3", "heard"),
    "cancelled": LocalText("已取消，设置未变", "Cancelled; nothing was changed"),
    "saved": LocalText("✓ 已保存", "✓ saved"),
    "sum_printer": LocalText(
        "打印机 {where}，{charset}，每行 {columns} 字符，切刀 {cutter}，钱箱针脚 {pin}",
        "printer {where}, {charset}, {columns} columns, cutter {cutter}, drawer pin {pin}",
    ),
    "sum_wedge": LocalText(
        "键盘式扫码枪：前缀“{prefix}”后缀“{suffix}”，按键间隔 {gap} 毫秒",
        "scanner that types: before “{prefix}”, after “{suffix}”, pauses up to {gap} ms",
    ),
    "sum_scanner": LocalText(
        "扫码枪 {where}，{baud}，前缀“{prefix}”后缀“{suffix}”",
        "scanner {where}, {baud}, before “{prefix}”, after “{suffix}”",
    ),
}

#: Notices of the wizard and reasons of devices.
NOTICES: Final = {
    "wizard.no_speed": LocalText(
        "没有一个速率能看清。请检查接线，或换一个端口", "No speed was readable. Check the cable"
    ),
    "wizard.nothing_right": LocalText(
        "没有一行中文正确。请另选端口", "No Chinese line looked right. Choose another port"
    ),
    "wizard.no_address": LocalText("地址不对，例如 192.168.1.50", "No address; such as 192.168.1.50"),
    "wizard.no_drawer": LocalText(
        "钱箱两个针脚都没弹开。请检查接线", "The drawer opened at neither pin. Check its cable"
    ),
    "wizard.printer_first": LocalText("还没有小票打印机，请先设置打印机", "Set the printer up first"),
    "wizard.no_box": LocalText("钱箱没有弹开。请另选端口", "The drawer did not open. Choose another port"),
    "wizard.no_scale": LocalText("没有找到这样的秤。请检查接线和电源", "No such scale. Check cable and power"),
    "wizard.nothing_read": LocalText("请另选端口", "Choose another port"),
    "wizard.code_not_printed": LocalText(
        "条码没有打印出来。请在手机上显示，或扫其他纸上的同一号码",
        "The code was not printed. Show it on a phone",
    ),
    "wizard.too_slow": LocalText(
        "按键太慢，像手工输入。请用扫码枪扫，或调快它的发送速度",
        "As slow as typing. Scan it, or make the scanner send faster",
    ),
    "wizard.other_code": LocalText("不是这个条码，请扫屏幕上的号码", "That was another code"),
    "wizard.not_the_same": LocalText("与上次不同，重新计数", "Not as the last time; counted anew"),
    "not_found": LocalText("找不到设备", "Not there"),
    "busy": LocalText("被别的程序占用，或没有权限", "In use by another program, or not permitted"),
    "offline": LocalText("设备没有回应", "It is off or went away"),
    "timeout": LocalText("设备没有在时限内回应", "It took no data in time"),
    "paper_out": LocalText("缺纸", "Paper is out"),
    "cover_open": LocalText("上盖打开", "Cover is open"),
    "protocol": LocalText("设备的回应不正常", "Its answer makes no sense"),
}

ERRORS: Final = {
    "device.not_configured": LocalText("这个设备还没有设置。", "This device is not set up."),
    "device.role_unknown": LocalText("没有“{role}”。可写：{roles}", "There is no “{role}”. Write one of: {roles}"),
    "device.not_tested": LocalText("没有成功：{reason}", "It did not work: {reason}"),
    "device.only_in_window": LocalText(
        "屏幕模拟的设备只在收银窗口里有。", "Devices on screen are only there while the window is open."
    ),
    "device.ask_terminal": LocalText("请在终端里运行。", "Run this in a terminal."),
    "profile.unreadable": LocalText("文件读不了：{reason}", "The file cannot be read: {reason}"),
    "profile.none": LocalText("这不是设备设置文件。", "This is no file of devices."),
    "profile.too_new": LocalText(
        "文件来自更新的版本（{version}）。请先升级这台收银机。",
        "The file is of a newer version ({version}). Update this till first.",
    ),
    "profile.wrong": LocalText("文件里的设置不对：{reason}", "The file's settings cannot be: {reason}"),
    "settings.not_saved": LocalText("设置没有保存。", "The settings were not saved."),
    "scale.table_wrong": LocalText("电子秤的协议表不对：{reason}", "The table for the scale cannot be right: {reason}"),
    "display.model_unknown": LocalText("不认识客显型号 {model}。", "Displays named {model} are not known."),
    "drawer.setting_wrong": LocalText("钱箱的开启指令不对。", "What opens the drawer is no hexadecimal bytes."),
}


def both(text: LocalText, **details: object) -> str:
    """Chinese and English in one line."""
    return f"{text.zh} · {text.en}".format(**details)


def say(key: str, **details: object) -> str:
    """One of the texts, in both languages."""
    return both(TEXTS[key], **details)


def notice(code: str) -> str:
    """A notice or a reason; one without words as it is."""
    text = NOTICES.get(code) or ERRORS.get(code)
    return both(text) if text is not None else code
