"""How messages name a row, and which texts say nothing: words that several families of checks share."""

from __future__ import annotations

from xl_selfeval.model import Indicator, Path

NAME_LENGTH = 24
# What people type into a box that has to be filled, once spaces and closing marks are gone.
_IDLE = "无 暂无 没有 无偏差 无原因 不涉及 不适用 略 同上 正常 / \\ - -- — —— ／ … …… 0 N/A n/a NA"
_DONE = "完成 已完成 全部完成 已全部完成 按时完成 按计划完成 已按计划完成 超额完成 达标 已达标"
EMPTY_PHRASES = frozenset(f"{_IDLE} {_DONE}".split())


def row_name(path: Path, indicator: Indicator) -> str:
    """The indicator as a sentence names it: 指标“…”, or its place where it has neither name nor wording."""
    name = indicator.name or indicator.wording
    if name:
        return f"指标{quoted(name)}"
    return f"第{int(path[1]) + 1}项任务的第{int(path[3]) + 1}个指标"


def item_name(index: int, name: str) -> str:
    """The work item as a sentence names it, `index` counted from 0."""
    return f"第{index + 1}项任务{quoted(name)}" if name else f"第{index + 1}项任务"


def quoted(text: str) -> str:
    """`text`, shortened, in quotation marks; those inside of it become single ones."""
    return f"“{shortened(text).translate(str.maketrans('“”', '‘’'))}”"


def shortened(text: str) -> str:
    """`text` on one line and not longer than a sentence can carry."""
    line = " ".join(text.split())
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1] + "…"


def says_nothing(text: str) -> bool:
    """True for a filled box whose words give no information (无、/、已完成); False for an empty one."""
    return text.strip().rstrip("。.;；!！") in EMPTY_PHRASES
