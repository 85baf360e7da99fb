"""PDF of a .docx: through Word where there is one, else through LibreOffice (private profile, no window, time limit).

Word goes first because the report is a Word file: its pages, lines of 28 characters and fonts are then exactly those
that the person sees on opening it, while LibreOffice breaks lines a little differently. Where Word fails, LibreOffice
still serves.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from xl_selfeval.report.package import read_parts, write_parts
from xl_selfeval.report.word_pdf import WordFailed, has_word, word_pdf

TIMEOUT = 120
"""Seconds for one conversion; the first start of LibreOffice on a slow machine takes about twenty."""
_INSIDE = b'<w:overflowPunct w:val="0"/>'
_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_STAND_INS = {
    "仿宋_GB2312": ("仿宋", "FangSong", "FangSong_GB2312", "STFangsong", "AR PL SungtiL GB", "Noto Serif CJK SC"),
    "楷体_GB2312": ("楷体", "KaiTi", "KaiTi_GB2312", "STKaiti", "AR PL KaitiM GB", "Noto Serif CJK SC"),
    "方正小标宋简体": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "宋体", "SimSun"),
    "黑体": ("SimHei", "STHeiti", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "STSong", "AR PL SungtiL GB", "Noto Serif CJK SC"),
}
"""Faces that may be absent, each with those of the same cut in order; Chinese shapes, never Japanese ones."""


class PdfUnavailable(RuntimeError):  # noqa: N818  (the name says the state, as the public interface has it)
    """No PDF could be made; the message is a Chinese sentence with the next step."""


def to_pdf(docx: bytes) -> bytes:
    """The pages of `docx` as PDF, laid out by Word (Windows), else by LibreOffice.

    Raises PdfUnavailable when neither is installed, or those that are take too long or fail; the .docx is not touched.
    """
    parts = _parts(docx)
    word = has_word()
    office = find_office()
    if not (word or office):
        raise PdfUnavailable(
            "没有找到 LibreOffice 或 Word，不能生成 PDF。请安装其中一个，或用 WPS 打开报告后另存为 PDF。"
        )
    if not word:
        return _by_libreoffice(str(office), parts)
    try:
        return word_pdf(docx)
    except WordFailed as error:
        if office:
            return _by_libreoffice(office, parts)
        raise PdfUnavailable(
            f"{error}，也没有找到 LibreOffice。请保存并关闭 Word、WPS 中的文档和对话框后再试，或打开报告后另存为 PDF。"
        ) from error


def pdf_makers() -> list[str]:
    """The programs that `to_pdf` would use, in its order; a LibreOffice with its place. Starts nothing."""
    office = find_office()
    return (["Word"] if has_word() else []) + ([f"LibreOffice（{office}）"] if office else [])


def _parts(docx: bytes) -> dict[str, bytes]:
    try:
        return read_parts(docx)
    except zipfile.BadZipFile as error:
        raise PdfUnavailable("要转换的报告不是 .docx 文件，或文件已损坏，不能生成 PDF。请重新生成报告。") from error


def _by_libreoffice(office: str, parts: dict[str, bytes]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="xl-selfeval-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        (work / "report.docx").write_bytes(write_parts(_for_libreoffice(parts)))
        _convert(office, work)
        made = work / "report.pdf"
        if not made.is_file():
            raise PdfUnavailable("LibreOffice 没有生成 PDF。请用 Word 或 WPS 打开报告后另存为 PDF。")
        return made.read_bytes()


def _for_libreoffice(parts: dict[str, bytes]) -> dict[str, bytes]:
    """LibreOffice 7.4 reads w:overflowPunct the wrong way round and would hang full stops outside the text."""
    styles = parts.get("word/styles.xml")
    if styles is None:
        return parts
    return parts | {"word/styles.xml": styles.replace(_INSIDE, _INSIDE.replace(b"0", b"1"))}


def find_office() -> str | None:
    """The program: on the PATH, else in a usual place."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL if Path(place).is_file()), None)


def _convert(office: str, work: Path) -> None:
    command = [
        office,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(work),
        str(work / "report.docx"),
    ]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(work),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise PdfUnavailable(f"LibreOffice 启动不了（{office}）。请重新安装，或用 Word、WPS 另存为 PDF。") from error
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise PdfUnavailable(f"LibreOffice 超过{TIMEOUT}秒没有完成。请稍后再试，或用 Word、WPS 另存为 PDF。") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End this process and its children by its own id, should it still run."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/PID", str(process.pid), "/T", "/F"], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(work: Path) -> dict[str, str]:
    """Where fontconfig chooses the faces, tell it which Chinese ones may stand in for absent ones."""
    environment = dict(os.environ)
    if sys.platform != "win32":
        config = work / "fonts.conf"
        config.write_text("\n".join(_font_config()), encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(config)
    return environment


def _font_config() -> Iterator[str]:
    base = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    yield '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
    for wanted, others in _STAND_INS.items():
        names = "".join(f"<family>{escape(name)}</family>" for name in others)
        yield f'<alias binding="same"><family>{escape(wanted)}</family><prefer>'
        yield f"<family>{escape(wanted)}</family>{names}</prefer></alias>"
    # FangZheng's title face is a heavy one: its stand-in is set bold.
    yield '<match target="pattern"><test name="family"><string>方正小标宋简体</string></test>'
    yield '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit></match>'
    yield f'<include ignore_missing="yes">{escape(base)}</include></fontconfig>'
