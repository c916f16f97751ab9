"""Making PDF pages for tests: text at places, lines, pictures (reportlab, in tests only)."""

import io
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

HEIGHT = 842
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)


class Paper:
    """A4 pages; places are points from the upper left corner, at the base line of the text."""

    def __init__(self, password=""):
        font = next((path for path in _FONTS if Path(path).exists()), None)
        if font is None:
            import pytest

            pytest.skip("no TrueType font with Vietnamese letters is installed")
        if "paper" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("paper", font))
        self._stream = io.BytesIO()
        lock = StandardEncryption(password.encode("ascii", "ignore").decode() or "x", canPrint=0) if password else None
        self._canvas = canvas.Canvas(self._stream, pagesize=(595, HEIGHT), encrypt=lock)
        self._open = False

    def text(self, x, y, text, size=11):
        self._canvas.setFont("paper", size)
        self._canvas.drawString(x, HEIGHT - y, text)
        self._open = True

    def line(self, x0, y0, x1, y1):
        self._canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        self._open = True

    def picture(self, x, y, width, height):
        from PIL import Image

        image = ImageReader(Image.new("RGB", (40, 60), (200, 220, 240)))
        self._canvas.drawImage(image, x, HEIGHT - y - height, width, height)
        self._open = True

    def page(self):
        self._canvas.showPage()
        self._open = False

    def bytes(self):
        if self._open:
            self.page()
        self._canvas.save()
        return self._stream.getvalue()
