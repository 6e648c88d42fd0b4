"""Receipt printers: the printable document, its layout, the ESC/POS codec and the device."""
