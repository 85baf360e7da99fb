"""The overall goal, its result, the items and the projects against each other."""

from __future__ import annotations

import pytest

from tests.checks.looking import codes, found, message, places

AREAS = "开展读者服务与免费开放工作。开展乡镇分馆与流动服务工作。开展地方文献保护与数字化工作。"


def test_an_item_that_the_goal_does_not_list() -> None:
    patch = {"items.2.name": "开展机关综合事务工作"}
    assert places(patch, "CON07") == ["items.2.name"]
    assert places(patch, "CON09") == ["goal.text"]
    assert "开展地方文献保护与数字化工作" in message(patch, "CON09")


def test_a_slip_in_a_name_is_neither_missing_nor_extra() -> None:
    patch = {"items.2.name": "开展地方文献保管与数字化工作"}
    assert [code for code in codes(patch, "CON") if code in {"CON07", "CON08", "CON09"}] == ["CON08"]


@pytest.mark.parametrize(
    "goal",
    [
        "围绕全民阅读任务，保障馆舍免费开放，让城乡居民就近读书。",
        f"{AREAS}开展“全民阅读”宣传，服务城乡。",
        AREAS.replace("开展", "推进"),
        AREAS.replace("。", "；"),
        "开展读者服务与免费开放工作。实施消防改造。开展数字阅读推广。做好值班值守工作。",  # not a list of the items
    ],
)
def test_goals_that_are_no_list_or_the_right_one(goal: str) -> None:
    assert not {"CON07", "CON08", "CON09"} & set(codes({"goal.text": goal}))


def test_an_item_that_the_goal_names_in_passing_is_not_missing() -> None:
    patch = {"goal.text": f"推进古籍普查。{AREAS}", "items.0.name": "古籍普查"}
    assert "CON07" not in codes(patch)


def test_projects_and_items() -> None:
    near = {"projects.1.name": "流动书车和乡镇分馆服务", "items.1.name": "开展流动书车与乡镇分馆服务工作"}
    assert "流动书车和乡镇分馆服务" in message(near, "CON10")
    assert codes({"projects.1.name": "开展乡镇分馆与流动服务工作"}, "CON10") == []


def test_a_result_that_repeats_its_goal() -> None:
    goal = "围绕全民阅读和公共文化服务任务，保障馆舍免费开放，让城乡居民就近读书，建设书香青禾，提升服务水平。"
    patch = {"goal.text": goal, "goal.result": f"一年来，{goal}接待读者76000人次。"}
    (finding,) = found(patch, "CON11")
    assert finding.path == ("goal", "result")
    assert f"{len(goal)}个字" in finding.message


@pytest.mark.parametrize(("length", "caught"), [(39, False), (40, True)])
def test_forty_characters_are_a_repetition(length: int, caught: bool) -> None:
    passage = "".join(chr(0x4E00 + i) for i in range(length))
    patch = {"items.0.goal": f"甲{passage}乙", "items.0.result": f"丙{passage}丁"}
    assert bool(codes(patch, "CON11")) is caught
