"""Sums of money, single amounts, assets and staff."""

from __future__ import annotations

import pytest

from tests.checks.looking import codes, found, message, places

F, X = "finance.funds", "finance.expenditure"


def cleared(table: str, column: str, names: str) -> dict[str, object]:
    return {f"{table}.{name}.{column}": None for name in names.split()}


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        # 305 + 12 + 8 = 325
        ({f"{F}.fiscal.adjusted_budget": "305.01"}, []),
        ({f"{F}.fiscal.adjusted_budget": "304.99"}, []),
        ({f"{F}.fiscal.adjusted_budget": "305.011"}, ["BUD01"]),
        ({f"{F}.fiscal.adjusted_budget": None}, ["BUD01"]),
        (cleared(F, "adjusted_budget", "fiscal carried_over other"), []),
        # every column for itself
        ({f"{F}.other.initial_budget": 80, f"{F}.other.previous_year": 60}, ["BUD01", "BUD01"]),
        # expenditure: a part of a part moves both sums
        ({f"{X}.basic.initial_budget": 210}, ["BUD02", "BUD03"]),
        ({f"{X}.operating.initial_budget": 400}, ["BUD03"]),
        # 60 + 40 + 20 = 120
        ({"projects.0.initial_budget": 50}, ["BUD04"]),
        ({"projects": []}, []),
        ({f"{X}.project.initial_budget": None}, ["BUD02", "BUD05"]),
        # blank totals that a REQ check asks for
        ({f"{F}.total.executed_amount": None}, []),
        ({f"{F}.total.previous_year": None}, ["BUD05"]),
        # 0 totals
        ({f"{F}.total.initial_budget": 0}, ["BUD05"]),
        ({"finance.carry_over": 12}, ["BUD07"]),
        ({"finance.carry_over": None}, []),
        ({"finance.carry_over": "12.99"}, []),
    ],
    ids=str,
)
def test_sums(patch, expected) -> None:
    assert [code for code in codes(patch, "BUD") if code <= "BUD07"] == expected


def test_sums_are_exact() -> None:
    """0.31 against 0.1 + 0.2 is off by exactly the tolerance; in binary it would be a little more."""
    column = "previous_year"
    patch = {f"{F}.total.{column}": "0.31", f"{F}.fiscal.{column}": "0.1", f"{F}.carried_over.{column}": "0.2"}
    assert codes(patch | {f"{F}.other.{column}": 0}, "BUD01") == []
    assert codes(patch | {f"{F}.other.{column}": "-0.000001"}, "BUD01") == ["BUD01"]


def test_a_sum_is_told_with_its_parts_and_the_difference() -> None:
    text = message({f"{F}.other.adjusted_budget": 18}, "BUD01")
    assert text.startswith("全年预算数：年度资金总额填325万元")
    assert "（当年财政拨款305、上年结转资金12、其他资金18）合计335万元，相差10万元" in text


def test_a_total_of_zero_over_money() -> None:
    text = message({f"{F}.total.adjusted_budget": 0}, "BUD05")
    assert text == "全年预算数：年度资金总额填的是0，各分项（当年财政拨款305、上年结转资金12、其他资金8）合计325万元"


@pytest.mark.parametrize(("spent", "expected"), [("312", []), ("311.99", []), ("311.98", ["BUD06"]), (None, [])])
def test_the_two_tables_agree_on_what_was_spent(spent, expected) -> None:
    assert codes({f"{X}.total.executed_amount": spent}, "BUD06") == expected


@pytest.mark.parametrize(
    ("line", "budget", "spent", "expected"),
    [
        (f"{X}.operating", 40, 40, []),
        (f"{X}.operating", 40, "40.01", ["BUD08"]),
        (f"{X}.operating", 0, 1, ["BUD09"]),
        (f"{X}.operating", None, 1, []),
        (f"{X}.operating", 0, 0, []),
        ("projects.1", 42, 43, ["BUD08"]),
        ("projects.1", 0, 43, ["BUD09"]),
        (f"{F}.total", 325, 330, ["BUD08"]),
        (f"{F}.total", 0, 330, ["BUD09"]),
        (f"{F}.total", 0, 0, ["BUD10"]),
    ],
)
def test_spent_against_budget(line: str, budget, spent, expected) -> None:
    patch = {f"{line}.adjusted_budget": budget, f"{line}.executed_amount": spent}
    assert [code for code in codes(patch, "BUD") if code in {"BUD08", "BUD09", "BUD10"}] == expected


def test_nothing_to_execute_where_execution_earns_nothing() -> None:
    nothing = {f"{F}.total.adjusted_budget": 0, f"{F}.total.executed_amount": 0}
    assert "这部分10分暂计0分" in message(nothing, "BUD10")
    assert "不计这项得分" in message(nothing | {"rulebook": "luquan-2024"}, "BUD10")


@pytest.mark.parametrize(
    ("total", "expected"),
    [("486.5", []), ("486.51", []), ("486.52", ["BUD11"]), (0, ["BUD11"]), (None, [])],
)
def test_assets(total, expected) -> None:
    assert codes({"assets_total": total}, "BUD11") == expected


def test_assets_without_values_are_not_summed() -> None:
    assert codes({f"assets.{i}.value": None for i in range(4)}, "BUD11") == []


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({f"{F}.total.adjusted_budget": 3_250_000}, [f"{F}.total.adjusted_budget"]),
        ({f"{F}.total.executed_amount": 3_120_000}, [f"{F}.total.executed_amount"]),
        ({"finance.previous_total": 3_125_000}, ["finance.previous_total"]),
        ({"projects.2.initial_budget": 200_000}, ["projects.2.initial_budget"]),
        # a budget that grew tenfold, a small rest, and amounts of which neither could be yuan
        ({f"{F}.total.initial_budget": 32}, []),
        ({f"{F}.other.adjusted_budget": 80, f"{F}.other.executed_amount": "0.01"}, []),
        ({f"{F}.other.executed_amount": 0}, []),
        ({f"{F}.other.executed_amount": "0.01"}, []),
    ],
    ids=str,
)
def test_yuan_among_ten_thousands(patch, expected) -> None:
    assert places(patch, "BUD12") == expected


def test_yuan_are_converted_in_the_remedy() -> None:
    (finding,) = found({"finance.previous_total": 3_125_000}, "BUD12")
    assert finding.remedy.endswith("换算为312.5万元")


@pytest.mark.parametrize(
    "place",
    [
        "finance.total",
        "finance.previous_total",
        "finance.carry_over",
        f"{F}.other.executed_amount",
        f"{X}.personnel.previous_year",
        "projects.0.adjusted_budget",
        "assets_total",
        "assets.2.value",
    ],
)
def test_no_amount_is_negative(place: str) -> None:
    assert places({place: "-0.01"}, "BUD13") == [place]
    assert codes({place: 0}, "BUD13") == []


@pytest.mark.parametrize(
    ("staff", "establishment", "note", "expected"),
    [
        (8, 7, "", ["BUD14"]),
        (8, 7, "含三支一扶1人", []),
        (7, 7, "", []),
        (8, None, "", []),
        (None, 7, "", []),
        (1, 0, "", ["BUD14"]),
    ],
)
def test_staff_above_establishment(staff, establishment, note: str, expected) -> None:
    patch = {"unit.staff": staff, "unit.establishment": establishment, "unit.staff_note": note}
    assert codes(patch, "BUD14") == expected
