"""Required fields of money, assets, documents, conclusions, problems and team (family REQ, 31–42).

What a whole column of a table lacks is told once for the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import says_nothing, shortened
from xl_selfeval.model import Path, PolicyRole

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
FUNDS = "评分办法：预算执行率 = 全年执行数 ÷ 全年预算数，按年度资金总额计算"
REPORT = "财政部门绩效自评报告提纲"


def _execution_blanks(case: Case) -> Iterator[Hit]:
    total = case.submission.finance.funds.total
    for name, label in (("adjusted_budget", "全年预算数"), ("executed_amount", "全年执行数")):
        if getattr(total, name) is None:
            yield hit("finance", "funds", "total", name, label=label, points=case.rulebook.execution.value)


@check(
    "REQ31",
    E,
    title="缺预算执行率的数据",
    message="没有填写年度资金总额的{label}，预算执行率（{points}分）无法计分",
    remedy="在收支决算表填写年度资金总额的{label}，单位为万元；确为零的填0",
    basis=FUNDS,
    caught={"finance.funds.total.executed_amount": None},
    passed={"finance.funds.total.executed_amount": 0},
)
def execution_unscored(case: Case) -> Iterator[Hit]:
    """全年预算数 or 全年执行数 is blank where execution earns points."""
    if case.rulebook.execution.value:
        yield from _execution_blanks(case)


@check(
    "REQ32",
    W,
    title="看不出预算执行率",
    message="没有填写年度资金总额的{label}，看不出预算执行率",
    remedy="评分办法虽不计执行率得分，也请填写年度资金总额的{label}（万元），报告中需要说明预算执行情况",
    basis="财政部门自评表填报要求：收支决算表须反映全年预算数和全年执行数",
    caught={"rulebook": "luquan-2024", "finance.funds.total.adjusted_budget": None},
    passed={"finance.funds.total.adjusted_budget": None},
)
def execution_unknown(case: Case) -> Iterator[Hit]:
    """The same where execution earns no points (luquan-2024)."""
    if not case.rulebook.execution.value:
        yield from _execution_blanks(case)


@check(
    "REQ33",
    W,
    title="缺年初预算数",
    message="没有填写年度资金总额的年初预算数，看不出年度中预算有没有调整",
    remedy="按年初批复的部门预算填写年初预算数（万元）；年初没有安排的填0",
    basis="财政部门自评表填报要求：年度资金总额列明年初预算数、全年预算数、全年执行数",
    caught={"finance.funds.total.initial_budget": None},
    passed={"finance.funds.total.initial_budget": 0},
)
def initial_budget(case: Case) -> Iterator[Hit]:
    """年初预算数 of 年度资金总额 is blank."""
    if case.submission.finance.funds.total.initial_budget is None:
        yield hit("finance", "funds", "total", "initial_budget")


@check(
    "REQ34",
    W,
    title="资产未注明原值或净值",
    message="{kinds}填了价值，没有注明是原值还是净值",
    remedy="在“价值口径”列逐项填写“原值”或“净值”，与部门决算的资产数据一致",
    basis="财政部门自评表填报要求：资产情况注明价值口径",
    caught={"assets.1.basis": ""},
    passed={"assets.1.basis": "原值"},
)
def asset_basis(case: Case) -> Iterator[Hit]:
    """An asset's value of unknown basis, told once for the table."""
    bare = [(i, asset) for i, asset in enumerate(case.submission.assets) if asset.value is not None and not asset.basis]
    if bare:
        yield hit("assets", bare[0][0], "basis", kinds="、".join(asset.kind or f"第{i + 1}项资产" for i, asset in bare))


@check(
    "REQ35",
    W,
    title="评价依据缺文号",
    message="评价依据《{title}》没有填写文号",
    remedy="按文件原件填写文号，如“×财绩〔2023〕×号”；文件确无文号的，改列为内部制度",
    basis=REPORT,
    caught={"policies.0.number": ""},
    passed={"policies.2.number": ""},
)
def policy_number(case: Case) -> Iterator[Hit]:
    """A document cited as 评价依据 without 文号; internal rules (内部制度) often have none."""
    for i, policy in enumerate(case.submission.policies):
        if policy.role is PolicyRole.BASIS and not policy.number:
            yield hit("policies", i, "number", title=shortened(policy.title) or f"第{i + 1}项")


@check(
    "REQ36",
    W,
    title="缺分项评价结论",
    message="没有填写“{block}”的评价结论",
    remedy="写明该部分得了多少分、完成得怎样、扣分在哪里",
    basis=REPORT,
    caught={"conclusion.blocks.1.text": ""},
    passed={"conclusion.blocks.1.text": "效益较好。"},
)
def block_conclusion(case: Case) -> Iterator[Hit]:
    """A block of the rulebook about which the unit concludes nothing; any of its categories will do."""
    blocks = case.submission.conclusion.blocks
    written = {block.category for block in blocks if block.text}
    for block in case.rulebook.blocks:
        if not written & set(block.categories):
            at = [i for i, mine in enumerate(blocks) if mine.category in block.categories]
            place: Path = (at[0], "text") if at else ()
            yield hit("conclusion", "blocks", *place, block=block.name)


def _problem_columns(case: Case, labels: dict[str, str]) -> Iterator[Hit]:
    """Rows of the problem table that lack one of `labels`; 无 asks for nothing more."""
    for i, row in enumerate(case.submission.problems):
        missing = [name for name in labels if not getattr(row, name)]
        if missing and not row.is_blank and not says_nothing(row.problem):
            yield hit("problems", i, missing[0], number=i + 1, missing="、".join(labels[name] for name in missing))


@check(
    "REQ37",
    W,
    title="问题和措施不成对",
    message="第{number}个问题没有填写{missing}",
    remedy="一个问题对应一条措施，写明具体怎么改",
    basis=REPORT,
    caught={"problems.0.improvement": ""},
    passed={"problems": [{"problem": "无"}]},
)
def problem_without_measure(case: Case) -> Iterator[Hit]:
    """A problem without its measure, or a measure without its problem."""
    yield from _problem_columns(case, {"problem": "存在的主要问题", "improvement": "改进措施或建议"})


@check(
    "REQ38",
    N,
    title="整改没有责任人或时限",
    message="第{number}个问题没有填写{missing}",
    remedy="写明由谁负责、何时完成，便于跟踪整改",
    basis=REPORT,
    caught={"problems.0.responsible": "", "problems.0.deadline": ""},
    passed={"problems": [{"problem": "暂无。"}]},
)
def problem_without_owner(case: Case) -> Iterator[Hit]:
    """A problem that nobody answers for, or that has no date."""
    yield from _problem_columns(case, {"responsible": "责任人", "deadline": "完成时限"})


def _team_column(code: str, name: str, label: str, near: str, hint: str = "") -> None:
    def run(case: Case) -> Iterator[Hit]:
        team = case.submission.team
        missing = [i for i, member in enumerate(team) if not getattr(member, name)]
        if missing:
            yield hit("team", missing[0], name, count=len(missing), all=len(team))

    check(
        code,
        W,
        title=f"评价工作组缺{label}",
        message=f"评价工作组{{all}}人中有{{count}}人没有填写{label}",
        remedy=f"在评价工作组表逐人填写{label}{hint}",
        basis="财政部门绩效自评报告提纲：评价工作组人员名单列明姓名、工作单位、职务、职称",
        caught={f"team.0.{name}": "", f"team.2.{name}": ""},
        passed={f"team.0.{name}": near},
    )(run)


_team_column("REQ39", "name", "姓名", "林")
_team_column("REQ40", "organisation", "工作单位", "本馆")
_team_column("REQ41", "post", "职务", "无")
_team_column("REQ42", "title", "职称", "无", "；没有职称的填“无”")
