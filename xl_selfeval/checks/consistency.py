"""The overall goal, its result, the work items and the projects against each other (family CON, 07–11, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.likeness import common_run, core, nearest
from xl_selfeval.checks.naming import item_name, shortened
from xl_selfeval.model import Path

E, W = Severity.ERROR, Severity.WARNING
GOALS = "财政部门自评报告要求：分项任务与总体绩效目标相互对应"
NAMES = "公文要求：同一事项前后名称一致"
REPEATED = 40
"""Characters in common from which a result repeats its goal."""
SENTENCE = 8
"""Characters from which a result that is its goal word for word says too little, however short."""
ALIKE, PROJECT_ALIKE = 0.5, 0.7

THREE_AREAS = "开展读者服务与免费开放工作。开展乡镇分馆与流动服务工作。开展地方文献保护与数字化工作。"
AREA = re.compile(
    r"(?:^|[。；;\n])\s*((?:开展|实施|推进|做好|完成|组织|抓好|落实|加强)[^。；;，,\n]{2,24})(?=[。；;\n]|$)"
)


@dataclass(frozen=True)
class Areas:
    """The work areas that the overall goal lists, the items' names, and how the two meet.

    `slips` are (area, item) pairs that differ by a word; `no_item` and `no_area` are left alone on either side.
    """

    slips: tuple[tuple[str, int], ...] = ()
    no_item: tuple[str, ...] = ()
    no_area: tuple[int, ...] = ()


@lru_cache(maxsize=16)
def _areas(goal: str, names: tuple[str, ...]) -> Areas:
    """Reads the goal as a list only where at least two areas, and half of them, are items word for word."""
    listed = list(dict.fromkeys(AREA.findall(goal)))
    cores, mine = [core(area) for area in listed], [core(name) for name in names]
    met = set(cores) & set(mine)
    if len(met) < max(2, len(listed) / 2):
        return Areas()
    bare = re.sub(r"[“”\"\s]", "", goal)
    loose = [i for i, name in enumerate(mine) if name and name not in met and name not in bare]
    free = [j for j, area in enumerate(cores) if area not in met and not any(area in name for name in mine)]
    pairs = {loose[i]: free[j] for i, j in nearest([mine[i] for i in loose], [cores[j] for j in free], ALIKE)}
    return Areas(
        slips=tuple((listed[j], i) for i, j in pairs.items()),
        no_item=tuple(listed[j] for j in free if j not in pairs.values()),
        no_area=tuple(i for i in loose if i not in pairs),
    )


def _areas_of(case: Case) -> Areas:
    return _areas(case.submission.goal.text, tuple(item.name for item in case.submission.items))


@check(
    "CON07",
    E,
    title="任务不在总体绩效目标中",
    message="{item}在总体绩效目标中没有提到",
    remedy="在总体绩效目标中补上这项工作；不属于年初目标的，说明来由",
    basis=GOALS,
    caught={"items.2.name": "开展机关综合事务工作"},
    passed={"items.2.name": "地方文献保护与数字化"},
)
def item_not_in_goal(case: Case) -> Iterator[Hit]:
    """The overall goal lists work areas, and this item is none of them."""
    for i in _areas_of(case).no_area:
        yield hit("items", i, "name", item=item_name(i, case.submission.items[i].name))


@check(
    "CON08",
    W,
    title="同一任务前后名称不同",
    message="总体绩效目标写“{area}”，第{number}项任务写“{name}”，像是同一项工作",
    remedy="核对后统一名称；确是两项工作的，请在两处都写全",
    basis=NAMES,
    caught={"items.2.name": "开展地方文献保管与数字化工作"},
    passed={"items.2.name": "地方文献保护与数字化工作"},
)
def area_named_otherwise(case: Case) -> Iterator[Hit]:
    """An area of the overall goal and an item differ by a word."""
    for area, i in _areas_of(case).slips:
        yield hit("items", i, "name", area=area, number=i + 1, name=shortened(case.submission.items[i].name))


@check(
    "CON09",
    E,
    title="总体绩效目标中的工作没有对应任务",
    message="总体绩效目标写有“{area}”，分项任务中没有这一项",
    remedy="补上这项任务及其指标；已并入其他任务的，改写总体绩效目标",
    basis=GOALS,
    caught={"goal.text": f"{THREE_AREAS}开展古籍普查登记工作。"},
    passed={"goal.text": f"{THREE_AREAS}开展全民阅读，服务城乡居民。"},
)
def area_without_item(case: Case) -> Iterator[Hit]:
    """The overall goal lists an area for which there is no item."""
    for area in _areas_of(case).no_item:
        yield hit("goal", "text", area=area)


@check(
    "CON10",
    W,
    title="任务与项目名称相近而不同",
    message="第{number}项任务写“{name}”，项目表写“{project}”，像是同一个项目",
    remedy="核对后统一名称",
    basis=NAMES,
    caught={"projects.1.name": "流动书车和乡镇分馆服务", "items.1.name": "开展流动书车与乡镇分馆服务工作"},
    passed={"projects.1.name": "流动书车与乡镇分馆服务", "items.1.name": "开展流动书车与乡镇分馆服务工作"},
)
def project_named_otherwise(case: Case) -> Iterator[Hit]:
    """An item and a project differ by a word or two."""
    items = [core(item.name) for item in case.submission.items]
    projects = [core(project.name) for project in case.submission.projects]
    same = set(items) & set(projects)
    loose = [i for i, name in enumerate(items) if name not in same]
    free = [j for j, name in enumerate(projects) if name not in same]
    for i, j in nearest([items[i] for i in loose], [projects[j] for j in free], PROJECT_ALIKE):
        name, project = case.submission.items[loose[i]].name, case.submission.projects[free[j]].name
        yield hit("items", loose[i], "name", number=loose[i] + 1, name=shortened(name), project=shortened(project))


@check(
    "CON11",
    W,
    title="实际完成情况照抄目标",
    message="实际完成情况与目标有{length}个字一字不差（“{run}”），没有写出完成了什么",
    remedy="写明实际完成的数量、质量、时间和效果，不复述目标",
    basis="财政部门自评报告要求：完成情况写实际结果，与年初目标对照",
    caught={
        "items.0.result": "全年免费开放馆舍，接待读者不少于80000人次，举办阅读推广活动12场，图书归架准确率不低于95%。"
    },
    passed={"items.0.result": "全年免费开放馆舍，接待读者不少于80000人次的目标未实现，举办阅读推广活动12场。"},
)
def goal_repeated(case: Case) -> Iterator[Hit]:
    """A passage of 40 or more characters stands both in a goal and in its result, or the one is the other whole."""
    goals: list[tuple[Path, str, str]] = [
        (("goal", "result"), case.submission.goal.text, case.submission.goal.result),
        *((("items", i, "result"), item.goal, item.result) for i, item in enumerate(case.submission.items)),
    ]
    for path, goal, result in goals:
        run = goal if goal == result and len(goal) >= SENTENCE else common_run(goal, result, REPEATED)
        if run:
            shown = run if len(run) <= 16 else f"{run[:10]}…{run[-6:]}"
            yield hit(*path, length=len(run), run=shown)


@check(
    "CON26",
    W,
    title="两项任务同名",
    message="第{first}项和第{second}项任务都叫“{name}”",
    remedy="改成能区分的名称；重复填写的，合并为一项",
    basis=NAMES,
    caught={"items.1.name": "开展读者服务与免费开放工作"},
    passed={"items.1.name": "开展读者服务与免费开放（乡镇分馆）工作"},
)
def items_of_one_name(case: Case) -> Iterator[Hit]:
    """Two items bear the same name."""
    seen: dict[str, int] = {}
    for i, item in enumerate(case.submission.items):
        first = seen.setdefault(item.name, i)
        if item.name and first != i:
            yield hit("items", i, "name", first=first + 1, second=i + 1, name=shortened(item.name))
