import pytest

from xl_selfeval.rulebook import find_rulebook, load_rulebook, shipped_rulebooks
from xl_selfeval.rulebook.describe import Line, rows

from .sound import SOUND, spoilt, written

ALL = list(shipped_rulebooks())
SECTIONS = ["总分与各部分分值", "等级", "定性指标档次", "计分公式", "何时须说明原因", "文字长度"]


def rule_of(lines: list[Line], item: str) -> str:
    (line,) = [line for line in lines if line.item == item]
    return line.rule


def section(name: str, title: str) -> list[tuple[str, str]]:
    return [(line.item, line.rule) for line in rows(find_rulebook(name)) if line.section == title]


@pytest.mark.parametrize("name", ALL)
def test_sections_come_in_order_and_no_line_is_empty_or_said_twice(name):
    lines = rows(find_rulebook(name))
    assert list(dict.fromkeys(line.section for line in lines)) == SECTIONS
    assert all(line.item and line.rule and line.basis for line in lines)
    assert len({(line.section, line.item) for line in lines}) == len(lines)
    assert lines == sorted(lines, key=lambda line: SECTIONS.index(line.section))


@pytest.mark.parametrize("name", ALL)
def test_what_is_not_verified_says_so(name):
    for line in rows(find_rulebook(name)):
        assert line.verified != ("未核实" in line.basis)


def test_points():
    assert section("mof-2020", "总分与各部分分值") == [
        ("总分", "100分"),
        ("预算执行率", "10分"),
        ("绩效指标合计", "90分"),
        ("产出指标", "50分；包括产出指标、成本指标"),
        ("效益指标", "30分"),
        ("满意度指标", "10分"),
        ("单个指标的分值", "一般不超过总分的30%，即30分；超过的提示核对"),
    ]
    assert ("预算执行率", "不计分") in section("luquan-2024", "总分与各部分分值")
    assert ("绩效指标合计", "80分") in section("hubei", "总分与各部分分值")
    assert ("效益指标", "由填报单位自定（各部分合计80分）") in section("hubei", "总分与各部分分值")


def test_grades():
    assert section("luquan-2024", "等级") == [
        ("优秀", "≥85分"),
        ("良好", "≥75分且<85分"),
        ("一般", "≥60分且<75分"),
        ("较差", "<60分"),
    ]


def test_bands():
    assert section("hubei", "定性指标档次") == [
        ("达成预期指标", "得分值的100%至80%（含两端），由填报人在此范围内评分"),
        ("部分达成预期指标并具有一定效果", "得分值的80%至50%（含两端），由填报人在此范围内评分"),
        ("未达成预期指标且效果较差", "得分值的50%至0%（含两端），由填报人在此范围内评分"),
    ]


def test_formulas_follow_the_options(tmp_path):
    hubei, mof, hebei = (rows(find_rulebook(name)) for name in ("hubei", "mof-2020", "hebei-2019"))
    over = "反向指标（≤、<）超过目标"
    assert rule_of(hubei, "正向指标（≥、>）").startswith("完成率×分值，最高得满分")
    assert rule_of(hubei, over) == "实际值超过目标时按 目标÷实际×分值 计分"
    assert rule_of(mof, over) == "实际值超过目标时按 [1－（实际－目标）÷目标]×分值 计分，达到目标2倍的不得分"
    assert rule_of(mof, "得分的小数位数") == "四舍五入，保留2位小数"
    assert rule_of(hebei, "得分的小数位数") == "四舍五入取整数"
    text = spoilt("value: ratio", "value: exact").replace("value: up", "value: down")
    other = rows(load_rulebook(written(tmp_path, text)))
    assert rule_of(other, "等值指标（=）") == "实际等于目标得满分，否则不得分"
    assert rule_of(other, "写明扣分办法的指标").endswith("不足一档的不扣")


def test_late_days_read_as_spans(tmp_path):
    late = [(item, rule) for item, rule in section("mof-2020", "计分公式") if "逾期" in item]
    assert late == [
        ("时限指标逾期1至30天", "得分值的80%"),
        ("时限指标逾期31至90天", "得分值的50%"),
        ("时限指标逾期超过90天", "不得分"),
    ]
    single = SOUND.replace("    - {days: {value: 30, verified: false}, share: {value: 0.1, verified: false}}\n", "")
    assert rule_of(rows(load_rulebook(written(tmp_path, single))), "时限指标逾期") == "不得分"


def test_execution_has_a_formula_only_where_it_scores():
    assert ("预算执行率", "执行率×20分，最高得满分；执行率＝全年执行数÷全年预算数") in section("hubei", "计分公式")
    assert "预算执行率" not in dict(section("luquan-2024", "计分公式"))


def test_reasons(tmp_path):
    due = dict(section("sichuan-2023", "何时须说明原因"))
    assert due["实际值达到目标的130%及以上"] == "须说明偏差原因和改进措施"
    assert due["实际值达到目标的120%、不到130%"] == "提示核对目标是否定得过低"
    assert {"预算执行率低于90%", "预算执行率高于100%", "年度中调整了预算", "指标得分低于分值"} < due.keys()
    same = rows(load_rulebook(written(tmp_path, spoilt("value: 1.2", "value: 1.3"))))
    assert not [line for line in same if "不到130%" in line.item]


def test_text_lengths():
    assert section("sichuan-2023", "文字长度") == [
        ("偏差原因", "不超过100字"),
        ("评价结论、存在问题、改进措施", "不超过200字"),
    ]
    assert section("hubei", "文字长度")[0] == ("偏差原因", "未作规定")


def test_the_basis_names_document_number_and_date(tmp_path):
    mof = {line.item: line.basis for line in rows(find_rulebook("mof-2020"))}
    assert mof["优"] == "《项目支出绩效评价管理办法》（财预〔2020〕10号），2020年2月25日；未核实"
    hubei = {line.item: line for line in rows(find_rulebook("hubei")) if line.section == "总分与各部分分值"}
    form = "黄石市住建局 海绵城市示范城市申报工作经费项目自评表（2022年），2023年7月21日"
    assert (hubei["总分"].basis, hubei["总分"].verified) == (form, True)
    noted = rows(
        load_rulebook(
            written(tmp_path, spoilt("value: 1.3, verified: false", "value: 1.3, verified: false, note: 试行"))
        )
    )
    assert next(line.basis for line in noted if "130%及以上" in line.item) == "未核实；试行"
