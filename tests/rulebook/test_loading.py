from decimal import Decimal
from pathlib import Path

import pytest

from xl_selfeval.rulebook import RulebookError, find_rulebook, load_rulebook, shipped_rulebooks

from .sound import SOUND, spoilt, written

SHIPPED = ["chongqing", "hebei-2019", "hubei", "luquan-2024", "mof-2020", "sichuan-2023", "yunnan-2022"]
SOURCE = "{value: 100, source: 出处名}"


def faults_of(folder: Path, text: str) -> RulebookError:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(written(folder, text))
    return caught.value


def test_a_sound_file_loads_with_exact_numbers(tmp_path):
    book = load_rulebook(written(tmp_path, SOUND))
    assert book.formulas.late[0].share.value == Decimal("0.1")
    assert str(book.reasons.overshoot.value) == "1.3"
    assert book.sources["form"].date.isoformat() == "2023-07-21"


# What is changed in the sound rulebook, on which line that must be reported, at which place, in which words.
FAULTS = [
    ("level: 项目支出\n", "", 1, "level", "缺少“level”（适用层级）"),
    ("value: 60, source", "source", 11, "blocks.0.points.value", "缺少 value，请写成 {value: 数值, source: 出处名}"),
    ("total:", "zzzzzz: 1\ntotal:", 8, "zzzzzz", "不认得“zzzzzz”，请删去这一行或改成认得的名称"),
    ("{value: 100, source: form}", "100", 8, "total", f"不能只写“100”，请注明出处：{SOURCE}"),
    ("{value: 2, verified: false}", "2", 22, "formulas.digits", "没有出处的写 {value: 2, verified: false}"),
    ("{value: linear, verified: false}", "linear", 24, "formulas.reverse", "{value: linear, source: 出处名}"),
    ("{value: 2, verified: false}", "[2]", 22, "formulas.digits", "这里应是一个数值"),
    ("value: 60, source: form", "value: 60", 11, "blocks.0.points", "每个数字须注明出处"),
    ("value: 30, source: form", "value: 30, source: nosuch", 12, "blocks.1.points.source", "“nosuch”没有列在 sources"),
    (
        "rumour, verified: false",
        "rumour",
        14,
        "grades.0.floor.source",
        "“rumour”缺链接或日期，须同时写 verified: false",
    ),
    ("value: 60", "value: 60分", 11, "blocks.0.points.value", "“60分”不是可用的数字"),
    ("value: 0.9", "value: 90%", 32, "reasons.execution_below.value", "比例请写成小数，如 90% 写 0.9"),
    ("value: 1.3", "value: -1.3", 30, "reasons.overshoot.value", "“-1.3”超出范围，须不小于0"),
    ("value: 10,", "value: 0,", 9, "execution.value", "“0”超出范围，须大于0"),
    ("value: 2,", "value: 5,", 22, "formulas.digits.value", "“5”超出范围，须不大于4"),
    ("value: 2,", "value: 2.5,", 22, "formulas.digits.value", "“2.5”不是整数"),
    ("value: 2,", "value: true,", 22, "formulas.digits.value", "“true”不是整数"),
    ("value: 60", "value: true", 11, "blocks.0.points.value", "“true”不是可用的数字"),
    ("value: 1.3", "value: .nan", 30, "reasons.overshoot.value", "“.nan”不是普通写法的数字"),
    ("value: 1.3", "value: -.inf", 30, "reasons.overshoot.value", "“-.inf”不是普通写法的数字"),
    ("value: 1.3", "value: 'Infinity'", 30, "reasons.overshoot.value", "“Infinity”不是可用的数字"),
    ("value: 60", "value: 010", 11, "blocks.0.points.value", "“010”不是普通写法的数字"),
    ("value: 60", "value: 1:00", 11, "blocks.0.points.value", "“1:00”不是普通写法的数字"),
    ("value: 60", "value: 1_0", 11, "blocks.0.points.value", "“1_0”不是普通写法的数字"),
    ("value: 60", "value: 1e999999999", 11, "blocks.0.points.value", "位数太多"),
    ("value: ratio", "value: rato", 23, "formulas.equal.value", "“rato”不在可选范围内，只能写 ratio、exact"),
    ("code: good", "code: fine", 15, "grades.1.code", "只能写 excellent、good、fair、poor"),
    ("[benefit]", "[profit]", 12, "blocks.1.categories.0", "“profit”不在可选范围内"),
    ("[benefit]", "benefit", 12, "blocks.1.categories", "这里应是一个列表（每项前写“- ”），现为“benefit”"),
    ("{document: 听说}", "听说", 7, "sources.rumour", "这里应是一组“名称: 内容”，现为“听说”"),
    ("2023-07-21", "2023/7/21", 6, "sources.form.date", "“2023/7/21”不是日期，请写成 2024-04-10 这样的形式"),
    ('"1"', "1", 4, "version", '这里应是文字，现为“1”；若本就是数字，请加引号写成 "1"'),
    ("测试办法", "", 2, "name", "不能为空"),
    ("测试办法", "''", 2, "name", "不能为空"),
    ("id: sound", "id: 我的办法", 1, "id", "“我的办法”不能作编号"),
    ("rumour, verified: false", "rumour, verified: 否", 14, "grades.0.floor.verified", "只能写 true 或 false"),
    ("测试办法", "!!python/name:os.system", 2, "name", "不支持以 ! 开头的 YAML 标签"),
    ("测试办法", '"测\\u0007试"', 2, "name", "控制字符"),
]


@pytest.mark.parametrize(("old", "new", "line", "place", "words"), FAULTS)
def test_a_fault_is_named_with_line_place_and_reason(tmp_path, old, new, line, place, words):
    error = faults_of(tmp_path, spoilt(old, new))
    (fault,) = error.faults
    assert (fault.line, ".".join(map(str, fault.path))) == (line, place)
    assert words in fault.reason
    assert f"own.yaml 第{line}行" in str(error)
    assert f"（{place}）" in str(error)


def test_a_misspelt_name_is_both_unknown_and_missing(tmp_path):
    error = faults_of(tmp_path, spoilt("version:", "verison:"))
    assert [(fault.line, fault.path) for fault in error.faults] == [(1, ("version",)), (4, ("verison",))]
    assert "不认得“verison”，是否想写“version”（版本）？" in str(error)


# Contradictions between numbers that are each all right.
CONTRADICTIONS = [
    ("value: 60", "value: 50", 10, "blocks", "各部分分值合计90分，与总分100分不一致"),
    ("value: 60", "value: 95.50", 10, "blocks", "各部分分值合计135.5分，与总分100分不一致"),
    ("[benefit]", "[benefit, cost]", 12, "blocks.1.categories", "“成本指标”已属于另一个部分"),
    ("value: 80", "value: 90", 15, "grades.1.floor", "90分不低于上一级的90分"),
    ("floor: {value: 90", "floor: {value: 190", 14, "grades.0.floor", "最高一级从190分起，超过总分100分"),
    (
        "code: poor, name: 差, floor: {value: 0",
        "code: poor, name: 差, floor: {value: 5",
        16,
        "grades.2.floor",
        "从0分起",
    ),
    ("code: good", "code: excellent", 15, "grades.1.code", "等级代码“excellent”已用过"),
    ("name: 良", "name: 优", 15, "grades.1.name", "等级名称“优”已用过"),
    ("achievement: partly", "achievement: missed", 20, "bands.2.achievement", "须各写一次"),
    ("floor: {value: 0.6,", "floor: {value: 0.9,", 19, "bands.1", "下限须不大于上限"),
    ("ceiling: {value: 1,", "ceiling: {value: 1.1,", 18, "bands.0", "都在0到1之间"),
    ("days: {value: null", "days: {value: 30", 28, "formulas.late.1.days", "30天不多于上一档的30天"),
    ("share: {value: 0,", "share: {value: 0.2,", 28, "formulas.late.1.share", "逾期越久得分越低"),
    ("value: 1.2", "value: 1.4", 31, "reasons.overshoot_notice", "提示的界限不能高于"),
    ("value: 0.9", "value: 1.1", 32, "reasons.execution_below", "执行率下限不能高于上限"),
]


@pytest.mark.parametrize(("old", "new", "line", "place", "words"), CONTRADICTIONS)
def test_a_contradiction_is_named_at_its_place(tmp_path, old, new, line, place, words):
    error = faults_of(tmp_path, spoilt(old, new))
    found = {(fault.line, ".".join(map(str, fault.path))): fault.reason for fault in error.faults}
    assert words in found[line, place]


def test_the_last_late_band_must_be_open(tmp_path):
    error = faults_of(tmp_path, spoilt("days: {value: null", "days: {value: 60"))
    assert [(fault.line, fault.path) for fault in error.faults] == [(26, ("formulas", "late"))]
    assert "最后一档）的 days 须写 null" in str(error)


def test_all_faults_come_at_once_in_the_order_of_the_lines(tmp_path):
    text = (
        spoilt("value: 60", "value: 50").replace("source: rumour", "source: nosuch").replace("value: 0.9", "value: x")
    )
    text = text.replace("name: 测试办法", "nmae: 测试办法").replace("value: 80", "value: 95")
    error = faults_of(tmp_path, text)
    assert [fault.line for fault in error.faults] == [1, 2, 10, 14, 15, 32]
    assert "有6处问题" in str(error)
    assert str(error).splitlines()[-1].startswith("请按行号改好并保存后再试")


def test_too_few_items_count_what_the_file_holds(tmp_path):
    lines = [line for line in SOUND.splitlines() if "achievement: missed" not in line]
    error = faults_of(tmp_path, "\n".join(lines))
    assert "定性档次（bands）：至少要有3项，现有2项" in str(error)


def test_a_faulty_item_is_not_also_called_missing(tmp_path):
    text = spoilt("achievement: missed", "achievement: failed")
    assert [fault.path for fault in faults_of(tmp_path, text).faults] == [("bands", 2, "achievement")]


def test_a_number_without_a_source_does_not_load(tmp_path):
    for bare in ("{value: 100}", "100", "{value: 100, verified: true}", "{value: 100, note: 据说}"):
        error = faults_of(tmp_path, spoilt("{value: 100, source: form}", bare))
        assert [fault.path for fault in error.faults] == [("total",)]


def test_null_weights_leave_the_sum_to_the_form(tmp_path):
    text = spoilt("value: 60, source: form", "value: null, verified: false")
    book = load_rulebook(written(tmp_path, text))
    assert [block.points.value for block in book.blocks] == [None, 30]
    too_much = text.replace("value: 30, source: form", "value: 91, source: form")
    assert "合计101分" in str(faults_of(tmp_path, too_much))


def test_shipped_rulebooks_are_known_by_id():
    assert list(shipped_rulebooks()) == SHIPPED
    assert [find_rulebook(name).id for name in SHIPPED] == SHIPPED


def test_a_users_file_may_not_carry_a_shipped_id_and_say_something_else(tmp_path):
    own = written(tmp_path, spoilt("id: sound", "id: hubei"), "hubei.yaml")
    with pytest.raises(RulebookError, match="“hubei”与自带的相同而内容不同。请改成自己的编号，如 hubei-1"):
        find_rulebook(str(own))
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(shipped_rulebooks()["hubei"].read_bytes())
    assert find_rulebook(str(copy)) == find_rulebook("hubei")


def test_a_users_file_is_found_by_path(tmp_path, monkeypatch):
    written(tmp_path, SOUND, "hubei.yaml")
    assert find_rulebook("hubei").name == "湖北省项目支出绩效自评"
    monkeypatch.chdir(tmp_path)
    assert find_rulebook("hubei.yaml").name == "测试办法"
    written(tmp_path, SOUND, "no-suffix")
    assert find_rulebook("no-suffix").id == "sound"


def test_a_changed_file_is_read_again(tmp_path):
    own = written(tmp_path, SOUND)
    assert find_rulebook(str(own)).name == "测试办法"
    written(tmp_path, spoilt("测试办法", "改过的办法"))
    assert find_rulebook(str(own)).name == "改过的办法"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("yunan-2022", "yunnan-2022"),
        ("Hubei", "hubei"),
        ("mof", "mof-2020"),
        ("湖北", "hubei"),
        ("luquan_2024", "luquan-2024"),
    ],
)
def test_an_unknown_id_is_told_the_nearest_and_all_known(name, nearest):
    with pytest.raises(RulebookError) as caught:
        find_rulebook(name)
    assert f"没有编号为“{name}”的评分办法。是否想写“{nearest}”？" in str(caught.value)
    assert all(f"{known}（" in str(caught.value) for known in SHIPPED)


@pytest.mark.parametrize(("name", "words"), [("", "没有写明用哪个"), ("   ", "没有写明"), ("qqqqqqqq", "没有编号为")])
def test_a_name_unlike_any_id_lists_the_known_ones(name, words):
    with pytest.raises(RulebookError) as caught:
        find_rulebook(name)
    assert words in str(caught.value)
    assert "是否想写" not in str(caught.value)
    assert "hubei（湖北省项目支出绩效自评）" in str(caught.value)


def test_a_shipped_id_with_suffix_is_told_to_drop_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RulebookError, match="只写编号“mof-2020”即可"):
        find_rulebook("mof-2020.yaml")


@pytest.mark.parametrize(
    "name",
    ["no/such.yaml", "x" * 5000, "x" * 5000 + ".yaml", "a/" * 3000, "a\0.yaml", "a\0"],
    ids=["absent", "long", "long-file", "deep", "nul-file", "nul"],
)
def test_impossible_paths_are_refused_in_words(name):
    with pytest.raises(RulebookError):
        find_rulebook(name)
