"""What the report concludes against what the rows and the rulebook say (family CON, 17–25, 27)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import says_nothing, shortened
from xl_selfeval.checks.reasons import percent
from xl_selfeval.checks.texts import END, quoted, texts_of
from xl_selfeval.checks.unit_name import read_name
from xl_selfeval.checks.wordlist import words
from xl_selfeval.model import Category
from xl_selfeval.quantities import plain
from xl_selfeval.rulebook.schema import Block, Rulebook
from xl_selfeval.scoring import execution_rate

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
GRADES = "评分办法：评价等级按总得分确定，不按各部分确定"
METHODS = "评分办法：各部分及其分值"
REPORT = "财政部门自评报告要求：结论以各指标的完成情况为依据"
# The form's word is 效益, people also write 效果.
_ALIKE = {"效果": "效益"}


@lru_cache(maxsize=1)
def _listed_dimensions() -> re.Pattern[str]:
    one = rf"(?:{'|'.join(words().dimensions)})(?:率|情况|指标)?"
    return re.compile(rf"{one}(?:(?:、|，|和|及|与|以及){one}){{2,}}")


def _names(block: Block) -> set[str]:
    """How texts name a block: by its own name or by its level-1 indicators, without 指标."""
    return {name.removesuffix("指标") for name in (block.name, *(each.label for each in block.categories))}


@check(
    "CON17",
    E,
    title="评价方法与评分办法的维度不一致",
    message="评价方法写“{named}”，评分办法按{scored}评分：{apart}",
    remedy="按评分办法的各部分改写评价方法",
    basis=METHODS,
    caught={"evaluation.methods": "运用案卷研究等方法，对项目决策、过程、产出、效益四方面进行综合评价。"},
    passed={"evaluation.methods": "运用案卷研究等方法，对预算执行率、产出、效益和满意度四方面进行综合评价。"},
)
def dimensions(case: Case) -> Iterator[Hit]:
    """Three or more dimensions named in the methods are not those of the rulebook's blocks."""
    match = _listed_dimensions().search(case.submission.evaluation.methods)
    if match:
        named = [_ALIKE.get(word, word) for word in re.findall("|".join(words().dimensions), match[0])]
        apart = _apart(named, case.rulebook)
        if apart:
            scored = "、".join(block.name for block in case.rulebook.blocks)
            yield hit("evaluation", "methods", named=match[0], scored=scored, apart="；".join(apart))


def _apart(named: list[str], rulebook: Rulebook) -> list[str]:
    known = set().union(*map(_names, rulebook.blocks)) | ({"预算执行"} if rulebook.execution.value else set())
    extra = [word for word in named if word not in known]
    missing = [block.name for block in rulebook.blocks if not _names(block) & set(named)]
    return [
        *([f"{'、'.join(extra)}不在评分之列"] if extra else []),
        *([f"没有提到{'、'.join(missing)}"] if missing else []),
    ]


@lru_cache(maxsize=16)
def _graded(names: tuple[str, ...]) -> re.Pattern[str]:
    grades = "|".join(sorted({*names, "优秀", "良好"}, key=len, reverse=True))
    return re.compile(rf"{words().grading}(?P<grade>{grades})(?:[”\"]|等?[级次])?(?![一-龥])")


@check(
    "CON18",
    E,
    title="分项结论用了总评等级",
    message="“{block}”的结论写“{text}”；{grades}四级是按总得分划分的，分项没有等级",
    remedy="分项写得分和完成情况，等级只在总得分之后写一次",
    basis=GRADES,
    caught={"conclusion.blocks.1.text": "经评估项目实施社会效益良好，评估为优。"},
    passed={"conclusion.blocks.1.text": "经评估项目实施社会效益良好，评估为优先保障的项目。"},
)
def block_graded(case: Case) -> Iterator[Hit]:
    """A block's conclusion is given a grade that the rulebook defines for the total."""
    grades = tuple(grade.name for grade in case.rulebook.grades)
    for i, block in enumerate(case.submission.conclusion.blocks):
        match = _graded(grades).search(block.text)
        if match:
            name = block.category.label if block.category else f"第{i + 1}项"
            yield hit("conclusion", "blocks", i, "text", block=name, text=match[0], grades="、".join(grades))


@check(
    "CON19",
    W,
    title="分项结论没有评价意见",
    message="“{block}”的结论只有情况介绍，没有说得了多少分、目标完成得怎样",
    remedy="写明该部分得分、哪些目标完成、哪些没有完成",
    basis=REPORT,
    caught={"conclusion.blocks.0.text": "资金的使用能在规定时限内完成，数量和成本指标均在标准范围内。"},
    passed={"conclusion.blocks.0.text": "资金的使用能在规定时限内完成，数量和成本目标均已实现。"},
)
def block_without_verdict(case: Case) -> Iterator[Hit]:
    """A block's conclusion contains no verdict."""
    for i, block in enumerate(case.submission.conclusion.blocks):
        if block.text and not words().verdict.search(block.text):
            name = block.category.label if block.category else f"第{i + 1}项"
            yield hit("conclusion", "blocks", i, "text", block=name)


@check(
    "CON20",
    W,
    title="问题写“无”，但有未完成的情况",
    message="存在的问题写“{written}”，但{facts}",
    remedy="针对没有完成的指标、没有填写的数据或偏低的执行率，写明问题、原因和措施",
    basis="财政部门自评报告要求：针对未完成的绩效目标分析原因、提出措施",
    caught={"problems": [{"problem": "暂无。", "improvement": "/"}]},
    passed={"problems": [{"problem": "无专人管理排架，归架准确率未达标。", "improvement": "设排架岗。"}]},
)
def no_problems(case: Case) -> Iterator[Hit]:
    """Problems are denied (无) though a row fell short, could not be scored, or execution is low."""
    stated = [row.problem or row.improvement for row in case.submission.problems]
    told = [text for text in stated if text and not _denies(text)]
    facts = _shortcomings(case)
    shown = next((text for text in stated if text), "")
    if facts and shown and not told:  # where nothing is written at all, REQ14 says so
        yield hit("problems", 0, "problem", written=shown, facts="，".join(facts))


def _denies(text: str) -> bool:
    return says_nothing(text) or text.strip().rstrip("。") in words().none


def _shortcomings(case: Case) -> list[str]:
    short = [row.name for row in case.card.rows if row.computed is not None and row.points < row.max]
    unscored = [row.name for row in case.card.rows if row.computed is None]
    rate, floor = execution_rate(case.submission.finance.funds.total), case.rulebook.reasons.execution_below.value
    facts = []
    if short:
        facts.append(f"有{len(short)}个指标没有得满分（如“{shortened(short[0])}”）")
    if unscored:
        facts.append(f"有{len(unscored)}个指标缺数据、不能计分（如“{shortened(unscored[0])}”）")
    if rate is not None and rate < floor:
        facts.append(f"预算执行率只有{percent(rate)}")
    return facts


@check(
    "CON21",
    W,
    title="结论提到的方面没有指标",
    message="“{block}”的结论提到{words}，但没有一个这方面的指标",
    remedy="补设相应的二级指标；没有考核的方面，从结论中删去",
    basis=REPORT,
    caught={"conclusion.blocks.1.text": "效益指标得30分，社会效益和生态效益目标均已实现。"},
    passed={"conclusion.blocks.1.text": "效益指标得30分，社会效益和可持续影响目标均已实现。"},
)
def spoken_of(case: Case) -> Iterator[Hit]:
    """A conclusion speaks of costs (or another kind of indicator), and no row measures them."""
    measured = {row.subcategory for _, row in case.submission.indicators()}
    costs = any(row.category is Category.COST for _, row in case.submission.indicators())
    for i, block in enumerate(case.submission.conclusion.blocks):
        lacking = [
            match[0]
            for pattern, kinds in words().spoken_of
            if (match := pattern.search(block.text)) and not kinds & measured and not (costs and match[0] == "成本")
        ]
        if lacking:
            name = block.category.label if block.category else f"第{i + 1}项"
            yield hit("conclusion", "blocks", i, "text", block=name, words=quoted(lacking))


_ALL_DONE = re.compile(
    r"(?:目标|任务|指标)?(?:均已?|已?全部|都已?)(?:按时|按期|如期|圆满|顺利)*"
    r"(?:完成|实现|达标|达到目标|达成|达到预期)|完成率(?:均)?(?:达到?|为)?100%"
)
_ADMITTED = re.compile("未|没有|没能|低于|不足|不到|略|除|尚|个别|部分")


@check(
    "CON27",
    W,
    title="结论称全部完成，但有指标没有完成",
    message="“{block}”的结论写“{text}”，但“{row}”得{points}分，分值{weight}分{more}",
    remedy="按实际完成情况改写结论，写明哪些目标没有完成",
    basis=REPORT,
    caught={"conclusion.blocks.0.text": "产出指标得48.60分，各项目标全部完成。"},
    passed={"conclusion.blocks.0.text": "产出指标得48.60分，除接待读者人次外，各项目标全部完成。"},
)
def all_done_claimed(case: Case) -> Iterator[Hit]:
    """A block's conclusion says that all was achieved while rows of that block fell short of their targets."""
    for i, block in enumerate(case.submission.conclusion.blocks):
        match = _ALL_DONE.search(block.text)
        short = [
            row
            for row in case.card.rows
            if row.category is block.category and row.computed is not None and row.computed < row.max
        ]
        if match and short and block.category and not _ADMITTED.search(block.text):
            more = f"，共有{len(short)}个指标没有完成" if len(short) > 1 else ""
            told = {"row": shortened(short[0].name), "points": short[0].points, "weight": short[0].max, "more": more}
            yield hit("conclusion", "blocks", i, "text", block=block.category.label, text=match[0], **told)


_CONTENT = re.compile(
    rf"满意(?:度|率|程度)(?:较|很|非常|普遍|均|都|比较)*(?:高|好)(?!于)|满意(?:度|率|程度)[^，。；{END}]{{0,4}}(?:优秀|良好)"
    r"|(?:普遍|十分|非常|高度)满意"
)


@check(
    "CON22",
    W,
    title="结论称满意度高，缺少依据",
    message="结论写“{text}”，但{fact}",
    remedy="填写满意度调查的实际完成值，按调查结果改写结论",
    basis=REPORT,
    caught={"conclusion.blocks.2.text": "得10分，读者满意度高。", "items.1.indicators.4.actual": 87},
    passed={"conclusion.blocks.2.text": "得10分，读者满意度高。", "items.1.indicators.4.actual": 90},
)
def satisfaction_praised(case: Case) -> Iterator[Hit]:
    """A conclusion praises satisfaction while a satisfaction row missed its target, or none has a result."""
    rows = [(row, read) for _, row, read, _ in case.rows if row.category is Category.SATISFACTION]
    missed = [
        f"“{shortened(row.name)}”目标{plain(read.target)}{read.unit}、实际{plain(read.actual)}{read.unit}"
        for row, read in rows
        if read.target is not None and read.actual is not None and read.actual < read.target
    ]
    if not missed and (not rows or any(row.actual for row, _ in rows)):
        return
    fact = "；".join(missed[:2]) + "，没有达到" if missed else f"{len(rows)}个满意度指标都没有填写实际完成值"
    for path, match in texts_of(case).find(_CONTENT):
        if path[0] in {"conclusion", "goal"}:
            yield hit(*path, text=match[0], fact=fact)


@check(
    "CON23",
    W,
    title="发文单位与文号不对应",
    message="《{title}》由“{issuer}”发文，文号却是“{number}”；这类单位的文号一般形如“{example}”",
    remedy="对照文件原件核对发文单位和文号",
    basis="党政机关发文字号惯例：机关代字表明发文机关",
    caught={"policies.0.number": "青发〔2020〕6号"},
    passed={"policies.0.issuer": "中共青禾县委、青禾县人民政府", "policies.0.number": "青发〔2020〕6号"},
)
def issuer_and_number(case: Case) -> Iterator[Hit]:
    """The 文号 lacks the characters that documents of such an issuer bear; joint documents may follow either."""
    for i, policy in enumerate(case.submission.policies):
        code = re.match(r"[^0-9〔\[（(【［]+", policy.number)
        issuers = [part for part in re.split(r"[、，,\s]+", policy.issuer) if part]
        rules = [rule for part in issuers for rule in words().issuers if rule.issuer.search(part)][: len(issuers)]
        if code and len(rules) == len(issuers) > 0 and not any(rule.code.search(code[0]) for rule in rules):
            example = rules[0].example
            title = shortened(policy.title.strip("《》")) or f"第{i + 1}项文件"
            yield hit("policies", i, "number", title=title, issuer=policy.issuer, number=policy.number, example=example)


@check(
    "CON24",
    W,
    title="单位名称前后不一致",
    message="文中写{words}，单位全称是“{name}”",
    remedy="统一使用全称或规定的简称；引用旧称的，注明“原”",
    basis="公文要求：单位名称使用全称或规范化简称",
    caught={"remarks": "自评佐证材料存放在青禾图书馆办公室。"},
    passed={"remarks": "自评佐证材料存放在青禾县图书馆办公室。"},
)
def unit_misnamed(case: Case) -> Iterator[Hit]:
    """The unit's name with its area cut short or changed: 鹿泉红十字会 for 鹿泉区红十字会."""
    unit = case.submission.unit
    pattern = read_name(unit).misnamed
    if pattern is None:
        return
    for path, matches in texts_of(case).by_field(pattern).items():
        others = [match[0] for match in matches if match[0] not in {unit.short_name, unit.name}]
        if others and path[0] != "unit":
            yield hit(*path, words=quoted(others), name=unit.name)


@check(
    "CON25",
    N,
    title="标题没有写“部门”",
    message="标题写“整体支出”，正文和评分办法用的是“部门整体支出”",
    remedy="标题改为“……年度部门整体支出绩效自评报告”",
    basis="公文要求：标题与正文名称一致",
    caught={"title": "青禾县图书馆2023年度整体支出绩效自评报告"},
    passed={"title": "青禾县图书馆2023年度部门整体支出绩效评价报告"},
)
def title_without_department(case: Case) -> Iterator[Hit]:
    """The title says 整体支出 without 部门 or 单位."""
    title = case.submission.title
    if "整体支出" in title and not re.search("(?:部门|单位)[^，。]{0,4}整体支出", title):
        yield hit("title")
