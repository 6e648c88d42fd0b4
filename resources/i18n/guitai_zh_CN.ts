<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BasketView</name>
    <message>
        <location filename="../../pos_app/ui/widgets/basket.py" line="244"/>
        <source>Item</source>
        <extracomment>A line with something under it needs the second line of text.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/basket.py" line="244"/>
        <source>Qty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/basket.py" line="244"/>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/basket.py" line="244"/>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="34"/>
        <source>Keys here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="35"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="51"/>
        <source>The obvious next step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="52"/>
        <source>One step back; nothing is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="53"/>
        <source>The next field or button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/help/view.py" line="54"/>
        <source>This help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LoginView</name>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="99"/>
        <source>Guitai</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="100"/>
        <source>Type your PIN, or scan your badge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="101"/>
        <source>中文</source>
        <comment>offers the other language, in that language</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="102"/>
        <source>Light / dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="103"/>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="104"/>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="105"/>
        <source>Who is at the till</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="113"/>
        <source>Open shift: {name}, since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="116"/>
        <source>No shift is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="117"/>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="120"/>
        <source>Who is at the till?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="127"/>
        <source>Store manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="127"/>
        <source>Cashier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="131"/>
        <source>Reading the staff…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="135"/>
        <source>The staff could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="136"/>
        <source>The till&apos;s data did not open. Try again; if it stays so, call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="137"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="142"/>
        <source>Nobody is known here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/screens/login/view.py" line="143"/>
        <source>Set the till up, or join it to head office.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="19"/>
        <source>That is not an amount. Type it like 12.50.</source>
        <extracomment>Functions, not strings: the catalogue is asked each time, and lupdate sees each literal in its place.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="20"/>
        <source>An amount has two decimals at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="21"/>
        <source>That amount is too large. Check the figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="22"/>
        <source>That is not a quantity. Type it like 3 or 0.285.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="25"/>
        <source>A quantity must be more than 0 and at most {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="28"/>
        <source>A quantity has three decimals at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="29"/>
        <source>Wrong PIN. Try again; tries left: {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="30"/>
        <source>Too many wrong PINs. Wait until {until}, or ask the manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="33"/>
        <source>No item has the code {code}. Scan again, or type the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="36"/>
        <source>The code {code} was read wrongly. Scan it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="39"/>
        <source>The sale is on hold. F6 brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="40"/>
        <source>Removed: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="41"/>
        <source>No member found. Check the number, or sign the customer up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="44"/>
        <source>This phone number is a member&apos;s already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="45"/>
        <source>New member: {name}. Points count from this sale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="48"/>
        <source>This needs the PIN of someone who may do it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="49"/>
        <source>The printer has no paper. The sale is safe; the receipt prints when paper is in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="52"/>
        <source>The printer does not answer. The sale is safe; check power and cable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="55"/>
        <source>Shift {number} is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="56"/>
        <source>Sale {number} is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/messages.py" line="71"/>
        <source>This could not be done. Tell support the code {code}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumPad</name>
    <message>
        <location filename="../../pos_app/ui/widgets/numpad.py" line="98"/>
        <source>Delete the last digit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <location filename="../../pos_app/ui/widgets/numpad.py" line="213"/>
        <source>Delete the last digit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/numpad.py" line="214"/>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/numpad.py" line="215"/>
        <source>PIN</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <location filename="../../pos_app/ui/shell.py" line="208"/>
        <source>Guitai</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="90"/>
        <source>Shift {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="99"/>
        <source>{count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="101"/>
        <source>Offline since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="104"/>
        <source>Head office: in step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="110"/>
        <source>Receipts waiting: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="113"/>
        <source>Printer ok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="115"/>
        <source>No printer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../pos_app/ui/widgets/status_bar.py" line="118"/>
        <source>Check the printer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingBand</name>
    <message>
        <location filename="../../pos_app/ui/shell.py" line="44"/>
        <source>TRAINING  ·  nothing is sold, nothing is booked  ·  TRAINING</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
