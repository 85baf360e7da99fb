"""What the reader of a workbook finds in the cells themselves, before anything is judged.

The examples are cell contents written over the sound sample: dotted path → what stands in the cell. A text that
begins with = is a formula that was saved without a result; `@merge.…` merges that many rows, `@header.…` and
`@template` write over a header and the template's version.
"""

from xl_selfeval.checks.catalogue import Check, Severity, declare

BASIS = "填报说明：单元格填写要求"

declare(
    Check(
        "CEL01",
        Severity.ERROR,
        title="数字格里是文字",
        message="“{label}”应填数字，现为“{text}”，未采用",
        remedy="只填阿拉伯数字，不写单位和文字；金额单位为万元",
        basis=BASIS,
        caught={"finance.total": "约一百万"},
        passed={"finance.total": "1,290.00万元"},
    )
)
declare(
    Check(
        "CEL02",
        Severity.ERROR,
        title="单元格是错误值",
        message="“{label}”显示错误值 {text}，读不出内容",
        remedy="重新填写该单元格；若是从别处粘贴来的公式，请粘贴为数值",
        basis=BASIS,
        caught={"finance.carry_over": "#DIV/0!"},
        passed={"finance.carry_over": 0},
    )
)
declare(
    Check(
        "CEL03",
        Severity.ERROR,
        title="不在可选项中",
        message="“{label}”的“{text}”不在可选项中，未采用",
        remedy="从下拉列表中选择：{choices}",
        basis=BASIS,
        caught={"items.0.indicators.0.category": "产出类"},
        passed={"items.0.indicators.0.category": "产出指标"},
    )
)
declare(
    Check(
        "CEL04",
        Severity.ERROR,
        title="日期读不出",
        message="“{label}”的“{text}”读不出日期",
        remedy="按“2024-04-10”或“2024年4月10日”填写",
        basis=BASIS,
        caught={"report_date": "四月上旬"},
        passed={"report_date": "2024年4月10日"},
    )
)
declare(
    Check(
        "CEL05",
        Severity.ERROR,
        title="应填整数",
        message="“{label}”应填整数，现为“{text}”，未采用",
        remedy="填整数，如 4",
        basis=BASIS,
        caught={"unit.staff": 4.5},
        passed={"unit.staff": 4},
    )
)
declare(
    Check(
        "CEL06",
        Severity.ERROR,
        title="指标没有归属的任务",
        message="“任务序号”填的是“{text}”，绩效目标表里没有这一序号的任务，暂归入第{used}项",
        remedy="在“任务序号”列填写绩效目标表中已有的序号",
        basis=BASIS,
        caught={"items.0.indicators.0.@item": "九"},
        passed={"items.0.indicators.0.@item": 1},
    )
)
declare(
    Check(
        "CEL07",
        Severity.WARNING,
        title="模板版本不同",
        message="工作簿的模板版本是“{version}”，现行版本是“{current}”，已按现行版本读取",
        remedy="核对内容是否齐全；有条件时改用现行模板填报",
        basis=BASIS,
        caught={"@template": "0"},
        passed={"@template": "1"},
    )
)
declare(
    Check(
        "CEL08",
        Severity.ERROR,
        title="找不到栏目",
        message="工作簿中找不到“{label}”，可能被删除或改了名称，这部分没有读到",
        remedy="恢复模板原有的栏目名称，或改用现行模板填报",
        basis=BASIS,
        caught={"@header.problems.improvement": "下一步打算"},
        passed={"@header.problems.improvement": "改进措施 或建议*"},
    )
)
declare(
    Check(
        "CEL09",
        Severity.ERROR,
        title="公式没有结果",
        message="“{label}”里是公式，但文件中没有存下它的计算结果，读不出内容",
        remedy="用 Excel 或 WPS 打开文件，重新计算并保存；或把公式换成数值",
        basis=BASIS,
        caught={"finance.total": "=100+225"},
        passed={"finance.total": 325},
    )
)
declare(
    Check(
        "CEL10",
        Severity.NOTE,
        title="写法已换算",
        message="“{label}”填的是“{text}”，已按“{value}”读取，但表内公式认不出这种写法",
        remedy="改填“{value}”",
        basis=BASIS,
        caught={"items.0.indicators.0.max_points": "8分"},
        passed={"items.0.indicators.0.max_points": 8},
    )
)
declare(
    Check(
        "CEL11",
        Severity.WARNING,
        title="几行合并成一格",
        message="“{label}”有{rows}行合并成了一格，{how}",
        remedy="取消合并，每一行分别填写",
        basis=BASIS,
        caught={"@merge.items.0.indicators.0.max_points": 2},
        passed={"@merge.items.0.indicators.0.max_points": 1},
    )
)
declare(
    Check(
        "CEL12",
        Severity.ERROR,
        title="数字超出范围",
        message="“{label}”未采用：{reason}",
        remedy="核对数字和单位；金额单位为万元",
        basis=BASIS,
        caught={"finance.total": 1e15},
        passed={"finance.total": 325},
    )
)
declare(
    Check(
        "CEL13",
        Severity.WARNING,
        title="表内公式读不出",
        message="“{label}”填的是“{text}”，已按“{value}”计分；没有装程序的电脑上，表内公式读不出，这一行显示的得分会偏低",
        remedy="改填“{value}”，表中得分就与系统计算的一致",
        basis=BASIS,
        caught={"items.0.indicators.1.actual": "12场"},
        passed={"items.0.indicators.1.actual": " 1,290 "},
    )
)
