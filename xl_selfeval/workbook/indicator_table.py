"""The table of indicators, declared: one row each, with the locked cells that score it.

The hidden columns at its end hold what the native formulas read out of 年度指标值 and 实际完成值 (`readings`), and what
Python says of the row.
"""

from xl_selfeval.workbook.layout import INDICATORS, Column, Kind, Table

INDICATOR_TABLE = Table(
    "",
    INDICATORS,
    "indicators",
    (
        Column("@item", "任务序号", Kind.COUNT, required=True, hint="填“绩效目标”表中的序号，如 1。"),
        Column("category", "一级指标", Kind.CHOICE, "category", required=True, also=("一级",)),
        Column("subcategory", "二级指标", Kind.CHOICE, "subcategory", required=True, also=("二级",)),
        Column("name", "三级指标", Kind.LONG, required=True, also=("指标名称", "指标")),
        Column(
            "operator",
            "符号",
            Kind.CHOICE,
            "operator",
            required=True,
            hint="≥ 越多越好；≤ 越少越好；区间 写作 95-105；时限 写日期；不能用数字衡量的选 定性。",
            also=("指标性质", "计算符号", "指标符号"),
        ),
        Column(
            "target",
            "年度指标值",
            Kind.MEASURE,
            required=True,
            hint="只填数字，如 90；百分数也填 90，单位栏选 %。时限填日期，如 2023-11-30。",
            also=("年初目标值", "指标值", "标准值", "目标值"),
        ),
        Column(
            "unit_of_measure",
            "计量单位",
            Kind.CHOICE,
            "unit_of_measure",
            hint="如 人次、%、万元。",
            also=("度量单位", "单位"),
        ),
        Column(
            "actual",
            "实际完成值",
            Kind.MEASURE,
            required=True,
            hint="只填数字，不带≥≤和单位；与年度指标值同一口径。",
            also=("全年实际值", "全年完成值", "完成值"),
        ),
        Column("achievement", "定性完成档次", Kind.CHOICE, "achievement", hint="只有“符号”选了定性的指标才选。"),
        Column("max_points", "分值", Kind.NUMBER, required=True, hint="该指标满分。", also=("权重",)),
        Column("@computed", "系统得分", Kind.AUTO),
        Column(
            "claimed_points", "自评得分", Kind.NUMBER, hint="不能高于系统得分；不填则按系统得分。", also=("自评分",)
        ),
        Column("@points", "得分", Kind.AUTO),
        Column("@hint", "提示", Kind.AUTO),
        Column("deviation_reason", "偏差原因", Kind.LONG, also=("偏差原因分析及改进措施", "未完成原因分析")),
        Column("improvement", "改进措施", Kind.LONG),
        Column(
            "step_size",
            "每差多少",
            Kind.NUMBER,
            hint="阶梯扣分才填：每差多少算一档，如每低5点填 5。",
            also=("每差",),
        ),
        Column("step_points", "每档扣分", Kind.NUMBER, hint="阶梯扣分才填：每差一档扣几分。"),
        Column("evidence", "佐证材料", Kind.LONG),
        Column("core", "核心指标", Kind.FLAG, "flag", also=("是否核心指标",)),
        Column("wording", "指标原文", Kind.LONG, hint="批复文件中的原话，可不填。"),
        Column("@kind", "计算方式", Kind.AUTO, hidden=True),
        Column("@low_text", "目标文字", Kind.AUTO, hidden=True),
        Column("@high_text", "上限文字", Kind.AUTO, hidden=True),
        Column("@actual_text", "完成文字", Kind.AUTO, hidden=True),
        Column("@low", "目标数", Kind.AUTO, hidden=True),
        Column("@high", "上限数", Kind.AUTO, hidden=True),
        Column("@actual", "完成数", Kind.AUTO, hidden=True),
        Column("@check", "检查答复", Kind.AUTO, hidden=True),
    ),
    80,
)
