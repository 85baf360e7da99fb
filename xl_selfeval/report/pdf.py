"""PDF of a .docx through LibreOffice: a private profile for each call, no window, a time limit.

Windows' Word through COM would serve machines without LibreOffice; that is left for later, so there `to_pdf` needs
LibreOffice too.
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
    """The pages of `docx` as PDF, laid out by LibreOffice.

    Raises PdfUnavailable when LibreOffice is not installed, takes too long or fails; the .docx is not touched.
    """
    office = find_office()
    if office is None:
        raise PdfUnavailable(
            "没有找到 LibreOffice，不能生成 PDF。请安装 LibreOffice，或用 Word、WPS 打开报告后另存为 PDF。"
        )
    with tempfile.TemporaryDirectory(prefix="xl-selfeval-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        (work / "report.docx").write_bytes(_for_libreoffice(docx))
        _convert(office, work)
        made = work / "report.pdf"
        if not made.is_file():
            raise PdfUnavailable("LibreOffice 没有生成 PDF。请用 Word 或 WPS 打开报告后另存为 PDF。")
        return made.read_bytes()


def _for_libreoffice(docx: bytes) -> bytes:
    """LibreOffice 7.4 reads w:overflowPunct the wrong way round and would hang full stops outside the text."""
    try:
        parts = read_parts(docx)
    except zipfile.BadZipFile as error:
        raise PdfUnavailable("要转换的报告不是 .docx 文件，或文件已损坏，不能生成 PDF。请重新生成报告。") from error
    styles = parts.get("word/styles.xml")
    if styles is None:
        return docx
    return write_parts(parts | {"word/styles.xml": styles.replace(_INSIDE, _INSIDE.replace(b"0", b"1"))})


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
