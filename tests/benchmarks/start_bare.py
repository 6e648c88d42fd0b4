"""Program: a bare PySide6 window; prints when it was painted, then ends."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Painted(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)  # when the whole window is painted and flushed
        return False

    def tell(self) -> None:
        print(time.monotonic(), flush=True)
        QApplication.quit()


app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1024, 768)
painted = Painted()
window.installEventFilter(painted)
window.show()
app.exec()
