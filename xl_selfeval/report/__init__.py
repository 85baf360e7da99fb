"""The Word report of a scored submission, and its PDF.

The words are in a Word template (`templates/`), the figures come from `facts`, the page from `gongwen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xl_selfeval.checks.catalogue import Finding
from xl_selfeval.model import Submission
from xl_selfeval.report import words
from xl_selfeval.report.facts import facts
from xl_selfeval.report.faults import TemplateError
from xl_selfeval.report.package import write_parts
from xl_selfeval.report.pdf import PdfUnavailable, to_pdf
from xl_selfeval.report.properties import CORE, core_properties
from xl_selfeval.report.template import prepare
from xl_selfeval.scoring import ScoreCard

__all__ = ["DEFAULT_TEMPLATE", "PdfUnavailable", "TemplateError", "render_report", "to_pdf"]

DEFAULT_TEMPLATE = Path(__file__).parent / "templates" / "luquan.docx"


def render_report(
    submission: Submission, card: ScoreCard, findings: Sequence[Finding] = (), template: Path | None = None
) -> bytes:
    """The report of `submission` with the points of `card` as the bytes of a .docx; the same input, the same bytes.

    `findings` (errors and warnings) become a last page of matters to settle before handing in; leave them out for the
    final version. `template` is a .docx with tags, by default the outline of the Luquan report. Raises TemplateError,
    with a Chinese message, when it cannot be read, is no .docx or has a faulty tag.
    """
    told = facts(submission, card, findings)
    path = template or DEFAULT_TEMPLATE
    try:
        parts = prepare(_read(path)).fill(told)
    except TemplateError as error:
        raise TemplateError(f"报告模板“{path.name}”不能用：{error}") from error
    parts[CORE] = core_properties(
        title=told.title.replace("\n", ""),
        author=told.unit.name,
        subject=words.one_line(f"{told.year}年度部门整体支出绩效自评" if told.year else "部门整体支出绩效自评"),
        day=submission.report_date,
    )
    return write_parts(parts)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise TemplateError("这是一个文件夹，请指定其中的 .docx 文件。") from error
    except FileNotFoundError as error:
        raise TemplateError("找不到这个文件，请核对路径和文件名。") from error
    except OSError as error:
        raise TemplateError("文件打不开，可能没有权限或正被占用。请关闭打开它的程序再试。") from error
