"""What one unit declares: the Submission and its parts.

Money is in 万元 as Decimal, points are Decimal, counts are int. Every field may be blank, so that an
unfinished form can be loaded, checked and told what it lacks; judging is the work of `checks`.
A place inside a submission is a path such as ``("items", 0, "indicators", 2, "actual")``, the same
tuples that pydantic gives as ``loc``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Path = tuple[str | int, ...]


class Labelled(StrEnum):
    """A fixed choice with an English code (stored) and a Chinese label (shown); reads either."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make the member `code` that shows as `label`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if member.label == value), None)


class Category(Labelled):
    """一级指标."""

    OUTPUT = "output", "产出指标"
    BENEFIT = "benefit", "效益指标"
    SATISFACTION = "satisfaction", "满意度指标"
    COST = "cost", "成本指标"


class Subcategory(Labelled):
    """二级指标; `category_of` tells which 一级指标 it belongs to."""

    QUANTITY = "quantity", "数量指标"
    QUALITY = "quality", "质量指标"
    TIMELINESS = "timeliness", "时效指标"
    OUTPUT_COST = "output_cost", "产出成本指标"
    ECONOMIC = "economic", "经济效益指标"
    SOCIAL = "social", "社会效益指标"
    ECOLOGICAL = "ecological", "生态效益指标"
    SUSTAINABLE = "sustainable", "可持续影响指标"
    SERVICE_SATISFACTION = "service_satisfaction", "服务对象满意度指标"
    ECONOMIC_COST = "economic_cost", "经济成本指标"
    SOCIAL_COST = "social_cost", "社会成本指标"
    ECOLOGICAL_COST = "ecological_cost", "生态环境成本指标"


SUBCATEGORIES: dict[Category, tuple[Subcategory, ...]] = {
    Category.OUTPUT: (Subcategory.QUANTITY, Subcategory.QUALITY, Subcategory.TIMELINESS, Subcategory.OUTPUT_COST),
    Category.BENEFIT: (Subcategory.ECONOMIC, Subcategory.SOCIAL, Subcategory.ECOLOGICAL, Subcategory.SUSTAINABLE),
    Category.SATISFACTION: (Subcategory.SERVICE_SATISFACTION,),
    Category.COST: (Subcategory.ECONOMIC_COST, Subcategory.SOCIAL_COST, Subcategory.ECOLOGICAL_COST),
}


class Operator(Labelled):
    """How an actual value is compared with its target (指标性质 / 计算符号)."""

    AT_LEAST = "at_least", "≥"
    GREATER = "greater", ">"
    AT_MOST = "at_most", "≤"
    LESS = "less", "<"
    EQUAL = "equal", "="
    RANGE = "range", "区间"
    DEADLINE = "deadline", "时限"
    QUALITATIVE = "qualitative", "定性"


class Achievement(Labelled):
    """The band a person picks for a qualitative indicator."""

    ACHIEVED = "achieved", "达成预期指标"
    PARTLY = "partly", "部分达成预期指标并具有一定效果"
    MISSED = "missed", "未达成预期指标且效果较差"


class PolicyRole(Labelled):
    """Where in the report a policy document is cited."""

    BASIS = "basis", "评价依据"
    PRE_EVALUATION = "pre_evaluation", "事前评估依据"
    INTERNAL = "internal", "内部制度"


def _as_text(value: object) -> object:
    """Numbers in text fields (a YAML `target: 90`) are kept as a person would type them."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")


Text = Annotated[str, BeforeValidator(_as_text)]
LARGEST = 10**12
SMALLEST_PLACE = 30


def _not_tiny(value: Decimal) -> Decimal:
    """Bounds that no honest figure meets, so that no sum or quotient can overflow."""
    if value and value.adjusted() < -SMALLEST_PLACE:
        raise ValueError(f"数值太小，小数点后有效数字须在{SMALLEST_PLACE}位以内")
    return value


Number = Annotated[Decimal, Field(ge=-LARGEST, le=LARGEST), AfterValidator(_not_tiny)]
Money = Annotated[Number, Field(description="万元")]
Year = Annotated[int, Field(ge=1949, le=2999)]
Day = Annotated[date, Field(ge=date(1949, 10, 1))]  # spreadsheets know no day before 1900
Heads = Annotated[int, Field(ge=0, le=LARGEST)]
Points = Annotated[Number, Field(description="分")]


class Part(BaseModel):
    """Base of every part: unknown fields are refused, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @property
    def is_blank(self) -> bool:
        """True when nothing was declared here."""
        return self == type(self)()


class Unit(Part):
    """填报单位."""

    name: Text = Field("", description="单位全称")
    short_name: Text = Field("", description="单位简称")
    area: Text = Field("", description="行政区划")
    supervising_department: Text = Field("", description="主管部门")
    kind: Text = Field("", description="单位性质，如 事业单位")
    level: Text = Field("", description="机构规格，如 正科级")
    funding: Text = Field("", description="经费保障形式")
    establishment: Heads | None = Field(None, description="编制人数")
    staff: Heads | None = Field(None, description="实有人数")
    staff_note: Text = Field("", description="超编、劳务派遣等人员说明")


class Asset(Part):
    """One kind of fixed asset; `basis` tells whether the value is 原值 or 净值."""

    kind: Text = ""
    quantity: Number | None = None
    unit_of_measure: Text = ""
    value: Money | None = None
    basis: Text = ""


class Amounts(Part):
    """One line of money through the year, in 万元."""

    initial_budget: Money | None = Field(None, description="年初预算数（万元）")
    adjusted_budget: Money | None = Field(None, description="全年预算数（万元）")
    executed_amount: Money | None = Field(None, description="全年执行数（万元）")
    previous_year: Money | None = Field(None, description="上年执行数（万元）")


class Funds(Part):
    """年度资金 by source; only `total` is scored (官方表：年度资金总额)."""

    total: Amounts = Field(default_factory=Amounts, description="年度资金总额")
    fiscal: Amounts = Field(default_factory=Amounts, description="当年财政拨款")
    carried_over: Amounts = Field(default_factory=Amounts, description="上年结转资金")
    other: Amounts = Field(default_factory=Amounts, description="其他资金")


class Expenditure(Part):
    """支出 by basic and project; basic = personnel + operating."""

    total: Amounts = Field(default_factory=Amounts, description="支出合计")
    basic: Amounts = Field(default_factory=Amounts, description="基本支出")
    personnel: Amounts = Field(default_factory=Amounts, description="人员经费")
    operating: Amounts = Field(default_factory=Amounts, description="公用经费")
    project: Amounts = Field(default_factory=Amounts, description="项目支出")


class Finance(Part):
    """收支预决算, in 万元. `total` is 收、支总计（含结转和结余）of the final accounts."""

    total: Money | None = Field(None, description="收、支总计（含结转和结余）")
    previous_total: Money | None = Field(None, description="上年度收、支总计")
    funds: Funds = Field(default_factory=Funds)
    expenditure: Expenditure = Field(default_factory=Expenditure)
    carry_over: Money | None = Field(None, description="年末结转结余")
    change_reason: Text = Field("", description="与上年相比增减的主要原因")
    adjustment_reason: Text = Field("", description="年度中预算调整的原因")
    execution_reason: Text = Field("", description="预算执行偏差的原因及改进措施")


class Project(Part):
    """One project with its budget in 万元."""

    name: Text = ""
    initial_budget: Money | None = None
    adjusted_budget: Money | None = None
    executed_amount: Money | None = None
    content: Text = ""


class PolicyDocument(Part):
    """A document with its 文号, e.g. 鹿发〔2019〕8号."""

    issuer: Text = ""
    title: Text = ""
    number: Text = ""
    role: PolicyRole | None = None


class OverallGoal(Part):
    """总体绩效目标 as planned, and how it was achieved."""

    text: Text = ""
    result: Text = ""


class Indicator(Part):
    """三级指标. `target` and `actual` are kept as typed; `measure` reads them."""

    category: Category | None = None
    subcategory: Subcategory | None = None
    name: Text = ""
    wording: Text = Field("", description="指标原文")
    operator: Operator | None = None
    target: Text = Field("", description="年度指标值")
    unit_of_measure: Text = Field("", description="计量单位")
    actual: Text = Field("", description="实际完成值")
    achievement: Achievement | None = Field(None, description="定性指标完成档次")
    step_size: Number | None = Field(None, description="每差多少扣分（与年度指标值同单位）")
    step_points: Points | None = Field(None, description="每档扣几分")
    max_points: Points | None = Field(None, description="分值")
    claimed_points: Points | None = Field(None, description="自评得分")
    deviation_reason: Text = Field("", description="偏差原因")
    improvement: Text = Field("", description="改进措施")
    evidence: Text = Field("", description="佐证材料")
    core: bool = Field(False, description="是否核心指标")


class WorkItem(Part):
    """One work task with its goal, its result and its indicators."""

    name: Text = ""
    goal: Text = ""
    result: Text = ""
    indicators: list[Indicator] = []


class BlockConclusion(Part):
    """What the unit concludes about one 一级指标."""

    category: Category | None = None
    text: Text = ""


class Conclusion(Part):
    """评价结论: the unit's own total and grade, and words for each block."""

    claimed_total: Points | None = Field(None, description="自评总分")
    claimed_grade: Text = Field("", description="自评等级")
    blocks: list[BlockConclusion] = []


class Problem(Part):
    """A problem, what is done about it, by whom and until when."""

    problem: Text = ""
    improvement: Text = ""
    responsible: Text = ""
    deadline: Text = ""


class Evaluation(Part):
    """自评工作: how it was organised and by which methods."""

    organisation: Text = ""
    methods: Text = ""


class TeamMember(Part):
    """评价工作组 member; `post` is 职务, `title` is 职称."""

    name: Text = ""
    organisation: Text = ""
    post: Text = ""
    title: Text = ""


class Submission(Part):
    """All that one unit declares for one fiscal year."""

    rulebook: Text = Field("", description="评分办法编号")
    fiscal_year: Year | None = Field(None, description="被评价年度")
    report_date: Day | None = Field(None, description="报告日期")
    title: Text = Field("", description="报告标题；空则自动生成")
    unit: Unit = Field(default_factory=Unit)
    duties: list[Text] = []
    assets_total: Money | None = Field(None, description="年末固定资产总额（万元）")
    assets: list[Asset] = []
    finance: Finance = Field(default_factory=Finance)
    projects: list[Project] = []
    policies: list[PolicyDocument] = []
    goal: OverallGoal = Field(default_factory=OverallGoal)
    items: list[WorkItem] = []
    conclusion: Conclusion = Field(default_factory=Conclusion)
    problems: list[Problem] = []
    evaluation: Evaluation = Field(default_factory=Evaluation)
    team: list[TeamMember] = []
    remarks: Text = Field("", description="其他需要说明的问题")
    examples: list[Text] = Field([], description="示例值所在的路径（可用 * ），非单位实际数据")

    def indicators(self) -> Iterator[tuple[Path, Indicator]]:
        """Every indicator with its path, in the order of the form."""
        for i, item in enumerate(self.items):
            for j, indicator in enumerate(item.indicators):
                yield ("items", i, "indicators", j), indicator
