"""What texts say: foreign and doubled words, slips, worn phrases, vague indicators (family TXT, 01–09)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name, shortened
from xl_selfeval.checks.texts import END, quoted, texts_of
from xl_selfeval.checks.unit_name import read_name
from xl_selfeval.checks.wordlist import words
from xl_selfeval.measure import Measure
from xl_selfeval.model import Indicator, Operator, Part, Path

W = Severity.WARNING
PROOF = "公文要求：文字准确，用词规范"
INDICATORS = "财政部门绩效指标设置要求：指标应细化、可衡量"
QUALITATIVE = "items.2.indicators.2"

LATIN = re.compile(r"(?<![A-Za-z0-9./@:_\\-])[A-Za-z]{2,}(?![A-Za-z0-9/@:_-]|\.[A-Za-z])")


@check(
    "TXT01",
    W,
    title="夹有外文单词",
    message="文中夹有{words}",
    remedy="改为中文（{advice}）；确为专有名称的，写中文名称并加括号注明",
    basis="国家通用语言文字规范：公文使用规范汉字",
    caught={"remarks": "收支数据 and 资产数据取自部门决算。"},
    passed={"remarks": "配置5A级5G终端和AED各1台，移动APP下载PDF文件，PM2.5监测点距馆2 km，见www.example.cn。"},
)
def foreign_words(case: Case) -> Iterator[Hit]:
    """Lower-case Latin words, and common English ones however written; units and abbreviations pass."""
    for path, matches in texts_of(case).by_field(LATIN).items():
        strays = [match[0] for match in matches if _is_stray(match[0])]
        if strays:
            known = {word: words().english.get(word.lower()) for word in strays}
            advice = "、".join(f"{word}可改为“{chinese}”" for word, chinese in known.items() if chinese)
            yield hit(*path, words=quoted(strays), advice=advice or "按原意改写")


def _is_stray(word: str) -> bool:
    if word.lower() in words().english:
        return not word.isupper()
    return word.islower() and word not in words().latin_allowed


# 一步一步, 逐户逐户 are words.
DOUBLED = re.compile(r"(?![一逐几])([一-龥]{2,4})\1")


@check(
    "TXT02",
    W,
    title="词语重复",
    message="{words}连写了两遍",
    remedy="删去多余的一个；如是两个词相连，中间加标点",
    basis=PROOF,
    caught={"items.0.goal": "接待读者不少于80000人次，培训在校学生学生，图书归架准确率不低于95%。"},
    passed={"items.0.goal": "接待读者不少于80000人次，常常走访，天天开馆，人人学急救、急救为人人，一步一步做好。"},
)
def doubled_words(case: Case) -> Iterator[Hit]:
    """A word of two or more characters, or a particle, twice in a row."""
    found = texts_of(case).by_field(DOUBLED)
    for path, matches in texts_of(case).by_field(words().doubled_particles).items():
        found.setdefault(path, []).extend(matches)
    for path, matches in found.items():
        yield hit(*path, words=quoted(match[0] for match in matches))


@check(
    "TXT03",
    W,
    title="疑似错别字",
    message="疑有错别字：{words}",
    remedy="核对后改正；原文无误的不必改",
    basis=PROOF,
    caught={"items.0.goal": "加强应急救护只是技能普及培训，接待读者不少于80000人次。"},
    passed={"items.0.goal": "不只是讲解知识技能，还接待读者不少于80000人次。"},
)
def slips(case: Case) -> Iterator[Hit]:
    """Words of the list of common slips."""
    found: dict[Path, list[str]] = {}
    everything = texts_of(case)
    for slip in words().slips:
        if slip.word in everything.joined:
            for path, match in everything.find(slip.pattern):
                found.setdefault(path, []).append(f"“{match[0]}”应为“{slip.right}”")
    for path, pairs in found.items():
        yield hit(*path, words="，".join(dict.fromkeys(pairs)))


@check(
    "TXT04",
    W,
    title="单位名称写错",
    message="文中写{words}，疑为“{name}”之误",
    remedy="改为“{name}”",
    basis=PROOF,
    caught={"unit.name": "青禾县红十字会", "remarks": "扩大红十会影响。"},
    passed={"unit.name": "青禾县红十字会", "remarks": "扩大红十字会影响，弘扬红十字精神。"},
)
def unit_misspelt(case: Case) -> Iterator[Hit]:
    """The unit's name with a character missing or two swapped."""
    everything, name = texts_of(case), read_name(case.submission.unit)
    wrong = [re.escape(word) for word in name.misspelt if word in everything.joined]
    if wrong:
        for path, matches in everything.by_field(re.compile("|".join(wrong))).items():
            yield hit(*path, words=quoted(match[0] for match in matches), name=name.proper)


@check(
    "TXT05",
    W,
    title="沿用了往年的提法",
    message="“{word}”是往年的提法，被评价年度是{year}年：{why}",
    remedy="按被评价年度的实际工作改写",
    basis="政策提法以当年为准",
    caught={"remarks": "落实常态化疫情防控要求。"},
    passed={"fiscal_year": 2022, "remarks": "落实常态化疫情防控要求。"},
)
def worn_phrases(case: Case) -> Iterator[Hit]:
    """Phrases that were current only up to an earlier year; told once a field, titles of documents aside."""
    year, everything = case.submission.fiscal_year, texts_of(case)
    told: set[Path] = set()
    for phrase in words().stale:
        if year is not None and year > phrase.until and phrase.word in everything.untitled:
            for path, _ in everything.find(re.compile(re.escape(phrase.word)), titles=False):
                if path not in told and path[0] != "policies":
                    told.add(path)
                    yield hit(*path, word=phrase.word, year=year, why=phrase.why)


def _is_uncounted(row: Indicator, read: Measure) -> bool:
    """A row whose name asks for a figure, and that has none to compare with."""
    figure = read.operator is Operator.QUALITATIVE and not re.search("[0-9]", row.target)
    return figure and bool(words().countable.search(row.name))


@check(
    "TXT06",
    W,
    title="指标空泛，无法衡量",
    message="{row}的指标值“{target}”没有可以衡量的标准",
    remedy="改为可核查的结果，如数量、比例、时限，或“印发制度”“通过验收”这样的标志；另写明怎样认定",
    basis=INDICATORS,
    caught={f"{QUALITATIVE}.target": "社会影响力显著提高"},
    passed={f"{QUALITATIVE}.target": "社会影响力显著提高，媒体报道3次"},
)
def vague_indicator(case: Case) -> Iterator[Hit]:
    """A qualitative row whose target is made of words such as 提高 and 充分认可, without a standard."""
    for path, row, read, _ in case.rows:
        said = row.target or row.name
        described = read.operator is Operator.QUALITATIVE and not _is_uncounted(row, read)
        if described and words().vague.search(said) and not words().checkable.search(said):
            yield hit(*path, "target", row=row_name(path, row), target=shortened(said))


@check(
    "TXT07",
    W,
    title="应有数字的指标没有数字",
    message="{row}要看的是数，指标值却写“{target}”",
    remedy="填写目标数字，如“≥95%”",
    basis=INDICATORS,
    caught={f"{QUALITATIVE}.name": "地方文献保存合格率", f"{QUALITATIVE}.target": "提高"},
    passed={f"{QUALITATIVE}.name": "地方文献保存合格率", f"{QUALITATIVE}.target": "比上年提高2个百分点"},
)
def figure_missing(case: Case) -> Iterator[Hit]:
    """The name ends in 率, 度, 人次 or the like, and the target has no figure."""
    for path, row, read, _ in case.rows:
        if _is_uncounted(row, read):
            yield hit(*path, "target", row=row_name(path, row), target=shortened(row.target) or "（空）")


@check(
    "TXT08",
    W,
    title="名称开头多出一个字",
    message="“{name}”开头的“{stray}”像是多打的字",
    remedy="删去“{stray}”，或补全所缺的字",
    basis=PROOF,
    caught={"unit.name": "青禾县红十字会", "items.0.name": "退红十字事业发展-退役军人工资保障工作"},
    passed={"unit.name": "青禾县红十字会", "items.0.name": "各红十字站发展-各类人员工资保障工作，各红十字站"},
)
def stray_character(case: Case) -> Iterator[Hit]:
    """One character before a word of the unit's own name, typed ahead from the part behind the dash.

    Told only where the character and the word stand together nowhere else.
    """
    name, everything = read_name(case.submission.unit).proper, texts_of(case)
    if len(name) < 3:
        return
    pattern = re.compile(rf"{END}([一-龥])(?={re.escape(name[:3])})[^{END}—－-]*[—－-]+\1")
    uses: dict[str, int] = {}
    for path, match in everything.find(pattern):
        if match[1] not in uses:
            uses[match[1]] = everything.joined.count(match[1] + name[:3])
        if path[-1] == "name" and uses[match[1]] == 1:
            yield hit(*path, name=shortened(everything.joined[match.start() + 1 :].split(END, 1)[0]), stray=match[1])


_TABLES = {
    "unit": "基本情况",
    "assets": "资产",
    "finance": "收支决算",
    "projects": "项目",
    "goal": "总体绩效目标",
    "items": "任务和指标",
    "conclusion": "评价结论",
    "problems": "问题与改进",
    "evaluation": "自评工作",
    "team": "评价工作组",
}


@check(
    "TXT09",
    W,
    title="含有示例值",
    message="“{table}”中有{count}处示例值，不是本单位的数据",
    remedy="换成本单位的实际数据，再删去示例标记",
    basis="填报说明：示例值只作演示",
    caught={"examples": ["items.*.indicators.*.actual"]},
    passed={"examples": ["finance.funds.total.previous_years"]},
)
def example_values(case: Case) -> Iterator[Hit]:
    """Filled fields that `examples` covers, told once for each part of the form."""
    places: set[Path] = set()
    for pattern in case.submission.examples:
        _matching(case.submission, tuple(pattern.split(".")), (), places)
    counts = Counter(str(path[0]) for path in places)
    for root in case.submission.__dict__:
        if root in counts:
            yield hit(root, table=_TABLES.get(root, "基本情况"), count=counts[root])


def _matching(node: object, steps: tuple[str, ...], path: Path, places: set[Path]) -> None:
    """The filled fields under `node` that the pattern `steps` leads to or covers."""
    if isinstance(node, Part):
        named = node.__dict__
        for name in named if not steps or steps[0] == "*" else {steps[0]} & named.keys():
            _matching(named[name], steps[1:], (*path, name), places)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            if not steps or steps[0] in ("*", str(i)):
                _matching(value, steps[1:], (*path, i), places)
    elif not steps and node not in (None, "", False):
        places.add(path)
