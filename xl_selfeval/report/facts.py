"""Composes from a Submission and its ScoreCard all that a report says: `facts` gives the typed view. Pure.

Money is in 万元, points in 分, rates are printed in per cent with two decimals, half-up.
"""

from __future__ import annotations

from collections.abc import Sequence

from xl_selfeval.checks.catalogue import Finding, Severity
from xl_selfeval.model import Asset, PolicyDocument, PolicyRole, Submission, TeamMember
from xl_selfeval.quantities.dates import chinese_date
from xl_selfeval.quantities.numerals import plain
from xl_selfeval.report import words
from xl_selfeval.report.finance import finance_facts
from xl_selfeval.report.gongwen import TEXT_WIDTH, TITLE_SIZE
from xl_selfeval.report.indicators import indicator_facts, item_facts, rows_of, tally
from xl_selfeval.report.marker import Marker
from xl_selfeval.report.points import score_facts
from xl_selfeval.report.view import (
    AssetFacts,
    Facts,
    FindingFacts,
    IndicatorFacts,
    MemberFacts,
    ProblemFacts,
    UnitFacts,
)
from xl_selfeval.scoring import ScoreCard

BLANK_SIGNATURES = 3
"""Rows to sign by hand where no team was declared."""
_LONGEST_TITLE = int(TEXT_WIDTH / TITLE_SIZE)


def facts(submission: Submission, card: ScoreCard, findings: Sequence[Finding] = ()) -> Facts:
    """All that the report of `submission` with the points of `card` can say.

    `findings` that are errors or warnings come out as the list to settle before handing in.
    """
    marker = Marker(submission)
    rows = rows_of(submission, card)
    indicators = {row.path: indicator_facts(row, card, marker) for row in rows}
    items = tuple(
        item_facts(item, ("items", i), _of_item(i, indicators), marker) for i, item in enumerate(submission.items)
    )
    year, unit, duties = submission.fiscal_year, _unit(submission, marker), _duties(submission, marker)
    return Facts(
        title=_title(submission, marker),
        year="" if year is None else marker.mark(str(year), ("fiscal_year",)),
        previous_year="" if year is None else marker.mark(str(year - 1), ("fiscal_year",)),
        date=_date(submission, marker),
        has_examples=bool(submission.examples),
        unit=unit,
        basis=_documents(submission, marker, (PolicyRole.BASIS, None)),
        uncited=_uncited(submission, marker),
        has_profile=bool(duties or submission.assets_total is not None or submission.assets or _described(unit)),
        duties=duties,
        assets_total=marker.money(submission.assets_total, ("assets_total",)),
        assets=tuple(_asset(asset, i, marker) for i, asset in enumerate(submission.assets) if not asset.is_blank),
        finance=finance_facts(submission, card, marker),
        goal=marker.lines(submission.goal.text, ("goal", "text")),
        goal_result=marker.lines(submission.goal.result, ("goal", "result")),
        organisation=marker.lines(submission.evaluation.organisation, ("evaluation", "organisation")),
        methods=marker.lines(submission.evaluation.methods, ("evaluation", "methods")),
        items=items,
        tally=tally(indicators.values()),
        score=score_facts(submission, card, rows, indicators, marker),
        problems=_problems(submission, marker),
        no_problems=any(row.problem and words.is_none(row.problem) for row in submission.problems),
        measures=_measures(submission, marker),
        remarks=() if words.is_none(submission.remarks) else marker.lines(submission.remarks, ("remarks",)),
        team=_team(submission, marker),
        findings=_findings(findings),
    )


def _of_item(i: int, indicators: dict[tuple[str | int, ...], IndicatorFacts]) -> tuple[IndicatorFacts, ...]:
    return tuple(fact for path, fact in indicators.items() if path[1] == i)


def _title(submission: Submission, marker: Marker) -> str:
    unit = words.one_line(submission.unit.name)
    year = "" if submission.fiscal_year is None else f"{submission.fiscal_year}年度"
    title = words.one_line(submission.title) or f"{unit}{year}部门整体支出绩效自评报告"
    return marker.mark("\n".join(words.title_lines(title, unit, _LONGEST_TITLE)), ("title",))


def _date(submission: Submission, marker: Marker) -> str:
    day = submission.report_date
    return "" if day is None else marker.mark(chinese_date(day), ("report_date",))


def _unit(submission: Submission, marker: Marker) -> UnitFacts:
    unit = submission.unit

    def line(field: str) -> str:
        return marker.line(getattr(unit, field), ("unit", field))

    def count(field: str) -> str:
        value = getattr(unit, field)
        return "" if value is None else marker.mark(str(value), ("unit", field))

    kinds = (kind for kind in ("事业", "行政") if kind in unit.kind)
    return UnitFacts(
        name=line("name"),
        short_name=line("short_name"),
        supervising_department=line("supervising_department"),
        level=line("level"),
        kind=line("kind"),
        funding=line("funding"),
        post_kind=next(kinds, ""),
        establishment=count("establishment"),
        staff=count("staff"),
        staff_note=marker.sentence(unit.staff_note, ("unit", "staff_note")),
    )


def _described(unit: UnitFacts) -> bool:
    return bool(unit.level or unit.kind or unit.funding or unit.establishment or unit.staff)


def _document(document: PolicyDocument, place: tuple[str | int, ...], marker: Marker) -> str:
    """石家庄市鹿泉区人民政府《…》（鹿发〔2019〕8号）."""
    title, number = words.one_line(document.title).strip("《》"), words.one_line(document.number)
    number = number if number.startswith(("（", "(")) or not number else f"（{number}）"
    return marker.mark(f"{words.one_line(document.issuer)}{f'《{title}》' if title else ''}{number}", place)


def _documents(submission: Submission, marker: Marker, roles: Sequence[PolicyRole | None]) -> tuple[str, ...]:
    return tuple(
        _document(document, ("policies", i), marker)
        for i, document in enumerate(submission.policies)
        if document.role in roles and (document.title or document.number)
    )


def _uncited(submission: Submission, marker: Marker) -> tuple[str, ...]:
    """Documents for pre-evaluation and of the house that the unit's own words do not name."""
    told = submission.evaluation.organisation + submission.evaluation.methods
    return tuple(
        _document(document, ("policies", i), marker)
        for i, document in enumerate(submission.policies)
        if document.role in (PolicyRole.PRE_EVALUATION, PolicyRole.INTERNAL)
        and document.title
        and document.title.strip("《》") not in told
    )


def _duties(submission: Submission, marker: Marker) -> tuple[str, ...]:
    """Without numbers of their own, so that the report's numbering does not clash with them."""
    told = (marker.sentence(words.without_number(duty), ("duties", i)) for i, duty in enumerate(submission.duties))
    return tuple(duty for duty in told if duty)


def _asset(asset: Asset, i: int, marker: Marker) -> AssetFacts:
    place = ("assets", i)
    quantity = "" if asset.quantity is None else f"{plain(asset.quantity)}{words.one_line(asset.unit_of_measure)}"
    return AssetFacts(
        kind=marker.clause(asset.kind or "其他资产", (*place, "kind")),
        quantity=marker.mark(quantity, (*place, "quantity")),
        value=marker.money(asset.value, (*place, "value")),
        basis=marker.line(asset.basis, (*place, "basis")),
    )


def _problems(submission: Submission, marker: Marker) -> tuple[ProblemFacts, ...]:
    return tuple(fact for fact in _problem_rows(submission, marker) if fact.problem)


def _measures(submission: Submission, marker: Marker) -> tuple[ProblemFacts, ...]:
    """One for each problem, so that the numbers of both lists match; then measures without a problem."""
    rows = _problem_rows(submission, marker)
    return tuple(fact for fact in rows if fact.problem) + tuple(
        fact for fact in rows if fact.improvement and not fact.problem
    )


def _problem_rows(submission: Submission, marker: Marker) -> list[ProblemFacts]:
    """Texts that say 无 count as blank."""
    told = []
    for i, row in enumerate(submission.problems):
        place = ("problems", i)
        problem, improvement = (
            "" if words.is_none(text) else marker.sentence(words.without_number(text), (*place, field))
            for text, field in ((row.problem, "problem"), (row.improvement, "improvement"))
        )
        responsible = "" if words.is_none(row.responsible) else marker.line(row.responsible, (*place, "responsible"))
        deadline = "" if words.is_none(row.deadline) else marker.line(row.deadline, (*place, "deadline"))
        told.append(ProblemFacts(problem, improvement, responsible, deadline))
    return told


def _team(submission: Submission, marker: Marker) -> tuple[MemberFacts, ...]:
    told = tuple(
        _member(member, ("team", i), marker) for i, member in enumerate(submission.team) if not member.is_blank
    )
    return told or (MemberFacts("", "", "", ""),) * BLANK_SIGNATURES


def _member(member: TeamMember, place: tuple[str | int, ...], marker: Marker) -> MemberFacts:
    fields = ("name", "organisation", "post", "title")
    return MemberFacts(*(marker.line(getattr(member, field), (*place, field)) for field in fields))


def _findings(findings: Sequence[Finding]) -> tuple[FindingFacts, ...]:
    """Errors first, then warnings; notes are not printed."""
    open_ones = [
        finding
        for severity in (Severity.ERROR, Severity.WARNING)
        for finding in findings
        if finding.severity is severity
    ]
    return tuple(FindingFacts(one.code, one.severity.label, one.message, one.remedy) for one in open_ones)
