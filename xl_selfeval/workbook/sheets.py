"""The sheets of the template, declared: what is asked where, in which words."""

from xl_selfeval.workbook.indicator_table import INDICATOR_TABLE
from xl_selfeval.workbook.layout import Column, Field, Form, Kind, Matrix, Sheet, Summary, Table

TEMPLATE_VERSION = "1"

MONEY_COLUMNS = (
    Column("initial_budget", "年初预算数", Kind.MONEY, hint="单位：万元。只填数字。"),
    Column("adjusted_budget", "全年预算数", Kind.MONEY, hint="单位：万元。年中调整后的预算数（A）。"),
    Column("executed_amount", "全年执行数", Kind.MONEY, hint="单位：万元。全年实际支出数（B）。"),
    Column("@rate", "执行率", Kind.AUTO),
    Column("previous_year", "上年执行数", Kind.MONEY, hint="单位：万元。上一年度实际支出数。"),
    Column("@change", "比上年增减", Kind.AUTO),
    Column("@change_rate", "增减率", Kind.AUTO),
)

BASICS = Sheet(
    "basics",
    "基本情况",
    "单位、年度、人员编制、部门职责和资产",
    "淡黄色单元格由填报单位填写；带 * 的必须填写。金额单位：万元。",
    (15, 25, 12, 15, 30),
    (
        Form(
            "一、单位与年度",
            (
                Field(("fiscal_year",), "被评价年度", Kind.COUNT, required=True, hint="填四位年份，如 2023。"),
                Field(("report_date",), "报告日期", Kind.DATE, required=True, hint="如 2024-04-10。"),
                Field(("unit", "name"), "单位全称", required=True, hint="与公章一致的全称。"),
                Field(("unit", "short_name"), "单位简称", hint="报告签字表中使用的简称。"),
                Field(("unit", "area"), "行政区划", hint="如 石家庄市鹿泉区。"),
                Field(("unit", "supervising_department"), "主管部门", hint="没有上级主管部门的，填本单位。"),
                Field(("unit", "kind"), "单位性质", hint="如 行政单位、事业单位。"),
                Field(("unit", "level"), "机构规格", hint="如 正科级。"),
                Field(("unit", "funding"), "经费保障形式", hint="如 财政性资金基本保证。"),
                Field(("unit", "staff_note"), "人员说明", hint="超编、劳务派遣等情况在此说明。"),
                Field(("unit", "establishment"), "编制人数", Kind.COUNT, required=True, hint="只填整数。"),
                Field(("unit", "staff"), "实有人数", Kind.COUNT, required=True, hint="只填整数。"),
                Field(("title",), "报告标题", wide=True, hint="不填则按“单位＋年度＋自评报告”自动生成。"),
            ),
        ),
        Table(
            "二、部门职责（一行一项，不必写序号）",
            ("duties",),
            "duties",
            (Column("", "职责内容", Kind.LONG, required=True, span=5),),
            10,
        ),
        Form(
            "三、资产情况",
            (Field(("assets_total",), "固定资产总额", Kind.MONEY, hint="年末数，单位：万元。"),),
        ),
        Table(
            "资产明细",
            ("assets",),
            "assets",
            (
                Column("kind", "资产类别", required=True, hint="如 公务用车、其他固定资产。"),
                Column("quantity", "数量", Kind.NUMBER, hint="只填数字。"),
                Column("unit_of_measure", "单位", hint="如 辆、台、平方米。"),
                Column("value", "价值（万元）", Kind.MONEY, required=True, hint="单位：万元。"),
                Column("basis", "价值口径", Kind.CHOICE, "basis", required=True, hint="选 原值 或 净值。"),
            ),
            8,
        ),
    ),
)

FINANCE = Sheet(
    "finance",
    "收支决算",
    "收支总计、年度资金、支出、项目预算和原因",
    "金额单位：万元。执行率、增减由系统计算；只有“年度资金总额”参与预算执行率计分。",
    (22, 14, 14, 14, 14, 14, 13, 11),
    (
        Form(
            "一、收支总计（含结转和结余）",
            (
                Field(("finance", "total"), "本年收支总计", Kind.MONEY, required=True, hint="决算数，单位：万元。"),
                Field(("finance", "previous_total"), "上年收支总计", Kind.MONEY, hint="上年决算数，单位：万元。"),
                Field(("finance", "carry_over"), "年末结转结余", Kind.MONEY, hint="单位：万元，没有填0。"),
            ),
        ),
        Matrix(
            "二、年度资金（按来源）",
            ("finance", "funds"),
            "资金来源",
            (
                ("total", "年度资金总额 *"),
                ("fiscal", "其中：当年财政拨款"),
                ("carried_over", "上年结转资金"),
                ("other", "其他资金"),
            ),
            MONEY_COLUMNS,
            (("total", "initial_budget"), ("total", "adjusted_budget"), ("total", "executed_amount")),
        ),
        Matrix(
            "三、支出（按基本支出和项目支出）",
            ("finance", "expenditure"),
            "支出类别",
            (
                ("total", "支出合计"),
                ("basic", "一、基本支出"),
                ("personnel", "其中：人员经费"),
                ("operating", "公用经费"),
                ("project", "二、项目支出"),
            ),
            MONEY_COLUMNS,
        ),
        Form(
            "四、原因说明",
            (
                Field(("finance", "change_reason"), "比上年增减原因", Kind.LONG, wide=True, lines=2),
                Field(("finance", "adjustment_reason"), "年中预算调整原因", Kind.LONG, wide=True, lines=2),
                Field(("finance", "execution_reason"), "执行偏差原因及措施", Kind.LONG, wide=True, lines=2),
            ),
        ),
        Table(
            "五、项目预算",
            ("projects",),
            "projects",
            (
                Column("name", "项目名称", required=True),
                *MONEY_COLUMNS[:4],
                Column("content", "主要内容", Kind.LONG, span=3),
            ),
            20,
        ),
    ),
)

GOALS = Sheet(
    "goals",
    "绩效目标",
    "总体目标和分项工作任务，及其完成情况",
    "先写总体目标，再把工作任务一行一项列出；完成情况要写做了什么、做到多少，不要照抄目标。",
    (10, 24, 46, 46, 9, 10),
    (
        Form(
            "一、总体绩效目标",
            (
                Field(("goal", "text"), "预期目标", Kind.LONG, required=True, wide=True, lines=4),
                Field(("goal", "result"), "完成情况", Kind.LONG, required=True, wide=True, lines=4),
            ),
        ),
        Table(
            "二、分项工作任务",
            ("items",),
            "items",
            (
                Column("@number", "序号", Kind.AUTO),
                Column("name", "工作任务", Kind.LONG, required=True, also=("任务名称", "重点工作任务")),
                Column("goal", "绩效目标", Kind.LONG, required=True, also=("预期目标",)),
                Column("result", "完成情况", Kind.LONG, required=True, also=("实际完成情况",)),
                Column("@count", "指标数", Kind.AUTO),
                Column("@weight", "分值合计", Kind.AUTO),
            ),
            14,
        ),
    ),
    landscape=True,
)

SCORES = Sheet(
    "indicators",
    "指标评分",
    "每个指标的目标、完成值、分值和偏差原因",
    "一行一个指标，空行不计。系统得分随填随算；得分＝自评得分与系统得分中较低者。",
    (8.5, 10, 15, 22, 7, 11, 8, 11, 14, 7, 9, 9, 9, 18, 22, 22, 9, 9, 18, 7, 44, 9, 9, 9, 9, 9, 9, 9, 9),
    (Summary("", vertical=False), INDICATOR_TABLE),
    landscape=True,
    print_columns=16,
)

CONCLUSION = Sheet(
    "conclusion",
    "评价结论",
    "自评总分、自评等级和各部分结论",
    "各部分得分、总分和等级由系统按评分办法计算；请核对后填写自评总分和等级，并写出各部分结论。",
    (24, 16, 16, 16, 16),
    (
        Summary("一、得分汇总", vertical=True),
        Form(
            "二、自评结果",
            (
                Field(
                    ("conclusion", "claimed_total"), "自评总分", Kind.NUMBER, required=True, hint="应与上表总分一致。"
                ),
                Field(("conclusion", "claimed_grade"), "自评等级", Kind.CHOICE, "grade", required=True),
            ),
        ),
        Table(
            "三、各部分评价结论",
            ("conclusion", "blocks"),
            "blocks",
            (
                Column("category", "一级指标", Kind.CHOICE, "category", required=True),
                Column("text", "评价结论", Kind.LONG, required=True, span=4, hint="写明完成得怎样、得了多少分。"),
            ),
            6,
        ),
    ),
)

EVALUATION = Sheet(
    "evaluation",
    "自评工作",
    "怎样组织、用什么方法、依据哪些文件",
    "说明自评是怎样组织的、用了什么方法、依据哪些文件。",
    (18, 30, 40, 26),
    (
        Form(
            "一、自评工作开展情况",
            (
                Field(("evaluation", "organisation"), "组织工作", Kind.LONG, required=True, wide=True, lines=5),
                Field(("evaluation", "methods"), "方法和过程", Kind.LONG, required=True, wide=True, lines=5),
                Field(("remarks",), "其他需要说明的问题", Kind.LONG, wide=True, lines=3),
            ),
        ),
        Table(
            "二、依据的文件和制度",
            ("policies",),
            "policies",
            (
                Column("role", "用途", Kind.CHOICE, "role", required=True),
                Column("issuer", "发文机关"),
                Column("title", "文件名称（不写书名号）", Kind.LONG, required=True, also=("文件名称",)),
                Column("number", "文号", hint="如 鹿发〔2019〕8号，年份用六角括号〔〕。"),
            ),
            6,
        ),
    ),
    landscape=True,
)

PROBLEMS = Sheet(
    "problems",
    "问题与改进",
    "存在的问题、改进措施、责任人和时限",
    "有指标未完成或执行率偏低的，应如实写出问题和改进措施。",
    (46, 46, 18, 18),
    (
        Table(
            "存在的问题及改进措施",
            ("problems",),
            "problems",
            (
                Column("problem", "存在的主要问题", Kind.LONG, required=True),
                Column("improvement", "改进措施或建议", Kind.LONG, required=True),
                Column("responsible", "责任人（科室）"),
                Column("deadline", "完成时限"),
            ),
            12,
        ),
    ),
    landscape=True,
)

TEAM = Sheet(
    "team",
    "评价工作组",
    "姓名、工作单位、职务和职称",
    "签字在导出的 Word 报告上手写，这里只登记人员。",
    (16, 32, 24, 24),
    (
        Table(
            "评价工作组人员名单",
            ("team",),
            "team",
            (
                Column("name", "姓名", required=True),
                Column("organisation", "工作单位", required=True),
                Column("post", "职务", required=True),
                Column("title", "职称", hint="没有职称的填“无”。"),
            ),
            12,
        ),
    ),
)

SHEETS = (BASICS, FINANCE, GOALS, SCORES, CONCLUSION, EVALUATION, PROBLEMS, TEAM)
GUIDE_TITLE, FINDINGS_TITLE, RULES_TITLE = "填报说明", "检查结果", "评分规则"
RECORD_TITLE = "规范记录"
LISTS_TITLE, META_TITLE = "选项", "模板信息"
VERSION_LABEL, RULEBOOK_LABEL, EXAMPLE_LABEL = "模板版本", "评分办法编号", "示例路径"
RULEBOOK_TEXT_LABEL = "评分办法内容"
