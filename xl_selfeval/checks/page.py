"""The page that lists every check, made from the catalogue itself: ``python -m xl_selfeval.checks.page``."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from xl_selfeval.checks.catalogue import Check, Family, Severity, catalogue
from xl_selfeval.checks.patches import findings

PAGE = Path(__file__).with_name("README.md")
HEAD = """# 检查项目录

本页由 `python -m xl_selfeval.checks.page` 从检查目录生成，请不要手工修改。

共{count}项检查：{severities}。“提示示例”是把样例表改错一处后程序给出的原话；错误须改正，警告须改正或说明原因，提示供参考。
"""
COLUMNS = "| 代码 | 级别 | 检查什么 | 提示示例 | 怎么改 | 依据 |\n|---|---|---|---|---|---|"
_PLACE = re.compile(r"\{\w+\}")


def markdown() -> str:
    """The whole page: all checks by family, each with an example message from running its caught example."""
    entries = catalogue().values()
    counts = Counter(entry.severity for entry in entries)
    severities = "、".join(f"{severity.label}{counts[severity]}项" for severity in Severity)
    families = [_family(family, [entry for entry in entries if entry.family is family]) for family in Family]
    return "\n".join([HEAD.format(count=len(entries), severities=severities), *filter(None, families)])


def write(page: Path = PAGE) -> None:
    """Write the page to `page`."""
    page.write_text(markdown(), encoding="utf-8", newline="\n")


def _family(family: Family, entries: list[Check]) -> str:
    if not entries:
        return ""
    rows = "\n".join(_row(entry) for entry in entries)
    return f"## {family.value} {family.label}（{len(entries)}项）\n\n{COLUMNS}\n{rows}\n"


def _row(entry: Check) -> str:
    message, remedy = _example(entry)
    cells = (entry.code, entry.severity.label, entry.title, message, remedy, entry.basis)
    return f"| {' | '.join(_cell(text) for text in cells)} |"


def _example(entry: Check) -> tuple[str, str]:
    """Message and remedy of the caught example; of a check that the workbook's reader raises, its words with …."""
    if entry.run is None:
        return _PLACE.sub("…", entry.message), _PLACE.sub("…", entry.remedy)
    found = next(finding for finding in findings(entry.caught) if finding.code == entry.code)
    return found.message, found.remedy


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    write()
