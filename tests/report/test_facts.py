from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.report.reading import SCHEME, indicator, sample, with_indicators
from xl_selfeval.model import Submission
from xl_selfeval.report.facts import facts
from xl_selfeval.report.finance import change
from xl_selfeval.report.marker import Marker
from xl_selfeval.report.view import Change, Facts, IndicatorFacts, Sample
from xl_selfeval.rulebook.loading import find_rulebook
from xl_selfeval.scoring import score

PLAIN = Marker(Submission())


def told(submission: Submission, scheme: str = "") -> Facts:
    return facts(submission, score(submission, find_rulebook(scheme or submission.rulebook or SCHEME)))


def only(**fields: Any) -> IndicatorFacts:
    return told(with_indicators(indicator(**fields))).items[0].indicators[0]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("117.77", "111.18", Change("增加", "增长", "6.59万元", "5.93%", same=False)),
        ("90", "120", Change("减少", "下降", "30.00万元", "25.00%", same=False)),
        ("90", "90", Change("持平", "", "0.00万元", "", same=True)),
        ("90", "0", Change("增加", "增长", "90.00万元", "", same=False)),
        ("0", "0", Change("持平", "", "0.00万元", "", same=True)),
        ("90", None, None),
        (None, "90", None),
    ],
)
def test_change(now: str | None, before: str | None, expected: Change | None) -> None:
    assert change(now and Decimal(now), before and Decimal(before), PLAIN) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "standing", "words"),
    [
        ({"actual": "105"}, "met", ("不少于100人次", "105人次", "", "105.00%")),
        ({"actual": "86"}, "missed", ("不少于100人次", "86人次", "少14人次", "86.00%")),
        ({"target": "90", "unit_of_measure": "%", "actual": "88%"}, "missed", ("不低于90%", "88%", "低2个百分点", "")),
        ({"operator": "≤", "target": "60万元", "unit_of_measure": "", "actual": "65"}, "missed",
         ("不超过60万元", "65万元", "多5万元", "")),
        ({"operator": "≤", "target": "60", "unit_of_measure": "万元", "actual": "54.5"}, "met",
         ("不超过60万元", "54.5万元", "", "")),
        ({"operator": "区间", "target": "95-105", "unit_of_measure": "%", "actual": "90"}, "missed",
         ("95%至105%", "90%", "低5个百分点", "")),
        ({"operator": "区间", "target": "95-105", "unit_of_measure": "%", "actual": "108"}, "missed",
         ("95%至105%", "108%", "高3个百分点", "")),
        ({"operator": None, "target": "5", "unit_of_measure": "次", "actual": "5"}, "met",
         ("5次", "5次", "", "100.00%")),
        ({"operator": "=", "target": "0", "unit_of_measure": "起", "actual": "2"}, "missed",
         ("0起", "2起", "多2起", "")),
        ({"operator": "时限", "target": "9月前", "actual": "8月20日"}, "met", ("9月前", "2023年8月20日", "", "")),
        ({"operator": "时限", "target": "6月30日前", "actual": "2023年7月3日"}, "missed",
         ("6月30日前", "2023年7月3日", "3天", "")),
        ({"operator": "定性", "target": "明显", "actual": "有改善。", "achievement": "partly"}, "missed",
         ("明显", "有改善", "", "")),
        ({"operator": "定性", "target": "明显", "actual": "", "achievement": "achieved"}, "met", ("明显", "", "", "")),
        ({"operator": "定性", "target": "明显", "actual": "有改善"}, "unclear", ("明显", "有改善", "", "")),
        ({"actual": ""}, "unfilled", ("不少于100人次", "", "", "")),
        ({"actual": "很多"}, "unclear", ("不少于100人次", "很多", "", "")),
        ({"target": "", "actual": "7"}, "unclear", ("", "7", "", "")),
    ],
)  # fmt: skip
def test_how_an_indicator_stands(fields: dict[str, Any], standing: str, words: tuple[str, ...]) -> None:
    fact = only(**fields)
    stands = {"met": fact.met, "missed": fact.missed, "unclear": fact.unclear, "unfilled": fact.unfilled}
    assert [name for name, true in stands.items() if true] == [standing]
    side = fact.side if fact.gap and not fact.deadline else ""
    assert (fact.goal, fact.actual, side + fact.gap, fact.rate) == words


def test_far_above_the_target_is_told() -> None:
    assert only(actual="131").exceeded
    assert not only(actual="120").exceeded
    assert not only(operator="≤", actual="10").exceeded


def test_points_are_the_lower_of_both_and_the_difference_is_told() -> None:
    fact = only(actual="90", claimed_points="10")
    assert (fact.points, fact.claimed, fact.computed, fact.differs) == ("9.00", "10.00", "9.00", True)
    assert not only(actual="90", claimed_points="9").differs


@pytest.mark.parametrize(
    ("fields", "explained"),
    [
        ({}, False),
        ({"actual": "90"}, True),
        ({"actual": "150"}, True),
        ({"claimed_points": "8"}, True),
        ({"deviation_reason": "场地换新"}, True),
        ({"actual": ""}, False),
    ],
)
def test_what_calls_for_words(fields: dict[str, Any], explained: bool) -> None:
    assert bool(told(with_indicators(indicator(**fields))).items[0].to_explain) is explained


@pytest.mark.parametrize(
    ("wordings", "joined"),
    [
        ([("output", "租房，面积不低于100平方米"), ("benefit", "影响提高"), ("satisfaction", "满意度90%以上")],
         "租房，面积不低于100平方米；影响提高，满意度90%以上。"),
        ([("output", "培训5次。"), ("output", "宣传2次；")], "培训5次，宣传2次。"),
        ([("output", "合格率、及时率90%以上"), ("output", "合格率、及时率90%以上")], "合格率、及时率90%以上。"),
        ([("output", "准确率95%，每低1个百分点扣0.5分"), ("output", "支出60万元以内")],
         "准确率95%，每低1个百分点扣0.5分；支出60万元以内。"),
    ],
)  # fmt: skip
def test_wordings_become_one_sentence(wordings: list[tuple[str, str]], joined: str) -> None:
    rows = [indicator(category=kind, subcategory=None, wording=text) for kind, text in wordings]
    assert told(with_indicators(*rows)).items[0].wording == joined


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({}, "培训不少于100人次。"),
        ({"operator": "≤", "target": "60", "unit_of_measure": "万元", "name": "支出"}, "支出不超过60万元。"),
        ({"operator": "定性", "target": "明显改善", "name": "环境"}, "环境：明显改善。"),
        ({"target": ""}, "培训。"),
    ],
)
def test_without_a_wording_one_is_made(fields: dict[str, Any], made: str) -> None:
    assert told(with_indicators(indicator(**fields))).items[0].wording == made


@pytest.mark.parametrize(
    ("problems", "told_problems", "told_measures"),
    [
        ([], [], []),
        ([{"problem": "无", "improvement": "无"}], [], []),
        ([{"problem": "人手不足", "improvement": "增加培训"}], ["人手不足。"], ["增加培训。"]),
        ([{"problem": "1.人手不足", "improvement": ""}], ["人手不足。"], [""]),
        ([{"problem": "无", "improvement": "再接再厉"}], [], ["再接再厉。"]),
        ([{"problem": "", "improvement": "丙"}, {"problem": "甲", "improvement": "乙"}], ["甲。"], ["乙。", "丙。"]),
    ],
)
def test_problems_and_measures(
    problems: list[dict[str, str]], told_problems: list[str], told_measures: list[str]
) -> None:
    fact = told(Submission.model_validate({"problems": problems}))
    assert [one.problem for one in fact.problems] == told_problems
    assert [one.improvement for one in fact.measures] == told_measures


def test_the_seed_in_figures() -> None:
    fact = told(sample("luquan-2023"))
    assert fact.title.split("\n") == ["石家庄市鹿泉区红十字会", "2024年度整体支出绩效自评报告"]
    assert (fact.year, fact.previous_year, fact.date) == ("2023", "2022", "2024年4月10日")
    assert fact.basis == ("石家庄市鹿泉区人民政府《关于全面实施预算绩效管理的实施意见》（鹿发〔2019〕8号）",)
    assert fact.uncited == ()
    assert fact.duties[0].startswith("开展备灾救灾")
    assert fact.finance.change is not None
    assert (fact.finance.change.word, fact.finance.change.amount, fact.finance.change.percent) == (
        "增加", "6.59万元", "5.93%"
    )  # fmt: skip
    assert [one.quantity + one.value for one in fact.assets] == ["1辆1.47万元", "0.85万元"]
    assert fact.score.criteria == ("得分≥85分为优秀", "75≤得分<85分为良好", "60≤得分<75分为一般", "得分<60分为较差")
    assert fact.score.execution is None
    assert [one.name for one in fact.tally.missed][:2] == ["应急救护知识普及", "各项任务完成及时率"]


def test_documents_that_no_text_names_are_told() -> None:
    assert told(sample("sound")).uncited == (
        "青禾县财政局《关于印发青禾县财政支出事前绩效评估管理办法的通知》（青财绩〔2021〕15号）",
    )


def test_what_rests_on_examples_is_marked_and_what_is_stated_is_not() -> None:
    fact = told(sample("luquan-2023"))
    first = fact.items[0].indicators[0]
    examples = [
        fact.finance.rate,
        fact.finance.executed,
        first.actual,
        first.points,
        fact.score.total,
        fact.score.grade,
    ]
    examples += [fact.items[0].result[0], fact.score.blocks[0].points, fact.finance.table[0].rate]
    stated = [fact.title, fact.finance.total, fact.finance.change_reason, first.target, first.name, fact.assets_total]
    assert [type(text) for text in examples] == [Sample] * len(examples)
    assert [type(text) for text in stated] == [str] * len(stated)
    assert fact.items[0].result[0].startswith("租赁备灾仓库105平方米")  # its own 示例： is not said twice


def test_blank_everything() -> None:
    fact = told(Submission())
    assert (fact.title, fact.year, fact.date, fact.score.grade) == ("部门整体支出绩效自评报告", "", "", "差")
    assert (fact.items, fact.tally.total, fact.finance.table, fact.has_profile) == ((), "", (), False)
    assert len(fact.team) == 3  # rows to sign by hand


def test_rows_without_a_category_are_told_apart() -> None:
    fact = told(with_indicators(indicator(), indicator(category=None, subcategory=None, name="其他")))
    assert [(one.name, one.points) for one in fact.score.blocks if one.rows] == [
        ("产出指标", "10.00"), ("未归类指标", "10.00")
    ]  # fmt: skip


def test_a_total_of_its_own_that_differs_is_told() -> None:
    same = with_indicators(indicator(), conclusion={"claimed_total": 10, "claimed_grade": "差"})
    other = with_indicators(indicator(), conclusion={"claimed_total": 98, "claimed_grade": "优"})
    assert not told(same).score.total_differs and not told(same).score.grade_differs
    assert told(other).score.total_differs and told(other).score.grade_differs
