"""How texts are written."""

from __future__ import annotations

import pytest

from tests.checks.looking import FIRST, codes, found, message, places


@pytest.mark.parametrize(
    ("number", "caught"),
    [
        ("青政发〔2020〕6号", False),
        ("青政发[2020]6号", True),
        ("青政发（2020）6号", True),
        ("青政发【2020】 6号", True),
        ("青政发［2020］6号", True),
        ("青政发〔2020〕第6号", True),
        ("青政发〔2020〕06号", True),
        ("青政发〔2020〕60号", False),
    ],
)
def test_brackets_around_the_year(number: str, caught: bool) -> None:
    for patch in ({"policies.0.number": number}, {"remarks": f"按《意见》（{number}）执行。"}):
        assert bool(codes(patch, "TXT10")) is caught


def test_a_year_in_brackets_is_no_document_number() -> None:
    assert codes({"remarks": "完成数字化（2023年）15号库房。"}, "TXT10") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("部门决算,已批复;见附表", 2),
        ("(一)收支", 1),
        ("完成情况:好.", 2),
        ("比例 1:2，价格1,290.5元，A-1(b)，PM2.5，9:30开馆，见http://a.cn", 0),
        ("全角，（标点）：正常。", 0),
    ],
)
def test_half_width_marks(text: str, count: int) -> None:
    hits = found({"remarks": text}, "TXT11")
    assert [hit.message.startswith(f"有{count}处") for hit in hits] == ([True] if count else [])


@pytest.mark.parametrize("mark", ["（一）", "(1)", "一、", "1.", "2、", "①", "第一，", "３．"[:0] or "十二、"])
def test_numbers_typed_by_hand(mark: str) -> None:
    assert places({"duties": [f"{mark}免费开放", "分馆业务"]}, "TXT12") == ["duties.0"]


@pytest.mark.parametrize("text", ["一流服务", "3处分馆", "1.5万册图书", "十佳读者", "三献"])
def test_what_only_looks_like_a_number(text: str) -> None:
    assert codes({"duties": [text]}, "TXT12") == []


def test_numbering_is_told_once_for_a_list() -> None:
    patch = {"problems.0.problem": "1.人少。", "problems.1.problem": "2.钱少。", f"{FIRST}.name": "指标1年接待读者人次"}
    assert places(patch, "TXT12") == [f"{FIRST}.name", "problems.0.problem"]
    assert "有2条" in found(patch, "TXT12")[1].message
    assert codes({"remarks": "1.收支数据取自决算。"}, "TXT12") == []  # not a list


@pytest.mark.parametrize(
    "text",
    [
        "指标2：",
        "指标 1",
        "（100字以内）",
        "XX项目",
        "××县",
        "请填写",
        "此处填写说明",
        "……",
        "待补充",
        "____",
        "（填写名称）",
    ],
)
def test_remains_of_the_form(text: str) -> None:
    assert places({f"{FIRST}.name": text}, "TXT13") == [f"{FIRST}.name"]


@pytest.mark.parametrize(
    "text", ["二级指标2项", "撰写500字简介……", "二〇二三年", "LXXL型号", "待客之道", "请读者填表", "示例文献3套"]
)
def test_what_only_looks_like_the_form(text: str) -> None:
    assert codes({f"{FIRST}.wording": text}, "TXT13") == []


def test_a_stroke_stands_for_nothing_only_where_nothing_may_stand() -> None:
    assert places({"items.0.goal": "/"}, "TXT13") == ["items.0.goal"]
    assert codes({"problems.0.improvement": "/", "items.0.indicators.1.deviation_reason": "/"}, "TXT13") == []


@pytest.mark.parametrize(
    ("rulebook", "length", "caught"),
    [("sichuan-2023", 200, False), ("sichuan-2023", 201, True), ("mof-2020", 900, False)],
)
def test_length(rulebook: str, length: int, caught: bool) -> None:
    patch = {"rulebook": rulebook, "conclusion.blocks.1.text": "目标实现" + "好" * (length - 4) + " \n"}
    assert bool(codes(patch, "TXT14")) is caught


def test_only_boxes_of_limited_length_are_measured() -> None:
    assert codes({"rulebook": "sichuan-2023", "goal.text": "读" * 500, "evaluation.methods": "法" * 500}, "TXT14") == []


@pytest.mark.parametrize("marks", ["。。", "，，", "，。", "；。", "、，"])
def test_doubled_marks(marks: str) -> None:
    assert marks in message({"remarks": f"数据取自决算{marks}佐证材料存档。"}, "TXT15")


@pytest.mark.parametrize("text", ["……", "——", "》、《", "”。", "）。"])
def test_marks_that_go_together(text: str) -> None:
    assert codes({"remarks": f"“《甲（乙{text}完"}, "TXT15") == []


@pytest.mark.parametrize(
    "text",
    [
        "部门决\n算",
        "《中\n\n国红十字会章程》",
        "数据齐全。\n12\n材料归档。",
        "得分$75 \\leq$良好",
        "中 国",
        "目录PAGEREF _Toc12 h 3",
    ],
)
def test_what_pasting_leaves_behind(text: str) -> None:
    assert places({"remarks": text}, "TXT16") == ["remarks"]


@pytest.mark.parametrize(
    "text", ["数据齐全。\n材料归档。", "措施：\n1. 加强排架", "一是开放\n二是巡查", "面积 100 平方米", "APP 下载"]
)
def test_lines_and_blanks_that_belong_there(text: str) -> None:
    assert codes({"remarks": text}, "TXT16") == []


def test_names_may_be_spaced_out() -> None:
    assert codes({"team.0.name": "林　远"}, "TXT16") == []


def test_money_to_the_cent_of_a_cent() -> None:
    assert message({"remarks": "支出1.623924万元、4.26万元。"}, "TXT17").endswith("“1.623924万元”")
    assert places({"projects.1.executed_amount": "39.00001", "projects.2.executed_amount": "18.123"}, "TXT17") == [
        "projects.1.executed_amount"
    ]
    assert codes({"assets.0.quantity": "1.2345"}, "TXT17") == []
    assert codes({"remarks": "增长3.1234%"}, "TXT17") == []


@pytest.mark.parametrize(("text", "odd"), [("（甲", "（）"), ("甲）", "（）"), ("“甲”“乙", "“”"), ("《甲", "《》")])
def test_marks_without_their_other_half(text: str, odd: str) -> None:
    assert message({"remarks": text}, "TXT18").startswith(odd)
