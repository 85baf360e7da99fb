"""Pictures for the README from a finished demo: python -m tests.libreoffice.pictures DEMO_FOLDER PICTURE_FOLDER."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pdfplumber
from PIL import Image

from tests.libreoffice.office import Office

# Picture: which file of the demo, and the words at the top of the page that is wanted.
WANTED = {
    "填报说明": ("2 自评表（附检查结果）.xlsx", "部门整体支出绩效自评表"),
    "指标评分": ("2 自评表（附检查结果）.xlsx", "指标评分"),
    "检查结果": ("2 自评表（附检查结果）.xlsx", "检查结果"),
    "报告首页": ("5 自评报告.pdf", "整体支出绩效自评报告"),
    "报告得分": ("5 自评报告.pdf", "绩效指标自评得分表"),
}
WIDTH, COLOURS = 860, 24  # pixels: readable in a two-column table, and small


def draw(demo: Path, pictures: Path) -> None:
    """Render each wanted page as a PNG into `pictures`."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            pdfs = {name: _pdf(office, demo / name) for name, _ in WANTED.values()}
        finally:
            office.close()
        for picture, (name, words) in WANTED.items():
            page = str(_page(pdfs[name], words))
            size = ["-f", page, "-l", page, "-singlefile", "-png", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
            subprocess.run(["pdftoppm", *size, str(pdfs[name]), str(pictures / picture)], check=True)
            drawn = pictures / f"{picture}.png"
            Image.open(drawn).quantize(COLOURS).save(drawn, optimize=True)


def _pdf(office: Office, source: Path) -> Path:
    return source if source.suffix == ".pdf" else office.to_pdf([source])[0]


def _page(pdf: Path, words: str) -> int:
    """The number (from 1) of the first page whose text, without spaces, holds `words`; headings come first."""
    with pdfplumber.open(pdf) as document:
        texts = ["".join((page.extract_text() or "").split()) for page in document.pages]
    starting = [n for n, text in enumerate(texts, start=1) if text.startswith(words)]
    return (starting or [n for n, text in enumerate(texts, start=1) if words in text])[0]


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
