"""Showing results: tables for a person at a terminal, plain lines in a pipe, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from xl_selfeval.assessment import Assessment
from xl_selfeval.checks import Finding, Severity, counted
from xl_selfeval.quantities import half_up, plain
from xl_selfeval.scoring import RowScore

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def say(text: str) -> None:
    """One line for a person, on stdout."""
    print(text)


def complain(text: str) -> None:
    """One line about what went wrong, on stderr."""
    print(text, file=sys.stderr)


def print_json(data: object) -> None:
    """`data` as JSON, the only thing on stdout."""
    exact = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")
    print(json.dumps(data, ensure_ascii=not exact, indent=2))  # other code pages cannot hold every character


def score_json(result: Assessment) -> dict[str, Any]:
    """The scores of one submission as the command line documents them; points and rates are strings."""
    card = result.card
    execution = None
    if card.execution.max:
        execution = {
            "rate": _rate(card.execution.rate),
            "points": _p(card.execution.points),
            "max": _p(card.execution.max),
        }
    return {
        "unit": result.submission.unit.name,
        "fiscal_year": result.submission.fiscal_year,
        "rulebook": card.rulebook.id,
        "total": _p(card.total),
        "max": _p(card.max),
        "grade": card.grade.name,
        "execution": execution,
        "blocks": [{"name": b.name, "points": _p(b.points), "max": _p(b.max)} for b in card.blocks],
        "indicators": [_row_json(row) for row in card.rows],
    }


def _row_json(row: RowScore) -> dict[str, Any]:
    return {
        "path": dotted(row.path),
        "name": row.name,
        "rule": row.rule.value,
        "explanation": row.explanation,
        "computed": _p(row.computed),
        "claimed": _p(row.claimed),
        "points": _p(row.points),
        "max": _p(row.max),
    }


def findings_json(result: Assessment) -> list[dict[str, Any]]:
    """The findings of one submission, each with the sheet and cell it points at."""
    listed = []
    for found in result.findings:
        spot = result.spot(found)
        listed.append(
            {
                "code": found.code,
                "severity": found.severity.value,
                "path": dotted(found.path),
                "sheet": spot.sheet if spot else None,
                "cell": spot.a1 if spot else None,
                "message": found.message,
                "remedy": found.remedy,
                "basis": found.basis,
            }
        )
    return listed


def dotted(path: Iterable[str | int]) -> str:
    """A path as text, e.g. items.0.indicators.2.actual."""
    return ".".join(str(step) for step in path)


def headline(result: Assessment) -> str:
    """One sentence: unit, year, total, grade."""
    card, year = result.card, result.submission.fiscal_year
    unit = result.submission.unit.name or "（未填单位名称）"
    unscored = sum(row.computed is None for row in card.rows)
    caveat = f"（另有{unscored}个指标未能计分，暂按0分）" if unscored else ""
    caveat += "（含示例值）" if result.submission.examples else ""
    if not card.begun:
        return f"{unit} {year or '（未填年度）'}年度：尚未填写指标，没有得分和等级"
    return f"{unit} {year or '（未填年度）'}年度：总分 {card.total}（满分 {card.max}），等级 {card.grade.name}{caveat}"


def overview(result: Assessment) -> str:
    """One line for a list of many: file, unit, total, grade, findings."""
    card = result.card
    points = f"{card.total}\t{card.grade.name}" if card.begun else "\t尚未填写"
    unit = result.submission.unit.name or "（未填单位名称）"
    return f"{result.source.name}\t{unit}\t{points}\t{counted(result.findings)}"


def finding_lines(result: Assessment) -> list[str]:
    """One line a finding: severity, code, place, what, what to do."""
    return [
        f"{found.severity.label}\t{found.code}\t{where(result, found)}\t{found.message}\t{found.remedy}"
        for found in result.findings
    ]


def where(result: Assessment, found: Finding) -> str:
    """The place of a finding as people say it: sheet and cell."""
    spot = result.spot(found)
    return f"{spot.sheet} {spot.a1}" if spot else "整份自评"


def score_lines(result: Assessment) -> list[str]:
    """A header, one line a part and one line an indicator: name, points, weight, rule, how it came about."""
    card = result.card
    lines = [f"{block.name}\t{plain(block.points)}\t{plain(block.max)}\t合计\t" for block in card.blocks]
    if card.execution.max:
        points, weight = plain(card.execution.points), plain(card.execution.max)
        lines.append(f"预算执行率\t{points}\t{weight}\t执行率\t{card.execution.explanation}")
    lines += [
        f"{row.name}\t{plain(row.points)}\t{plain(row.max)}\t{row.rule.label}\t{row.explanation}" for row in card.rows
    ]
    return ["名称\t得分\t分值\t计分规则\t怎样得来", *lines]


def show_findings(result: Assessment) -> None:
    """The findings as a table at a terminal, else as plain lines."""
    console = Console()
    say(f"{result.source.name}：{counted(result.findings)}")
    if not console.is_terminal:
        for line in finding_lines(result):
            say(line)
        return
    table = Table(show_lines=True)
    for title in ("程度", "代码", "位置", "问题", "处理建议"):
        table.add_column(title, no_wrap=title in ("程度", "代码"))
    for found in result.findings:
        style = COLOURS[found.severity]
        texts = (found.severity.label, found.code, where(result, found), found.message, found.remedy)
        table.add_row(*texts, style=style if found.severity is Severity.ERROR else None)
    if result.findings:
        console.print(table)


def show_scores(result: Assessment) -> None:
    """The scores as a table at a terminal, else as plain lines."""
    console = Console()
    say(headline(result))
    if not console.is_terminal:
        for line in score_lines(result):
            say(line)
        return
    table = Table()
    for title, side in (("指标", "left"), ("分值", "right"), ("系统", "right"), ("自评", "right"), ("得分", "right")):
        table.add_column(title, justify="right" if side == "right" else "left")
    table.add_column("怎样得来")
    for row in result.card.rows:
        points = (_p(row.max), _p(row.computed) or "—", _p(row.claimed) or "—", _p(row.points))
        short = row.points < row.max
        table.add_row(row.name, *(str(p) for p in points), row.explanation, style="yellow" if short else None)
    console.print(table)
    for line in score_lines(result)[1 : 1 + len(result.card.blocks) + bool(result.card.execution.max)]:
        say(line)


def _p(points: Decimal | None) -> str | None:
    return None if points is None else format(points, "f")


def _rate(rate: Decimal | None) -> str | None:
    return None if rate is None else format(half_up(rate, 4), "f")
