"""How texts are written: punctuation, brackets, numbering, remains of forms and extraction (family TXT, 10–18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.texts import END, quoted, texts_of
from xl_selfeval.checks.wordlist import words
from xl_selfeval.model import Part, Path
from xl_selfeval.quantities import half_up, plain

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
OFFICIAL = "党政机关公文格式（GB/T 9704-2012）"
MARKS = "标点符号用法（GB/T 15834-2011）"
FILLING = "填报说明：各栏据实填写"

_OPEN, _CLOSE = r"[\[(（【［{<〈]", r"[\])）】］}>〉]"
DOCUMENT_NUMBER = re.compile(
    rf"{_OPEN}\s*(?:19|20)[0-9]{{2}}\s*{_CLOSE}\s*第?\s*[0-9]+\s*号|〔(?:19|20)[0-9]{{2}}〕\s*(?:第\s*[0-9]+|0[0-9]+)\s*号"
)
_CODE = re.compile(r"[一-龥]{1,6}\s*$")


@check(
    "TXT10",
    W,
    title="文号写法不规范",
    message="文号写作{words}",
    remedy="年份用六角括号〔〕，编号不加“第”、不编虚位，如“×政发〔2019〕8号”",
    basis=f"{OFFICIAL} 7.2.5 发文字号",
    caught={"policies.0.number": "青政发[2020]6号"},
    passed={"policies.0.number": "青政发〔2020〕16号"},
)
def document_number(case: Case) -> Iterator[Hit]:
    """A 文号 with other brackets than 〔〕, with 第, or with leading zeros."""
    for path, matches in texts_of(case).by_field(DOCUMENT_NUMBER).items():
        whole = [code[0] + match[0] for match in matches if (code := _CODE.search(_before(match, 7)))]
        if whole:
            yield hit(*path, words=quoted(whole))


def _before(match: re.Match[str], length: int) -> str:
    return match.string[max(0, match.start() - length) : match.start()]


_HALF_WIDTH_SIGN = re.compile(r"[,;:?!()]|\.(?![0-9])")
HALF_WIDTH = re.compile(
    r"(?<=[一-龥])[,;:?!](?![0-9A-Za-z/])|[,;?!](?=[一-龥])|\([一-龥][^()\x00]{0,20}\)?|(?<=[一-龥])\)|(?<=[一-龥])\.(?=[一-龥\x00])"
)


@check(
    "TXT11",
    N,
    title="中文中用了半角标点",
    message="有{count}处半角标点：{words}",
    remedy="改为全角标点",
    basis=MARKS,
    caught={"remarks": "收支数据取自部门决算(已批复),佐证材料存馆办公室。"},
    passed={"remarks": "座位使用率按 72.5% 计（1,290座次），见 A-1 表。"},
)
def half_width_marks(case: Case) -> Iterator[Hit]:
    """Half-width commas, brackets and stops beside Chinese characters; told once a field."""
    for path, matches in texts_of(case).by_field(HALF_WIDTH, sign=_HALF_WIDTH_SIGN).items():
        yield hit(*path, count=len(matches), words=quoted(match[0] for match in matches))


NUMBERING = re.compile(
    rf"{END}\s*(?:[（(][一二三四五六七八九十0-9]{{1,3}}[）)]|[一二三四五六七八九十]{{1,3}}[、.．]"
    r"|[0-9]{1,2}(?:[、．)）]|\.(?![0-9]))|[①-⑳]|指标[0-9]{1,2}(?=.)|第[一二三四五六七八九十]{1,2}[，、])"
)
_LISTS = frozenset(
    {("duties",), ("items", "name"), ("projects", "name"), ("policies", "title")}
    | {("problems", "problem"), ("problems", "improvement"), ("items", "indicators", "name")}
)


@check(
    "TXT12",
    W,
    title="列表中手工写了序号",
    message="列表中有{count}条以手写的序号开头（如{words}），会与报告自动编的序号重复",
    remedy="删去序号，只写内容；报告按行自动编号",
    basis="公文要求：结构层次序数依次为“一、”“（一）”“1.”“（1）”，不重复使用",
    caught={"duties": ["（一）免费向公众开放阅览和外借服务。", "（二）指导乡镇分馆业务。"]},
    passed={"duties": ["一流服务从阅览做起，免费向公众开放。", "3处乡镇分馆的业务指导。"]},
)
def typed_numbering(case: Case) -> Iterator[Hit]:
    """Entries of a list begin with a number typed by hand; told once for each list."""
    found: dict[tuple[str, ...], list[tuple[Path, str]]] = {}
    for path, match in texts_of(case).find(NUMBERING):
        column = tuple(step for step in path if isinstance(step, str))
        if column in _LISTS:
            found.setdefault(column, []).append((path, match[0]))
    for entries in found.values():
        yield hit(*entries[0][0], count=len(entries), words=quoted(mark for _, mark in entries))


_SLASH = re.compile(rf"{END}[/／\\](?={END})")
_NEVER_SLASH = frozenset({"name", "wording", "target", "goal", "text", "title", "content", "organisation", "methods"})


@check(
    "TXT13",
    E,
    title="模板文字没有替换",
    message="留有填表提示或占位符号{words}",
    remedy="换成本单位的内容；没有内容的留空",
    basis=FILLING,
    caught={"items.0.indicators.0.name": "指标2："},
    passed={"items.0.indicators.0.name": "二级指标覆盖率2项"},
)
def template_left(case: Case) -> Iterator[Hit]:
    """Remains of the form: 指标2：, 100字以内, ××, 此处填写, a lone stroke where words are due."""
    everything = texts_of(case)
    for path, text in everything.holding(words().template_sign):
        remains = [match[0] for match in words().template.finditer(f"{END}{text}{END}")]
        if remains:
            yield hit(*path, words=quoted(remains))
    for path, match in texts_of(case).find(_SLASH):
        if path[-1] in _NEVER_SLASH and path[0] != "problems":
            yield hit(*path, words=quoted([match[0]]))


_BOUNDED = {"conclusion": {"text"}, "problems": {"problem", "improvement"}}


@check(
    "TXT14",
    W,
    title="文字超过字数限制",
    message="共{length}字，评分办法规定不超过{limit}字",
    remedy="压缩到{limit}字以内，先写结论和数据",
    basis="评分办法：自评表文字栏的字数限制",
    caught={"rulebook": "sichuan-2023", "problems.0.problem": "归架准确率低于目标。" * 20 + "须改"},
    passed={"rulebook": "sichuan-2023", "problems.0.problem": "归架准确率低于目标。" * 20},
)
def too_long(case: Case) -> Iterator[Hit]:
    """Conclusions, problems and improvements longer than the rulebook's `text_length`, blanks aside."""
    limit = case.rulebook.limits.text_length.value
    for path, text in texts_of(case).fields if limit else ():
        length = len("".join(text.split())) if path[0] in _BOUNDED and path[-1] in _BOUNDED[str(path[0])] else 0
        if limit and length > limit:
            yield hit(*path, length=length, limit=limit)


DOUBLED_MARKS = re.compile(r"([，。；：、！？])\1+|，[。；、]|。[，；、]|、[，。；]|；[，。、]|：[，。；、]")


@check(
    "TXT15",
    N,
    title="标点重复",
    message="标点连用：{words}",
    remedy="只保留一个标点",
    basis=MARKS,
    caught={"remarks": "收支数据取自部门决算。。自评佐证材料存放在馆办公室。"},
    passed={"remarks": "收支数据取自部门决算……自评佐证材料存放在馆办公室（三楼）。"},
)
def doubled_marks(case: Case) -> Iterator[Hit]:
    """Two stops or commas in a row."""
    for path, matches in texts_of(case).by_field(DOUBLED_MARKS).items():
        yield hit(*path, words=quoted(match.string[max(0, match.start() - 4) : match.end()] for match in matches))


_REMNANTS_SIGN = re.compile(r"[\n \t\u3000\\$]|PAGEREF|_Toc")
REMNANTS = re.compile(
    r"[一-龥，、“《][ \t]*\n\s*(?![（(]?[一二三四五六七八九十0-9①-⑳]{1,3}[）)、.．是])[一-龥”》]"
    rf"|(?<=\n)[ \t]*[-—–]?[ \t]*[0-9]{{1,3}}[ \t]*[-—–]?[ \t]*(?=\n|{END})"
    rf"|\\[a-z]{{2,}}|\$[^$\n{END}]{{1,30}}\$|PAGEREF|_Toc[0-9]+|[一-龥][ \t\u3000]+(?=[一-龥])"
)
_SPACED = frozenset({"team", "unit"})


@check(
    "TXT16",
    N,
    title="有断行、空格或页码残留",
    message="有{count}处断行、空格、页码或公式符号残留：{words}",
    remedy="删去从别处粘贴带来的换行、空格、页码和符号",
    basis=FILLING,
    caught={"remarks": "收支数据取自2023年度部\n门决算。"},
    passed={"remarks": "收支数据取自2023年度部门决算。\n自评佐证材料存放在馆办公室。"},
)
def remnants(case: Case) -> Iterator[Hit]:
    """Line breaks and blanks inside a sentence, page numbers, LaTeX: what pasting leaves behind."""
    for path, matches in texts_of(case).by_field(REMNANTS, sign=_REMNANTS_SIGN).items():
        if path[0] not in _SPACED:  # names are spaced out on purpose: 张　三
            around = (match.string[max(0, match.start() - 2) : match.end() + 2] for match in matches)
            yield hit(*path, count=len(matches), words=quoted(around))


LONG_MONEY = re.compile(r"\.[0-9]{3,}\s*万元")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,12}$")


@check(
    "TXT17",
    N,
    title="金额小数位过多",
    message="金额写到两位小数以上：{words}",
    remedy="以万元为单位的金额统一保留两位小数，并核对合计",
    basis="部门决算公开惯例：金额以万元为单位，保留两位小数",
    caught={"finance.carry_over": "13.00125"},
    passed={"finance.carry_over": "13.0000"},
)
def long_money(case: Case) -> Iterator[Hit]:
    """Money in 万元 to more than two decimals, in texts and, told once for each table, in the tables."""
    for path, matches in texts_of(case).by_field(LONG_MONEY).items():
        whole = [number[0] + match[0] for match in matches if (number := _WHOLE_NUMBER.search(_before(match, 12)))]
        if whole:
            yield hit(*path, words=quoted(whole))
    submission = case.submission
    for root, part in (
        ("finance", submission.finance),
        ("projects", submission.projects),
        ("assets", submission.assets),
    ):
        fine = [(path, value) for path, value in _money(part, (root,)) if half_up(value, 2) != value]
        if fine:
            yield hit(*fine[0][0], words=quoted(f"{plain(value)}万元" for _, value in fine))


def _money(node: object, path: Path) -> Iterator[tuple[Path, Decimal]]:
    if isinstance(node, Decimal):
        if path[-1] != "quantity":
            yield path, node
    elif isinstance(node, Part):
        for name, value in node.__dict__.items():
            yield from _money(value, (*path, name))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _money(value, (*path, i))


_PAIRS = ("（）", "《》", "“”", "〔〕", "【】")
_PAIRED = re.compile("[（）《》“”〔〕【】]")


@check(
    "TXT18",
    N,
    title="括号或引号不成对",
    message="{words}不成对",
    remedy="补上缺的一半，或删去多余的一半",
    basis=MARKS,
    caught={"remarks": "收支数据取自2023年度部门决算（已批复。"},
    passed={"remarks": "收支数据取自2023年度部门决算（已批复）。"},
)
def unpaired_marks(case: Case) -> Iterator[Hit]:
    """Brackets or quotation marks of which a field has more opening than closing ones, or fewer."""
    for path, text in texts_of(case).holding(_PAIRED):
        odd = [pair for pair in _PAIRS if text.count(pair[0]) != text.count(pair[1])]
        if odd:
            yield hit(*path, words="、".join(f"{pair[0]}{pair[1]}" for pair in odd))
