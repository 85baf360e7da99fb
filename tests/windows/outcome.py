"""What a check gives, how a list of checks is run, and the report of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Verdict(Enum):
    """How a check ended, with the words of the report."""

    PASSED = "通过"
    FAILED = "不通过"
    LOOK = "请看图"  # a picture was saved; a person judges it
    UNTESTED = "没有测"


@dataclass(frozen=True)
class Outcome:
    """The end of one check: the verdict, and what was seen or what is missing."""

    verdict: Verdict
    seen: str = ""


class Failed(AssertionError):  # noqa: N818 - it says the state, as the verdict does
    """What was seen is not what it should be; the message says both."""


class Untested(Exception):  # noqa: N818 - as above
    """The check cannot be made here; the message says what is missing."""


Run = Callable[[Any], "str | Outcome"]


@dataclass(frozen=True)
class Item:
    """One line of the report. `about` names what of ours it covers: editions, `button:check`, `function:SE_SCORE`."""

    area: str
    title: str
    run: Run
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """An item and how it ended, with the seconds it took."""

    item: Item
    outcome: Outcome
    seconds: float


def expect(true: bool, otherwise: str) -> None:
    """Raise Failed with `otherwise` unless `true`."""
    if not true:
        raise Failed(otherwise)


def run_item(item: Item, context: Any, clock: Callable[[], float]) -> Result:
    """Run one item on `context`; whatever it raises becomes its outcome."""
    started = clock()
    try:
        ended = item.run(context)
        outcome = ended if isinstance(ended, Outcome) else Outcome(Verdict.PASSED, ended)
    except Failed as failed:
        outcome = Outcome(Verdict.FAILED, str(failed))
    except Untested as missing:
        outcome = Outcome(Verdict.UNTESTED, str(missing))
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        outcome = Outcome(Verdict.FAILED, f"{type(error).__name__}: {error}（{where.name}，第{where.lineno}行）")
    return Result(item, outcome, clock() - started)


def untested(items: Iterable[Item], why: str) -> list[Result]:
    """Results of items that nobody ran."""
    return [Result(item, Outcome(Verdict.UNTESTED, why), 0.0) for item in items]


def passed(results: Sequence[Result]) -> bool:
    """True when nothing failed and something was tested."""
    verdicts = [result.outcome.verdict for result in results]
    return Verdict.FAILED not in verdicts and Verdict.PASSED in verdicts


def report(results: Sequence[Result], machine: Sequence[str], now: datetime) -> str:
    """The report as Markdown: the machine, the sums, then one table an area, failures first of all."""
    sums = "，".join(f"{v.value} {sum(r.outcome.verdict is v for r in results)} 项" for v in Verdict)
    lines = [
        "# 发布检查（Windows + Excel）",
        "",
        f"{now:%Y-%m-%d %H:%M}　{'可以发布' if passed(results) else '不能发布'}：{sums}",
        "",
    ]
    lines += [f"- {fact}" for fact in machine]
    failures = [result for result in results if result.outcome.verdict is Verdict.FAILED]
    if failures:
        lines += ["", "## 不通过的项目", "", *_table(failures, area=True)]
    for area in dict.fromkeys(result.item.area for result in results):
        lines += ["", f"## {area}", "", *_table([r for r in results if r.item.area == area], area=False)]
    return "\n".join(lines) + "\n"


def _table(results: Sequence[Result], *, area: bool) -> list[str]:
    head = ["部分"] * area + ["项目", "结果", "所见", "秒"]
    rows = [
        [r.item.area] * area + [r.item.title, r.outcome.verdict.value, r.outcome.seen, f"{r.seconds:.1f}"]
        for r in results
    ]
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "／").split()) for cell in cells) + " |"
