"""Windows beside the till for trying it without devices: paper is seen, codes are clicked, weights are laid on.

They show and tell; the composition root connects them to the virtual devices. Nothing here knows a device.
"""
