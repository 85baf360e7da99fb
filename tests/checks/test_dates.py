"""Years and dates: what is told, and what is left alone."""

from __future__ import annotations

import pytest

from tests.checks.looking import DEADLINE, codes, message, places, row


@pytest.mark.parametrize(
    ("title", "caught"),
    [
        ("青禾县图书馆2024年度部门整体支出绩效自评报告", True),
        ("青禾县图书馆2022—2023年度部门整体支出绩效自评报告", False),
        ("青禾县图书馆部门整体支出绩效自评报告", False),
        ("", False),
    ],
)
def test_the_year_in_the_title(title: str, caught: bool) -> None:
    assert ("DAT01" in codes({"title": title})) is caught


def test_nothing_is_judged_without_a_fiscal_year() -> None:
    assert codes({"fiscal_year": None}, "DAT") == []


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2023-12-31", ["DAT02"]),
        ("2024-01-01", []),
        ("2024-12-31", []),
        ("2025-01-01", ["DAT03"]),
        ("2022-04-10", ["DAT02"]),
    ],
)
def test_the_day_of_the_report(day: str, code: list[str]) -> None:
    assert codes({"report_date": day, "problems": [{"problem": "排架不准。"}]}, "DAT") == code


@pytest.mark.parametrize(
    "text",
    [
        "接待读者80000人次，比2022年增加5%。",
        "接待读者80000人次，与2022年相比增加5%。",
        "2022年以来持续开放，接待读者80000人次。",
        "“十四五”规划（2021—2025年）期内接待读者80000人次。",
        "接待读者80000人次，执行《2021年开放办法》。",
        "2018年建成的馆舍接待读者80000人次。",
        "2023年接待读者80000人次。",
        "接待读者80000人次，由2021年的70000人次起步。",
        "接待读者80000人次，含2022年结转任务。",
    ],
)
def test_other_years_may_be_named_for_a_reason(text: str) -> None:
    assert "DAT04" not in codes({"items.0.goal": text})


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("items.0.goal", "2022年接待读者80000人次。"),
        ("items.0.indicators.0.wording", "2024年接待读者80000人次"),
        ("goal.result", "2021年全年接待读者76000人次。"),
        ("conclusion.blocks.1.text", "2022年目标已经实现，得30分。"),
        ("items.0.indicators.0.deviation_reason", "2022年馆舍改造。"),
    ],
)
def test_a_year_left_from_another_report(place: str, text: str) -> None:
    assert places({place: text}, "DAT04") == [place]


def test_plans_and_the_work_of_the_evaluation_reach_into_the_next_year() -> None:
    assert codes({"items.0.indicators.0.improvement": "2024年延长开放时间。"}, "DAT") == []
    assert codes({"items.0.indicators.0.improvement": "2025年延长开放时间。"}, "DAT") == ["DAT04"]


def test_the_year_of_a_deadline_is_told_once() -> None:
    patch = row(DEADLINE, target="2022年11月30日前", actual="2022年11月20日")
    assert codes(patch, "DAT") == ["DAT05", "DAT06"]
    assert message(patch, "DAT05").endswith("是2022年11月30日，不在2023年度内")


@pytest.mark.parametrize("number", ["青政发〔2025〕6号", "青政发[2025]6号", "青政发（2025）6号"])
def test_a_document_of_the_future(number: str) -> None:
    assert "DAT07" in codes({"policies.0.number": number})


def test_without_a_report_date_documents_may_be_of_the_next_year() -> None:
    assert "DAT07" not in codes({"report_date": None, "policies.0.number": "青政发〔2024〕6号"})
    assert "DAT07" in codes({"report_date": None, "policies.0.number": "青政发〔2025〕6号"})


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2023年2月29日", True),
        ("2024年2月29日", False),
        ("13月1日", True),
        ("2023-11-31", True),
        ("2023-11-30", False),
        ("每月31日", False),
        ("电话 0311-2345-67", False),
    ],
)
def test_days_the_calendar_lacks(text: str, wrong: bool) -> None:
    assert ("DAT08" in codes({"remarks": f"资料于{text}归档。"})) is wrong


@pytest.mark.parametrize(
    ("deadline", "caught"),
    [
        ("2024年3月14日", True),
        ("2024年3月", False),
        ("3月底前", False),
        ("1月底前", True),
        ("立行立改", False),
        ("", False),
    ],
)
def test_an_improvement_that_is_already_due(deadline: str, caught: bool) -> None:
    assert ("DAT09" in codes({"problems.0.deadline": deadline})) is caught
