"""What is wrong with a rulebook file, said in Chinese: the line, the place in words, the reason.

pydantic speaks English of Python types; here its faults become sentences a method owner can act on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic_core import ErrorDetails

from xl_selfeval.model import Path

WORDS = {
    "id": "编号",
    "name": "名称",
    "level": "适用层级",
    "version": "版本",
    "sources": "出处清单",
    "document": "文件名称",
    "number": "文号",
    "link": "链接",
    "date": "日期",
    "note": "说明",
    "total": "总分",
    "execution": "预算执行率分值",
    "blocks": "各部分",
    "categories": "所含一级指标",
    "points": "分值",
    "grades": "等级",
    "code": "等级代码",
    "floor": "下限",
    "ceiling": "上限",
    "bands": "定性档次",
    "achievement": "完成档次",
    "formulas": "计分公式",
    "digits": "小数位数",
    "equal": "等值指标计分方式",
    "reverse": "反向指标计分方式",
    "partial_step": "不足一档的算法",
    "late": "逾期各档",
    "days": "逾期天数",
    "share": "得分比例",
    "reasons": "须说明原因的情形",
    "overshoot": "超额完成须说明的界限",
    "overshoot_notice": "超额完成提示的界限",
    "execution_below": "执行率下限",
    "execution_above": "执行率上限",
    "limits": "字数和占比上限",
    "reason_length": "偏差原因字数上限",
    "text_length": "文字字数上限",
    "largest_share": "单个指标最大占比",
    "value": "数值",
    "source": "出处名",
    "verified": "是否已核实",
}
SHOWN = 30


@dataclass(frozen=True)
class Fault:
    """One fault: the line it is on (1 is the first), its path in the data, the reason in Chinese."""

    line: int
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"第{self.line}行，{in_words(self.path)}：{self.reason}"


class RulebookError(ValueError):
    """A rulebook that cannot be used. The message is Chinese and ends with what to do; `faults` lists its parts."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)

    @classmethod
    def of(cls, file: FilePath, faults: Sequence[Fault], model: FilePath) -> RulebookError:
        """All `faults` of `file` in the order of its lines, and `model`, a file to copy the right form from."""
        ordered = sorted(faults, key=lambda fault: fault.line)
        lines = [f"评分办法文件“{file}”有{len(ordered)}处问题，没有载入："]
        lines += [f"  {file.name} {fault}" for fault in ordered]
        lines.append(f"请按行号改好并保存后再试；写法可对照自带的“{model}”。")
        return cls("\n".join(lines), ordered)


def in_words(path: Path) -> str:
    """A path as people say it, with the dotted path behind: 各部分第1项的分值（blocks.0.points）."""
    if not path:
        return "全文"
    words: list[str] = []
    for i, step in enumerate(path):
        if isinstance(step, int):
            words[-1:] = [f"{words[-1] if words else ''}第{step + 1}项"]
        elif i == 1 and path[0] == "sources":
            words.append(f"“{step}”")
        elif step != "value" or len(path) == 1:
            words.append(WORDS.get(step, f"“{step}”"))
    return f"{'的'.join(words)}（{'.'.join(map(str, path))}）"


def explain(error: ErrorDetails) -> str:
    """The Chinese reason for one pydantic fault, with the value seen where that helps."""
    context = error.get("ctx", {})
    for names, say in REASONS:
        if error["type"].startswith(names):
            return say(error, context)
    return "写法不对，请对照自带的评分办法修改"


def is_echo(error: ErrorDetails) -> bool:
    """True of a "too few items" that only repeats that some items are faulty: pydantic counts the sound ones."""
    given = error["input"]
    return error["type"] == "too_short" and isinstance(given, list) and len(given) >= error["ctx"]["min_length"]


def shown(value: object) -> str:
    """A value as it stood in the file, cut to a readable length."""
    if isinstance(value, dict | list):
        return "一组内容"
    text = "空值" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _missing(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    name = str(error["loc"][-1])
    if name == "value":
        return "缺少 value，请写成 {value: 数值, source: 出处名}"
    return f"缺少“{name}”（{WORDS.get(name, name)}），请补上"


def _unknown(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    name = str(error["loc"][-1])
    near = [word for word in difflib.get_close_matches(name, WORDS, 1) if word != name]
    advice = f"是否想写“{near[0]}”（{WORDS[near[0]]}）？" if near else "请删去这一行或改成认得的名称"
    return f"这里不认得“{shown(name)}”，{advice}"


def _bare(error: ErrorDetails, context: Mapping[str, Any]) -> str:
    """A part that is no mapping; most often a number written without its source."""
    value = error["input"]
    if not str(context.get("class_name", "")).startswith("Sourced"):
        return f"这里应是一组“名称: 内容”，现为“{shown(value)}”"
    if isinstance(value, list):
        return "这里应是一个数值，请写成 {value: 数值, source: 出处名}"
    text = "null" if value is None else shown(value)
    sourced, bare = f"{{value: {text}, source: 出处名}}", f"{{value: {text}, verified: false}}"
    return f"不能只写“{text}”，请注明出处：{sourced}；没有出处的写 {bare}"


def _number(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    value = error["input"]
    if isinstance(value, str) and value.rstrip().endswith(("%", "％")):
        return f"“{shown(value)}”不是数字；比例请写成小数，如 90% 写 0.9"
    return f"“{shown(value)}”不是可用的数字，请只写数字，如 50 或 0.9，不带单位"


def _whole(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    return f"“{shown(error['input'])}”不是整数，请写成整数，如 2"


def _digits(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    return f"“{shown(error['input'])}”的位数太多，请写成不超过12位、小数不超过8位的数"


def _text(error: ErrorDetails, _context: Mapping[str, Any]) -> str:
    if error["input"] is None:
        return "不能为空，请补上"
    value = shown(error["input"])
    return f'这里应是文字，现为“{value}”；若本就是数字，请加引号写成 "{value}"'


def _choice(error: ErrorDetails, context: Mapping[str, Any]) -> str:
    expected = str(context["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
    return f"“{shown(error['input'])}”不在可选范围内，只能写 {expected}"


def _bound(words: str, key: str) -> Callable[[ErrorDetails, Mapping[str, Any]], str]:
    return lambda error, context: f"“{shown(error['input'])}”超出范围，须{words}{context[key]}"


def _length(words: str, key: str) -> Callable[[ErrorDetails, Mapping[str, Any]], str]:
    return lambda error, context: f"{words}{context[key]}项，现有{len(error['input'])}项"


def _say(text: str) -> Callable[[ErrorDetails, Mapping[str, Any]], str]:
    return lambda error, _context: text.format(shown(error["input"]))


# The first entry whose names the fault's type starts with gives the words.
REASONS: tuple[tuple[tuple[str, ...], Callable[[ErrorDetails, Mapping[str, Any]], str]], ...] = (
    (("missing",), _missing),
    (("extra_forbidden",), _unknown),
    (("model_type", "dict_type", "model_attributes_type"), _bare),
    (("tuple_type", "list_type"), _say("这里应是一个列表（每项前写“- ”），现为“{}”")),
    (("too_short",), _length("至少要有", "min_length")),
    (("too_long",), _length("最多只能有", "max_length")),
    (("string_too_short",), _say("不能为空，请补上")),
    (("string_pattern_mismatch",), _say("“{}”不能作编号：只用小写字母、数字和短横线，以字母或数字开头")),
    (("string",), _text),
    (("decimal_max", "decimal_whole"), _digits),
    (("decimal", "finite_number"), _number),
    (("int",), _whole),
    (("bool",), _say("“{}”不行，只能写 true 或 false")),
    (("enum", "literal_error"), _choice),
    (("greater_than_equal",), _bound("不小于", "ge")),
    (("greater_than",), _bound("大于", "gt")),
    (("less_than_equal",), _bound("不大于", "le")),
    (("date",), _say("“{}”不是日期，请写成 2024-04-10 这样的形式")),
    (("contradiction",), lambda _error, context: str(context["reason"])),
    (("value_error",), lambda _error, context: str(context["error"])),
)
