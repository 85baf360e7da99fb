"""Figures inside sentences: whether they add up, and agree with what the tables declare (family CON, 01–06)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.prose import (
    NUMBER,
    Amount,
    Discrepancy,
    agrees,
    amounts,
    wrong_growth,
    wrong_parts,
    wrong_products,
    wrong_sums,
    wrong_years,
)
from xl_selfeval.checks.texts import END, texts_of
from xl_selfeval.model import Amounts, Path, Submission
from xl_selfeval.quantities import half_up, plain
from xl_selfeval.scoring import BlockScore, execution_rate

E, W = Severity.ERROR, Severity.WARNING
SUMS = "算术：各分项之和等于合计"
TABLES = "财政部门自评报告要求：文字与报表数据一致"
HUNDRED = Decimal(100)

_TOTAL = re.compile(r"[共合总]计|总共|共\s*[0-9]")
_WHEREOF = re.compile("其中")
_MONTHLY = re.compile(r"月[^。\x00]{0,20}年|[0-9]\s*[×*xX]\s*[0-9]|元\s*[×*xX]")
_ALL_MONEY = re.compile("收[、，]?支|总计|决算")
_CHANGE = re.compile("增加|增长|上升|提高|减少|下降|降低")
_WHOLE = frozenset({"finance", "goal", "conclusion", "problems", "evaluation", "remarks"})
"""Parts that speak of the whole unit; a work item speaks of its own money."""


def _in_texts(case: Case, trigger: re.Pattern[str], find: Callable[[str], Iterator[Discrepancy]]) -> Iterator[Hit]:
    for path, text in texts_of(case).holding(trigger):
        for wrong in find(text):
            yield hit(
                *path,
                parts=wrong.shown_parts,
                stated=wrong.stated.text,
                sum=_with_unit(wrong.expected, wrong.stated),
                off=_with_unit(abs(wrong.expected - wrong.stated.value), wrong.stated),
            )


def _with_unit(value: Decimal, like: Amount) -> str:
    return f"{plain(value)}{like.unit}"


@check(
    "CON01",
    E,
    title="文中合计数与分项之和不符",
    message="{parts}相加是{sum}，文中写“{stated}”，相差{off}",
    remedy="核对各分项和合计，改正其中写错的数",
    basis=SUMS,
    caught={"items.0.result": "购书30.25万元、活动14.1万元、保洁10.15万元，以上三项共计54.6万元。"},
    passed={"items.0.result": "购书30.25万元、活动14.1万元、保洁10.15万元，以上三项共计54.5万元。"},
)
def sums(case: Case) -> Iterator[Hit]:
    """以上三项共计… that is not the sum of its parts."""
    return _in_texts(case, _TOTAL, wrong_sums)


@check(
    "CON02",
    W,
    title="“其中”各项与总数不符",
    message="“其中”所列{parts}相加是{sum}，总数写的是“{stated}”，相差{off}",
    remedy="核对总数和各分项；没有列全的补上“其他”，因四舍五入相差的注明",
    basis=SUMS,
    caught={"remarks": "年末资产486.5万元，其中：房屋310万元，其他固定资产167.5万元。"},
    passed={"remarks": "年末资产486.5万元，其中：房屋310万元，流动书车36.5万元。"},
)
def parts_of_whole(case: Case) -> Iterator[Hit]:
    """其中… whose parts exceed the whole, or miss it although 其他 completes the list."""
    return _in_texts(case, _WHEREOF, wrong_parts)


def _products(text: str) -> Iterator[Discrepancy]:
    yield from wrong_years(text)
    yield from wrong_products(text)


@check(
    "CON03",
    W,
    title="文中乘积不符",
    message="按{parts}计算应为{sum}，文中写“{stated}”，相差{off}",
    remedy="核对标准、月数和人数；不是按12个月计算的，写明月数",
    basis="算术：全年金额等于每月金额乘以月数",
    caught={"remarks": "劳务派遣人员月工资0.35万元、年工资4.6万元。"},
    passed={"remarks": "劳务派遣人员2名，月工资0.35万元、年工资8.4万元。"},
)
def yearly_amounts(case: Case) -> Iterator[Hit]:
    """年工资 that is not twelve times 月工资, and products written out that are wrong."""
    return _in_texts(case, _MONTHLY, _products)


@check(
    "CON04",
    W,
    title="文中增减额与增减幅度不符",
    message="文中写“{change}”，{reckoned}",
    remedy="核对增减额、增减幅度和所比的基数（上年数）",
    basis="算术：增减幅度 = 增减额 ÷ 上年数 × 100%",
    caught={"remarks": "本年收、支总计325万元，比上年增加12.5万元，增长4.1%。"},
    passed={"remarks": "本年收、支总计325万元，比上年增加12.5万元，增长4%。"},
)
def growth(case: Case) -> Iterator[Hit]:
    """增加6.59万元，增长5.93% that fits no total in the text nor the declared one."""
    total = case.submission.finance.total
    for path, text in texts_of(case).holding(_CHANGE):
        declared = [total] if total is not None and path[0] in _WHOLE and _ALL_MONEY.search(text) else []
        for wrong in wrong_growth(text, declared):
            if wrong.expected is None:
                reckoned = "前后两个方向相反"
            else:
                rate = half_up(wrong.expected, 2)
                reckoned = f"按基数{plain(half_up(wrong.base, 2))}计算，幅度应为{plain(rate)}%"
            yield hit(*path, change=wrong.change, reckoned=reckoned)


@dataclass(frozen=True)
class Declared:
    """How a text names a figure that the tables declare, and the values it may have there."""

    words: str
    label: str
    values: Callable[[Submission], list[Decimal | None]]


def _lines(name: str) -> Callable[[Submission], list[Decimal | None]]:
    def values(submission: Submission) -> list[Decimal | None]:
        line: Amounts = getattr(submission.finance.expenditure, name)
        return [line.executed_amount, line.adjusted_budget, line.initial_budget, line.previous_year]

    return values


def _funds(name: str) -> Callable[[Submission], list[Decimal | None]]:
    return lambda submission: [
        getattr(submission.finance.funds.total, name),
        getattr(submission.finance.expenditure.total, name),
    ]


DECLARED = (
    Declared(r"收[、，]?支(?:出)?总[计额](?:（[^）]*）)?", "收、支总计", lambda s: [s.finance.total]),
    Declared("年初预算数?", "年初预算数", _funds("initial_budget")),
    Declared("(?:全年|调整后的?|调整)预算数?", "全年预算数", _funds("adjusted_budget")),
    Declared("全年执行数", "全年执行数", _funds("executed_amount")),
    Declared("年末结[转余](?:和?结[转余])?(?:资金)?", "年末结转结余", lambda s: [s.finance.carry_over]),
    Declared("固定资产(?:总额|总值|金额|合计)", "年末固定资产总额", lambda s: [s.assets_total]),
    Declared("基本支出(?:合计)?", "基本支出", _lines("basic")),
    Declared("项目支出合计", "项目支出", _lines("project")),
    Declared("(?<!事业)(?<!行政)编制(?:人数|总数)?", "编制人数", lambda s: [_number(s.unit.establishment)]),
    Declared("(?:实有|在职|在编)(?:人员|人数|职工)", "实有人数", lambda s: [_number(s.unit.staff)]),
)
_LINK = r"各?(?:共计|合计|共有|为|是|共|约|有|达|[:：])?\s*"
_NAMED = "|".join(f"(?P<n{i}>{each.words})" for i, each in enumerate(DECLARED))
STATED = re.compile(rf"(?:{_NAMED}){_LINK}(?P<figure>{NUMBER}\s*(?:万元|亿元|元|人|名))")
RATE = re.compile(rf"预算(?:资金)?执行率(?:为|达到?|是|[:：])?\s*(?P<rate>{NUMBER})\s*[%％]")
_OTHER_TIME = re.compile(rf"(?:上年|去年|上一年|往年|比|较|(?:19|20)[0-9]{{2}}\s*年)[^。；{END}]{{0,12}}$")
_ONE_EXPENSE = re.compile(rf"(?:费|项目|专项|工程|活动|三公)[^。；\n{END}]*$")


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@check(
    "CON05",
    W,
    title="文中数字与报表不一致",
    message="文中写“{text}”，报表中{label}填的是{declared}",
    remedy="核对后改正文字或报表，使两处一致",
    basis=TABLES,
    caught={"remarks": "2023年度收、支总计352万元，取自部门决算。"},
    passed={"remarks": "2023年度收、支总计325.0万元，上年收、支总计312.5万元，取自部门决算。"},
)
def declared_figures(case: Case) -> Iterator[Hit]:
    """A text about the whole unit names a declared figure with another value; rounding to fewer decimals is fine."""
    for path, match in _about_the_whole(case, STATED):
        if not _is_other(match, case.submission.fiscal_year):
            index = next(i for i in range(len(DECLARED)) if match[f"n{i}"])
            values = [value for value in DECLARED[index].values(case.submission) if value is not None]
            stated = amounts(match["figure"])
            if values and stated and not any(_is(stated[0], value) for value in values):
                shown = "、".join(dict.fromkeys(plain(value) for value in values))
                yield hit(*path, text=match[0], label=DECLARED[index].label, declared=shown)
    yield from _stated_rates(case)


def _about_the_whole(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Path, re.Match[str]]]:
    for path, text in texts_of(case).fields:
        if path[0] in _WHOLE:
            for match in pattern.finditer(text):
                yield path, match


def _stated_rates(case: Case) -> Iterator[Hit]:
    rate = execution_rate(case.submission.finance.funds.total)
    for path, match in _about_the_whole(case, RATE) if rate is not None else ():
        if not _is_other(match, case.submission.fiscal_year):
            stated = Amount(Decimal(match["rate"]), "%", "", match[0], _decimals(match["rate"]), 0, 0)
            if rate is not None and not agrees(stated, rate * HUNDRED):
                yield hit(*path, text=match[0], label="预算执行率", declared=f"{plain(half_up(rate * HUNDRED, 2))}%")


def _is(stated: Amount, value: Decimal) -> bool:
    return agrees(stated, value)


def _decimals(written: str) -> int:
    return len(written.partition(".")[2])


def _is_other(match: re.Match[str], year: int | None) -> bool:
    """Whether the words before say that another year, a difference, or one kind of expense is meant."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    if _ONE_EXPENSE.search(before):
        return True
    found = _OTHER_TIME.search(before)
    return found is not None and not (year is not None and found[0].startswith(str(year)))


_BLOCK_POINTS = re.compile(rf"(?:自评|评价)?(?:实际)?得(?:分为?)?\s*(?P<points>{NUMBER})\s*分")


@check(
    "CON06",
    W,
    title="结论中的得分与评分表不一致",
    message="“{block}”的结论写“{text}”，评分表中该部分是{points}分",
    remedy="按评分表的得分改写结论，或核对各行自评得分",
    basis=TABLES,
    caught={"conclusion.blocks.1.text": "自评得29分，预期效益已经实现。"},
    passed={"conclusion.blocks.1.text": "自评得30.0分，预期效益已经实现。"},
)
def block_points(case: Case) -> Iterator[Hit]:
    """The points that a block's conclusion names are neither the score's nor those the unit claims."""
    for i, block in enumerate(case.submission.conclusion.blocks):
        scored = _block_score(case, ("conclusion", "blocks", i))
        match = _BLOCK_POINTS.search(block.text)
        if scored and match and Decimal(match["points"].replace(",", "")) not in _possible(case, scored):
            yield hit("conclusion", "blocks", i, "text", block=scored.name, text=match[0], points=scored.points)


def _block_score(case: Case, path: Path) -> BlockScore | None:
    """The score of the block that one conclusion speaks of, where it is the block's only category there."""
    assert isinstance(path[2], int)
    category = case.submission.conclusion.blocks[path[2]].category
    block = case.rulebook.block_of(category)
    named = {row.category for row in case.card.rows if block and row.category in block.categories}
    if block is None or len(named | {category}) > 1:
        return None
    return next((scored for scored in case.card.blocks if scored.name == block.name), None)


def _possible(case: Case, scored: BlockScore) -> set[Decimal]:
    block = next(block for block in case.rulebook.blocks if block.name == scored.name)
    mine = [row for row in case.card.rows if row.category in block.categories]
    claimed = sum((row.claimed for row in mine if row.claimed is not None), Decimal(0))
    return {scored.points, claimed}
