"""The composition root: the only part that sees everything.

``till`` opens the books, ``devices`` the printer and scanners, ``window`` the cashier's window, ``demo`` the demo
shop, ``tour`` a guided day without a display.
"""
