"""Conclusions against the rows and the rulebook."""

from __future__ import annotations

import pytest

from tests.checks.looking import codes, found, message, places

BLOCK = "conclusion.blocks.1.text"


@pytest.mark.parametrize(
    ("methods", "rulebook", "caught"),
    [
        ("对项目决策、过程、产出、效益四方面进行综合评价。", "mof-2020", True),
        ("从预算执行、产出、效益、满意度四个维度进行评价。", "mof-2020", False),
        ("从预算执行率、产出指标、效果和满意度进行评价。", "mof-2020", False),
        ("从产出、效益、满意度三方面进行评价。", "luquan-2024", False),
        ("从预算执行、产出、效益、满意度四方面进行评价。", "luquan-2024", True),  # it scores no execution
        ("从产出、成本、效益、满意度进行评价。", "luquan-2024", False),
        ("从产出、成本和效益进行评价。", "sichuan-2023", False),  # one block for all
        ("对产出和效益进行分析。", "mof-2020", False),  # not a list of all dimensions
    ],
)
def test_dimensions(methods: str, rulebook: str, caught: bool) -> None:
    assert bool(codes({"evaluation.methods": methods, "rulebook": rulebook}, "CON17")) is caught


def test_dimensions_are_told_apart() -> None:
    text = message({"evaluation.methods": "对决策、产出、效益进行评价。"}, "CON17")
    assert "决策不在评分之列" in text
    assert "没有提到满意度指标" in text


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("群众满意度高，评估为优秀。", True),
        ("评价等级：良", True),
        ("评定结果为“优”。", True),
        ("评价认为社会效益良好。", False),
        ("评估为优先保障的项目，目标实现。", False),
        ("评价认为目标实现，得30分。", False),
    ],
)
def test_grades_belong_to_the_total(text: str, caught: bool) -> None:
    assert bool(codes({BLOCK: text}, "CON18")) is caught


@pytest.mark.parametrize(
    "text", ["社会效益良好。", "得30分。", "年初目标已经实现。", "三项中两项完成，一项未完成。", "评价认为有效。"]
)
def test_what_counts_as_a_verdict(text: str) -> None:
    assert codes({BLOCK: text}, "CON19") == []


def test_a_conclusion_that_only_describes() -> None:
    assert places({BLOCK: "全年印发资料，开展宣传，服务农村读者。"}, "CON19") == [BLOCK]
    assert codes({BLOCK: ""}, "CON19") == []  # that is REQ's


@pytest.mark.parametrize(
    "problems",
    [
        [{"problem": "无"}],
        [{"problem": "暂无。"}, {"improvement": "无"}],
        [{"problem": "没有问题"}],
        [{"problem": "/"}],
    ],
)
def test_no_problems_although_rows_fell_short(problems: list[dict[str, str]]) -> None:
    assert "有2个指标没有得满分（如“年接待读者人次”）" in message({"problems": problems}, "CON20")


@pytest.mark.parametrize("problems", [[], [{}]])
def test_problems_left_blank_are_told_once_as_missing(problems: list[dict[str, str]]) -> None:
    assert codes({"problems": problems}, "CON20") == []
    assert codes({"problems": problems}, "REQ14") == ["REQ14"]


def test_low_execution_and_missing_actuals_are_problems_too() -> None:
    problems = [{"problem": "无"}]
    patch = {"problems": problems, "finance.funds.total.executed_amount": 100, "items.0.indicators.1.actual": ""}
    text = message(patch, "CON20")
    assert "预算执行率只有30.77%" in text
    assert "有1个指标缺数据、不能计分（如“阅读推广活动场次”）" in text


def test_no_problems_where_nothing_fell_short() -> None:
    full = {
        "items.0.indicators.0.actual": 80000,
        "items.0.indicators.0.claimed_points": 8,
        "items.0.indicators.2.actual": 95,
        "items.0.indicators.2.claimed_points": 6,
    }
    assert codes({**full, "problems": [{"problem": "无"}]}, "CON20") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("生态效益目标已经实现。", "“生态效益”"),
        ("经济效益和社会效益目标已经实现。", "“经济效益”"),
        ("数量、质量和成本指标均已完成。", None),
        ("高质量发展目标已经实现。", None),
    ],
)
def test_conclusions_about_what_is_not_measured(text: str, words: str | None) -> None:
    assert [words in finding.message for finding in found({BLOCK: text}, "CON21")] == ([True] if words else [])


def test_costs_may_be_a_category_of_their_own() -> None:
    patch = {"items.0.indicators.3.category": "成本指标", "items.0.indicators.3.subcategory": None}
    assert codes({**patch, BLOCK: "成本目标已经实现。"}, "CON21") == []


def test_satisfaction_is_praised_although_it_was_missed_or_never_asked() -> None:
    praise = {BLOCK: "群众满意度高，目标实现。"}
    assert "“乡镇读者满意度”目标90%、实际87%" in message({**praise, "items.1.indicators.4.actual": 87}, "CON22")
    nobody = {"items.0.indicators.5.actual": "", "items.1.indicators.4.actual": ""}
    assert "2个满意度指标都没有填写实际完成值" in message({**praise, **nobody}, "CON22")
    assert codes(praise, "CON22") == []
    assert codes({BLOCK: "满意度均高于90%的目标。", "items.1.indicators.4.actual": 87}, "CON22") == []


@pytest.mark.parametrize(
    ("issuer", "number", "caught"),
    [
        ("青禾县人民政府", "青发〔2020〕6号", True),
        ("青禾县人民政府", "青政发〔2020〕6号", False),
        ("青禾县人民政府办公室", "青政发〔2020〕6号", True),
        ("青禾县人民政府办公室", "青政办发〔2020〕6号", False),
        ("青禾县财政局", "青政发〔2020〕6号", True),
        ("财政部", "财预〔2020〕10号", False),
        ("中共青禾县委", "青发〔2020〕6号", False),
        ("中共青禾县委、青禾县人民政府", "青发〔2020〕6号", False),
        ("青禾县图书馆", "青图〔2020〕6号", False),
        ("青禾县人民政府", "", False),
        ("", "青发〔2020〕6号", False),
    ],
)
def test_issuers_and_their_numbers(issuer: str, number: str, caught: bool) -> None:
    assert bool(codes({"policies.0.issuer": issuer, "policies.0.number": number}, "CON23")) is caught


def test_the_unit_under_another_name() -> None:
    assert places({"remarks": "青禾市图书馆与青禾县图书馆", "duties": ["青禾图书馆"]}, "CON24") == [
        "duties.0",
        "remarks",
    ]
    assert codes({"unit.short_name": "青禾图书馆", "remarks": "青禾图书馆"}, "CON24") == []


@pytest.mark.parametrize(
    ("title", "caught"),
    [
        ("2023年度整体支出绩效自评报告", True),
        ("2023年度部门整体支出绩效自评报告", False),
        ("2023年度单位整体支出绩效自评报告", False),
        ("2023年度项目支出绩效自评报告", False),
        ("", False),
    ],
)
def test_the_title_says_of_whom(title: str, caught: bool) -> None:
    assert bool(codes({"title": title}, "CON25")) is caught
