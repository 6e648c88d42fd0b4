"""Windows beside the till for a demo without devices: a printer whose paper is seen, a scanner that is clicked.

They show and tell; the composition root connects them to the virtual devices. Nothing here knows a device.
"""
