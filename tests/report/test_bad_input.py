"""What people type by accident or on purpose: it stays text, and the report stays whole."""

from __future__ import annotations

from hypothesis import given, settings

from tests.report.reading import (
    finance,
    headings,
    indicator,
    opened,
    paragraphs,
    rendered,
    report,
    rows,
    with_indicators,
)
from tests.strategies import submissions
from xl_selfeval.model import Submission

NASTY = "A & B <b> \"q\" 'x' 😀 {{ 单位.名称 }} {% if x %} {# y #} ]]> </w:t> \x07\ufdd0\ufdd1"
NASTY_READ = "A & B <b> \"q\" 'x' 😀 {{ 单位.名称 }} {% if x %} {# y #} ]]> </w:t>"


def hostile() -> Submission:
    rows_of_all_kinds = [
        indicator(name=NASTY, wording=NASTY, target=NASTY, actual=NASTY, deviation_reason=NASTY, improvement=NASTY),
        indicator(name="长" * 3000, actual="字" * 3000),
        indicator(name="W" * 300),
    ]
    return with_indicators(
        *rows_of_all_kinds,
        unit={"name": NASTY, "kind": NASTY, "staff_note": NASTY},
        duties=[NASTY, "职" * 3000],
        goal={"text": f"第一段\n{NASTY}\r\n第三段", "result": NASTY},
        problems=[{"problem": NASTY, "improvement": NASTY, "responsible": NASTY, "deadline": NASTY}],
        evaluation={"organisation": NASTY, "methods": NASTY},
        team=[{"name": f"张\n三{NASTY}", "organisation": NASTY}],
        remarks=NASTY,
    )


def test_hostile_text_stays_text() -> None:
    submission = hostile().model_copy(update={"title": "标题"})
    document = report(submission)
    told = paragraphs(document)
    assert f"{NASTY_READ}。" in told
    assert "职" * 3000 in told[told.index("部门职责：") + 2]
    assert ["第一段", f"{NASTY_READ}", "第三段。"] == told[told.index("第一段") : told.index("第一段") + 3]
    assert document.core_properties.author == NASTY_READ
    assert rows(document, "姓名")[1][1] == NASTY_READ


def test_200_indicators_and_a_blank_form() -> None:
    many = with_indicators(*(indicator(name=f"指标{n}", actual="9") for n in range(200)))
    document = report(many)
    assert len([row for row in rows(document, "三级指标") if row[0].startswith("指标")]) == 200
    assert any("200个未完全达到目标（指标0、指标1、" in text and "指标7等）" in text for text in paragraphs(document))
    assert "尚未填写绩效指标，暂不能给出总得分和评价等级。" in paragraphs(report(Submission()))


def test_budgets_of_zero_have_no_rate() -> None:
    zero = {"initial_budget": 0, "adjusted_budget": 0, "executed_amount": 0, "previous_year": 0}
    told = paragraphs(report(finance(total=0, previous_total=0, funds={"total": zero}, expenditure={"total": zero})))
    assert "预算执行情况：年初预算数为0.00万元，全年预算数为0.00万元，与年初预算持平。全年执行数为0.00万元。" in told
    assert any("执行率不适用，得0.00分。" in text for text in told)


@settings(deadline=None, max_examples=40)
@given(submissions())
def test_any_submission_becomes_a_report(submission: Submission) -> None:
    document = opened(rendered(submission, "mof-2020"))
    told = paragraphs(document)
    assert told[-2:] and document.tables
    numbers = [text[0] for text in headings(document) if text[1:2] == "、"]
    assert numbers == list("一二三四五六七")[: len(numbers)]
