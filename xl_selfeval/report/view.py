"""What a report template may print: typed facts, each with the Chinese name that its tag bears in Word.

`Annotated[str, "名称"]` on `UnitFacts.name` inside `Facts.unit` ("单位") is the tag ``{{ 单位.名称 }}``. Texts are
ready to print, units included ("117.77万元", "95.33%"); a blank text means: not declared, leave the sentence out. A
text that rests on example values is a `Sample` and is marked 示例 wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


class Sample(str):
    """A text that holds an example value, or a figure made from one."""

    __slots__ = ()


Lines = tuple[str, ...]
"""Paragraphs of a long text."""


@dataclass(frozen=True)
class Change:
    """A figure against an earlier one. `percent` is blank where the earlier one is 0."""

    word: Annotated[str, "增减"]  # 增加, 减少, 持平
    trend: Annotated[str, "升降"]  # 增长, 下降, blank when equal
    amount: Annotated[str, "数额"]
    percent: Annotated[str, "幅度"]
    same: Annotated[bool, "持平"]


@dataclass(frozen=True)
class UnitFacts:
    """填报单位."""

    name: Annotated[str, "名称"]
    short_name: Annotated[str, "简称"]
    supervising_department: Annotated[str, "主管部门"]
    level: Annotated[str, "规格"]
    kind: Annotated[str, "性质"]
    funding: Annotated[str, "经费形式"]
    post_kind: Annotated[str, "编制类别"]  # 事业, 行政, blank
    establishment: Annotated[str, "编制数"]
    staff: Annotated[str, "实有人数"]
    staff_note: Annotated[str, "人员说明"]


@dataclass(frozen=True)
class AssetFacts:
    """One kind of asset."""

    kind: Annotated[str, "类别"]
    quantity: Annotated[str, "数量"]
    value: Annotated[str, "价值"]
    basis: Annotated[str, "口径"]  # 原值, 净值


@dataclass(frozen=True)
class MoneyRow:
    """A row of the table of funds and expenditure, in 万元 without the word."""

    name: Annotated[str, "名称"]
    initial: Annotated[str, "年初预算"]
    adjusted: Annotated[str, "全年预算"]
    executed: Annotated[str, "全年执行"]
    rate: Annotated[str, "执行率"]
    previous: Annotated[str, "上年执行"]
    main: Annotated[bool, "合计行"]


@dataclass(frozen=True)
class FinanceFacts:
    """收支预决算."""

    total: Annotated[str, "总计"]
    change: Annotated[Change | None, "比上年"]
    change_reason: Annotated[str, "增减原因"]
    initial: Annotated[str, "年初预算"]
    adjusted: Annotated[str, "全年预算"]
    adjustment: Annotated[Change | None, "预算调整"]
    adjustment_reason: Annotated[str, "调整原因"]
    executed: Annotated[str, "全年执行"]
    rate: Annotated[str, "执行率"]
    execution_reason: Annotated[Lines, "执行说明"]
    carry_over: Annotated[str, "结转结余"]
    table: Annotated[tuple[MoneyRow, ...], "表"]


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator. Exactly one of `unfilled`, `unclear`, `missed` and `met` is true."""

    name: Annotated[str, "名称"]
    category: Annotated[str, "一级"]
    subcategory: Annotated[str, "二级"]
    wording: Annotated[str, "原文"]  # as the unit put it, or made of name, target and unit
    target: Annotated[str, "目标"]  # as in tables: ≥100平方米
    goal: Annotated[str, "目标表述"]  # as in sentences: 不低于100平方米
    actual: Annotated[str, "实际"]
    qualitative: Annotated[bool, "定性"]
    deadline: Annotated[bool, "时限"]
    names_a_time: Annotated[bool, "名称为时间"]  # 完成时间, so that no sentence says 完成时间于…完成
    unfilled: Annotated[bool, "未填"]
    unclear: Annotated[bool, "无法比较"]
    missed: Annotated[bool, "未达标"]
    met: Annotated[bool, "达标"]
    exceeded: Annotated[bool, "超额较多"]
    side: Annotated[str, "高低"]  # of the actual against the target: 高 or 低 for per cent, 多 or 少
    gap: Annotated[str, "差距"]  # 140人次, 2个百分点
    rate: Annotated[str, "完成率"]  # 95.33%; blank for per cent, dates and words
    outcome: Annotated[str, "完成档次"]
    max: Annotated[str, "分值"]
    points: Annotated[str, "得分"]
    lost: Annotated[bool, "失分"]
    computed: Annotated[str, "系统得分"]
    claimed: Annotated[str, "自评得分"]
    differs: Annotated[bool, "得分不一致"]
    reason: Annotated[str, "原因"]
    improvement: Annotated[str, "措施"]


@dataclass(frozen=True)
class ItemFacts:
    """One work item."""

    name: Annotated[str, "名称"]
    goal: Annotated[Lines, "目标"]
    wording: Annotated[str, "指标原文"]
    result: Annotated[Lines, "结果"]
    indicators: Annotated[tuple[IndicatorFacts, ...], "指标"]
    to_explain: Annotated[tuple[IndicatorFacts, ...], "需说明"]  # missed, exceeded, short of points, or with a reason
    all_met: Annotated[bool, "全部达标"]
    unfilled: Annotated[str, "未填数"]


@dataclass(frozen=True)
class Tally:
    """How many indicators stand how; texts, so that a blank means none."""

    total: Annotated[str, "总数"]
    kinds: Annotated[Lines, "构成"]  # 产出指标18个
    met: Annotated[str, "达标数"]
    missed: Annotated[tuple[IndicatorFacts, ...], "未达标"]
    unfilled: Annotated[tuple[IndicatorFacts, ...], "未填"]
    unclear: Annotated[tuple[IndicatorFacts, ...], "无法比较"]


@dataclass(frozen=True)
class BlockFacts:
    """One block of the score with its points and the unit's words."""

    name: Annotated[str, "名称"]
    max: Annotated[str, "分值"]
    points: Annotated[str, "得分"]
    rate: Annotated[str, "得分率"]
    words: Annotated[Lines, "结论"]
    rows: Annotated[tuple[IndicatorFacts, ...], "指标"]


@dataclass(frozen=True)
class ScoreFacts:
    """Total, grade and what they rest on. `execution` is None where the scheme does not score it."""

    criteria: Annotated[Lines, "等级标准"]
    total: Annotated[str, "总分"]
    max: Annotated[str, "满分"]
    grade: Annotated[str, "等级"]
    claimed_total: Annotated[str, "自评总分"]
    claimed_grade: Annotated[str, "自评等级"]
    total_differs: Annotated[bool, "总分不一致"]
    grade_differs: Annotated[bool, "等级不一致"]
    execution: Annotated[BlockFacts | None, "预算执行"]
    blocks: Annotated[tuple[BlockFacts, ...], "分块"]
    rulebook: Annotated[str, "评分办法"]


@dataclass(frozen=True)
class ProblemFacts:
    """A problem with its measure."""

    problem: Annotated[str, "问题"]
    improvement: Annotated[str, "措施"]
    responsible: Annotated[str, "责任人"]
    deadline: Annotated[str, "期限"]


@dataclass(frozen=True)
class MemberFacts:
    """One member of the evaluation team; all blank for a row to be filled in by hand."""

    name: Annotated[str, "姓名"]
    organisation: Annotated[str, "工作单位"]
    post: Annotated[str, "职务"]
    title: Annotated[str, "职称"]


@dataclass(frozen=True)
class FindingFacts:
    """One open finding, for the sheet that goes with a draft."""

    code: Annotated[str, "编号"]
    severity: Annotated[str, "级别"]
    message: Annotated[str, "内容"]
    remedy: Annotated[str, "建议"]


@dataclass(frozen=True)
class Facts:
    """All that a report template can print."""

    title: Annotated[str, "标题"]  # broken by sense into lines
    year: Annotated[str, "年度"]
    previous_year: Annotated[str, "上年度"]
    date: Annotated[str, "日期"]
    has_examples: Annotated[bool, "有示例"]
    unit: Annotated[UnitFacts, "单位"]
    basis: Annotated[Lines, "评价依据"]
    uncited: Annotated[Lines, "其他文件"]  # further documents that no text of the unit names
    has_profile: Annotated[bool, "有概况"]  # anything about duties, establishment or assets
    duties: Annotated[Lines, "职责"]
    assets_total: Annotated[str, "资产总额"]
    assets: Annotated[tuple[AssetFacts, ...], "资产"]
    finance: Annotated[FinanceFacts, "收支"]
    goal: Annotated[Lines, "总体目标"]
    goal_result: Annotated[Lines, "总体完成情况"]
    organisation: Annotated[Lines, "组织工作"]
    methods: Annotated[Lines, "方法过程"]
    items: Annotated[tuple[ItemFacts, ...], "工作任务"]
    tally: Annotated[Tally, "指标统计"]
    score: Annotated[ScoreFacts, "评分"]
    problems: Annotated[tuple[ProblemFacts, ...], "问题"]
    no_problems: Annotated[bool, "称无问题"]  # the unit wrote 无, rather than nothing
    measures: Annotated[tuple[ProblemFacts, ...], "措施"]
    remarks: Annotated[Lines, "其他说明"]
    team: Annotated[tuple[MemberFacts, ...], "工作组"]
    findings: Annotated[tuple[FindingFacts, ...], "待核对"]
