"""Ways of moving bytes to a device. Each module is one way; USB and the print spooler have their place here."""
