"""The report read back paragraph by paragraph."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.report.reading import (
    finance,
    headings,
    indicator,
    paragraphs,
    rendered,
    report,
    rows,
    sample,
    with_indicators,
)
from xl_selfeval.checks.catalogue import run_checks
from xl_selfeval.model import Submission
from xl_selfeval.rulebook.loading import find_rulebook
from xl_selfeval.scoring import score


def test_the_six_parts_of_the_seed() -> None:
    told = headings(report(sample("luquan-2023")))
    assert [text for text in told if text[1] == "、"] == [
        "一、部门基本情况",
        "二、自评工作开展情况",
        "三、部门整体支出绩效目标实现情况及指标分析",
        "四、评价结论和评价等级",
        "五、存在的问题及改进措施",
        "六、评价工作组人员名单及签字",
    ]
    assert told[1:4] == ["（一）部门概况", "（二）部门收支预决算情况", "（三）部门整体支出绩效目标、指标"]
    at = told.index("（二）分项绩效目标实现情况及指标分析")
    assert told[at + 1 : at + 3] == ["1.开展应急救援工作", "2.开展应急救护工作"]


@pytest.mark.parametrize(
    "sentence",
    [
        "为贯彻落实石家庄市鹿泉区人民政府《关于全面实施预算绩效管理的实施意见》（鹿发〔2019〕8号）文件精神，"
        "遵循“科学性、规范性、客观性和公正性”的原则，石家庄市鹿泉区红十字会对2023年整体支出情况实施了"
        "财政支出绩效自评价，形成本评价报告。",
        "部门机构设置情况：石家庄市鹿泉区红十字会为正科级事业单位，经费保障形式为财政性资金基本保证。"
        "现有事业编制4名，实有人员4名。",
        "资产情况：石家庄市鹿泉区红十字会年末固定资产金额为2.32万元。其中：公务用车1辆、价值1.47万元，"
        "其他固定资产价值0.85万元。",
        "本部门2023年度收、支总计（含结转和结余）117.77万元。与2022年度决算相比，收支各增加6.59万元，增长5.93%，"
        "主要原因是项目经费和人员经费支出增加。",
        "绩效指标：租赁备灾仓库，面积不低于100平方米；提高社会影响力，得到广大群众的充分认可，群众满意度达到90%以上。",
        "根据部门职责定位和各项工作履职情况进行综合评价，给出总得分，满分100分，得出综合绩效评价等级。"
        "部门整体支出综合绩效评价分为4个等级：得分≥85分为优秀；75≤得分<85分为良好；60≤得分<75分为一般；得分<60分为较差。",
        "石家庄市鹿泉区红十字会",
        "2024年4月10日",
    ],
)
def test_the_seed_s_own_sentences(sentence: str) -> None:
    assert sentence in paragraphs(report(sample("luquan-2023")))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"total": 90, "previous_total": 120, "change_reason": "压减开支。"},
         "与2022年度决算相比，收支各减少30.00万元，下降25.00%，主要原因是压减开支。"),
        ({"total": 90, "previous_total": 90, "change_reason": "无"}, "与2022年度决算相比，收支均持平。"),
        ({"total": 90, "previous_total": 0}, "与2022年度决算相比，收支各增加90.00万元。"),
        ({"total": 90}, ""),
    ],
)  # fmt: skip
def test_this_year_against_last(fields: dict[str, Any], sentence: str) -> None:
    assert f"本部门2023年度收、支总计（含结转和结余）90.00万元。{sentence}" in paragraphs(report(finance(**fields)))


def test_parts_not_declared_are_left_out_and_the_rest_numbered_anew() -> None:
    bare = Submission.model_validate({"goal": {"text": "保障开放"}, "remarks": "数据取自决算"})
    assert headings(report(bare)) == [
        "一、部门基本情况",
        "（一）部门整体支出绩效目标、指标",
        "二、评价结论和评价等级",
        "三、存在的问题及改进措施",
        "（一）存在的主要问题",
        "（二）针对问题提出具体的改进措施或建议",
        "四、其他需要说明的问题",
        "五、评价工作组人员名单及签字",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"actual": "105"}, "培训实际为105人次，达到“不少于100人次”的目标。"),
        ({"actual": "86"}, "培训实际为86人次，比“不少于100人次”的目标少14人次，完成目标的86.00%。"),
        ({"actual": ""}, "培训尚未填写完成情况。"),
        ({"actual": "很多"}, "培训目标为“不少于100人次”，填报的完成情况为“很多”。"),
        ({"operator": "时限", "target": "6月30日前", "actual": "7月3日"},
         "培训于2023年7月3日完成，比“6月30日前”的时限晚3天。"),
        ({"operator": "时限", "target": "6月30日前", "actual": "6月3日", "name": "完成时间"},
         "完成时间为2023年6月3日，符合“6月30日前”的时限。"),
        ({"operator": "定性", "target": "改善", "actual": "有改善。", "achievement": "partly"},
         "培训方面，有改善，部分达成预期指标。"),
    ],
)  # fmt: skip
def test_each_actual_against_its_target(fields: dict[str, Any], words: str) -> None:
    assert f"完成情况：对照年度指标值，{words}" in paragraphs(report(with_indicators(indicator(**fields))))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "本项工作的各项指标均达到目标。"),
        ({"actual": "86", "deviation_reason": "场地维修。", "improvement": "提前排期。"},
         "从完成情况看，培训未完全达到目标，主要原因是场地维修；改进措施是提前排期。"),
        ({"actual": "86"}, "从完成情况看，培训未完全达到目标，填报时没有说明原因。"),
        ({"actual": "150", "deviation_reason": "企业加办两期"},
         "从完成情况看，培训超出目标较多，主要原因是企业加办两期。"),
        ({"claimed_points": "9", "deviation_reason": "记录不全"}, "从完成情况看，培训未得满分，主要原因是记录不全。"),
    ],
)  # fmt: skip
def test_the_analysis(fields: dict[str, Any], words: str) -> None:
    assert f"分析：{words}" in paragraphs(report(with_indicators(indicator(**fields))))


def test_problems_none_stays_none_when_all_is_reached() -> None:
    told = paragraphs(report(with_indicators(indicator(), problems=[{"problem": "无", "improvement": "无"}])))
    at = told.index("（一）存在的主要问题")
    assert told[at + 1 : at + 4] == ["无", "（二）针对问题提出具体的改进措施或建议", "无"]


def test_problems_left_blank_are_not_called_none() -> None:
    told = paragraphs(report(with_indicators(indicator(), problems=[])))
    at = told.index("（一）存在的主要问题")
    assert told[at + 1 : at + 4] == ["（尚未填写）", "（二）针对问题提出具体的改进措施或建议", "（尚未填写）"]


def test_a_total_with_unscored_rows_says_so() -> None:
    told = "".join(paragraphs(report(with_indicators(indicator(), indicator(actual="")))))
    assert "其中1个指标的完成情况没有填写或无法比较，暂未计分，补正后总得分和等级可能变化。" in told


def test_problems_none_beside_a_shortfall_names_it() -> None:
    missed = indicator(actual="86", improvement="提前排期")
    told = paragraphs(report(with_indicators(missed, problems=[{"problem": "无", "improvement": "无"}])))
    at = told.index("（一）存在的主要问题")
    assert told[at + 1 : at + 5] == [
        "单位未另行填报问题。对照绩效指标，1个指标未完全达到目标：",
        "培训：目标为“不少于100人次”，实际为86人次，完成目标的86.00%。",
        "（二）针对问题提出具体的改进措施或建议",
        "培训：提前排期。",
    ]


def test_problems_with_who_and_by_when() -> None:
    told = paragraphs(report(sample("sound")))
    assert (
        "1.延长周末开放时间，增设少儿阅览区；今后施工期间在文化馆设临时阅览点。"
        "责任部门（人）：读者服务部，完成时限：2024年6月30日前。"
    ) in told


def test_total_grade_blocks_and_execution() -> None:
    told = paragraphs(report(sample("sound")))
    assert "经评价，青禾县图书馆2023年度部门整体支出绩效自评总得分为98.20分，评价等级为“优”。" in told
    assert (
        "（一）预算执行率（10分）。全年预算数为325.00万元，全年执行数为312.00万元，预算执行率为96.00%，得9.60分。"
        in told
    )
    assert any(text.startswith("（二）产出指标（50分）。得48.60分，得分率97.20%。产出指标50分") for text in told)


def test_the_table_of_indicators_adds_up_and_says_where_points_differ() -> None:
    submission = with_indicators(
        indicator(), indicator(actual="90", name="宣传"), indicator(actual="很多", name="走访")
    )
    table = rows(report(submission), "三级指标")
    assert table[0] == ["三级指标", "年度指标值", "实际完成值", "分值", "得分", "说明"]
    assert table[2][0] == "产出指标（50分，得19.00分）"
    assert table[3:6] == [
        ["培训", "≥100人次", "100人次", "10", "10.00", ""],
        ["宣传", "≥100人次", "90人次", "10", "9.00", "自评10.00分，系统9.00分"],
        ["走访", "≥100人次", "很多", "10", "0.00", "自评10.00分，系统未计分"],
    ]
    assert table[-1] == ["总分", "", "", "100", "19.00", "差"]


def test_the_table_of_money_leaves_out_what_was_not_declared() -> None:
    table = rows(report(sample("sound")), "项目")
    assert table[1] == ["年度资金总额", "320.00", "325.00", "312.00", "96.00%", "300.50"]
    assert table[-1] == ["　　地方文献数字化", "20.00", "20.00", "18.50", "92.50%", ""]
    assert len(rows(report(finance(funds={"total": {"executed_amount": 5}})), "项目")) == 2


def test_the_team_signs_in_a_table() -> None:
    assert rows(report(sample("sound")), "姓名")[1] == ["林知远", "青禾县图书馆", "馆长", "副研究馆员", ""]
    assert rows(report(Submission()), "姓名")[1:] == [["", "", "", "", ""]] * 3


def test_examples_are_marked_in_text_and_tables_and_explained_under_the_title() -> None:
    document = report(sample("luquan-2023"))
    told = paragraphs(document)
    assert "（示例）" in told[1] and document.paragraphs[1].style.name == "示例说明"  # type: ignore[union-attr]
    assert any("全年执行数为114.97万元（示例），预算执行率为97.62%（示例）。" in text for text in told)
    assert any("总得分为98.57分（示例），评价等级为“优秀”（示例）。" in text for text in told)
    assert rows(document, "三级指标")[2] == ["租赁备灾仓库面积", "≥100平方米", "105平方米", "4", "4.00", "示例"]
    marked = [run.text for p in document.paragraphs for run in p.runs if run.style.name == "示例"]
    assert "114.97万元" in marked and "117.77万元" in marked and "6.59万元" not in marked
    assert not any("\ufdd0" in text or "\ufdd1" in text for text in told)


def test_a_report_without_examples_speaks_of_none() -> None:
    assert "示例" not in "".join(paragraphs(report(sample("sound"))))


def test_open_findings_make_a_last_page_and_none_make_none() -> None:
    submission = sample("luquan-2023")
    rulebook = find_rulebook(submission.rulebook)
    card = score(submission, rulebook)
    found = run_checks(submission, rulebook, card)
    draft = report(submission, findings=found)
    table = rows(draft, "级别")
    wanted = [one for one in found if one.severity.label != "提示"]
    assert len(table) == 1 + len(wanted)
    assert [row[0] for row in table[1:]] == sorted((one.severity.label for one in wanted), key=["错误", "警告"].index)
    assert "附：提交前待核对的事项" in paragraphs(draft)
    assert "附：提交前待核对的事项" not in paragraphs(report(submission))


def test_no_empty_paragraph_remains_and_no_tag() -> None:
    for submission in (sample("luquan-2023"), sample("sound"), Submission()):
        told = paragraphs(report(submission))
        blank = [text for text in told if not text.strip()]
        assert len(blank) <= (0 if submission.unit.name else 1)  # the name of a unit that gave none
        assert not any("{%" in text or "{{" in text for text in told)
        left = [run.text for p in report(submission).paragraphs for run in p.runs if run.style.name == "模板条件"]
        assert left == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert rendered(sample("luquan-2023")) == rendered(sample("luquan-2023"))


def test_properties_of_the_document() -> None:
    properties = report(sample("sound")).core_properties
    assert properties.title == "青禾县图书馆2023年度部门整体支出绩效自评报告"
    assert (properties.author, properties.last_modified_by) == ("青禾县图书馆", "青禾县图书馆")
    assert properties.created == properties.modified == datetime(2024, 3, 15, tzinfo=UTC)
    assert (properties.language, properties.comments) == ("zh-CN", "")


def test_nothing_of_the_tools_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(sample("sound")))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for stray in (b"python-docx", b"docxtpl", "ＭＳ".encode(), b"MS Mincho", b"MS Gothic", b"ja-JP", b"themeColor"):
        assert stray not in everything


def test_a_report_without_a_date_leaves_room_for_one() -> None:
    assert paragraphs(report(Submission()))[-1] == "　　年　月　日"
    assert paragraphs(report(Submission(report_date=date(2024, 4, 9))))[-1] == "2024年4月9日"
