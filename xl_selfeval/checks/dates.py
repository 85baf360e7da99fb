"""Years and dates: which year is judged, which day is named, and whether the two fit (family DAT)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xl_selfeval.checks.catalogue import Case, Hit, Severity, check, hit
from xl_selfeval.checks.naming import row_name, shortened
from xl_selfeval.checks.texts import END, quoted, texts_of
from xl_selfeval.measure import Measure
from xl_selfeval.model import Indicator, Operator, Path
from xl_selfeval.quantities import NotAQuantity, parse_quantity
from xl_selfeval.quantities.dates import chinese_date, parse_date

E, W = Severity.ERROR, Severity.WARNING
YEARLY = "部门整体支出绩效自评按预算年度（1月1日至12月31日）进行"
DEADLINE_ROW = "items.1.indicators.1"

YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年")
# Years named for comparison, as origin or as a span are no slips.
_BEFORE = re.compile(r"(?:比|较|与|同|和|自|从|由|至|到|—|-|－|～|~|[0-9]年?度?[、和及])\s*$")
_AFTER = re.compile(
    rf"[^，。；{END}]{{0,4}}(?:相比|比较|同期|以来|以前|之前|起|结转|底|末|至|到|—|-|－|～|~|[、和及]\s*[0-9]{{4}})"
    rf"|[^，。；{END}]{{0,10}}(?:印发|出台|制定|成立|修订|修正|修建|建成|购置|启用|获评|荣获|实施的)"
)
# Plans, causes and the making of the report itself reach into the next year.
_NEXT_YEAR = frozenset(
    {"improvement", "deviation_reason", "problem", "deadline", "organisation", "methods", "remarks"}
    | {"execution_reason", "adjustment_reason", "change_reason", "evidence"}
)
_ELSEWHERE = frozenset({"title", "number", "evidence", "duties", "policies", "content"})
NUMBER_YEAR = re.compile(r"[〔\[\(（【［](20[0-9]{2}|19[0-9]{2})[〕\]\)）】］]")
_DAY_SIGN = re.compile(r"[0-9]\s*月\s*[0-9]|[0-9]-[0-9]")
DAY = re.compile(
    r"(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{2})\s*年度?)?\s*(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*[日号]"
    r"|(?<![0-9-])(?P<iso_year>(?:19|20)[0-9]{2})-(?P<iso_month>[0-9]{1,2})-(?P<iso_day>[0-9]{1,2})(?![0-9-])"
)


@check(
    "DAT01",
    E,
    title="标题年度与被评价年度不一致",
    message="标题写“{title}年”，被评价年度是{year}年",
    remedy="标题中的年度写被评价的{year}年度，不写编报告的年份；若被评价年度填错，请改被评价年度",
    basis=YEARLY,
    caught={"title": "青禾县图书馆2024年度部门整体支出绩效自评报告"},
    passed={"title": "青禾县图书馆2023年度部门整体支出绩效自评报告（2024年编制）"},
)
def title_year(case: Case) -> Iterator[Hit]:
    """No year in the title is the fiscal year."""
    year = case.submission.fiscal_year
    named = YEAR.findall(case.submission.title)
    if named and year is not None and str(year) not in named:
        yield hit("title", title="、".join(named), year=year)


@check(
    "DAT02",
    E,
    title="报告日期早于年度终了",
    message="报告日期{day}在{year}年度结束之前，全年数据还没有形成",
    remedy="核对报告日期和被评价年度；自评在年度终了后进行",
    basis=YEARLY,
    caught={"report_date": "2023-12-31"},
    passed={"report_date": "2024-01-01"},
)
def report_too_early(case: Case) -> Iterator[Hit]:
    """The report is dated on or before the last day of the fiscal year."""
    day, year = case.submission.report_date, case.submission.fiscal_year
    if day and year and day.year <= year:
        yield hit("report_date", day=chinese_date(day), year=year)


@check(
    "DAT03",
    W,
    title="报告日期晚于下一年度",
    message="报告日期是{day}，距被评价的{year}年度已超过一年",
    remedy="核对报告日期和被评价年度；确为补报的，在“其他需要说明的问题”中说明",
    basis="财政部门工作要求：自评在年度终了后的下一年内完成",
    caught={"report_date": "2025-01-01"},
    passed={"report_date": "2024-12-31"},
)
def report_too_late(case: Case) -> Iterator[Hit]:
    """The report is dated after the year that follows the fiscal year."""
    day, year = case.submission.report_date, case.submission.fiscal_year
    if day and year and day.year > year + 1:
        yield hit("report_date", day=chinese_date(day), year=year)


@check(
    "DAT04",
    W,
    title="内容中出现其他年度",
    message="此处写有{words}，被评价年度是{year}年，可能沿用了往年的文字",
    remedy="核对年份；确需提到其他年度的，写明“与某年相比”或起止年份",
    basis=YEARLY,
    caught={"items.0.goal": "2022年全年免费开放馆舍，接待读者不少于80000人次。"},
    passed={"items.0.goal": "全年接待读者比2022年增加，达到80000人次，图书归架准确率不低于95%。"},
)
def other_year(case: Case) -> Iterator[Hit]:
    """A year that is not the fiscal year and not named for comparison, as origin, or as a plan."""
    year = case.submission.fiscal_year
    if year is None:
        return
    deadlines = {path for path, row in case.submission.indicators() if _is_deadline(row, case.card.measures[path])}
    for path, matches in texts_of(case).by_field(YEAR, titles=False).items():
        if _ELSEWHERE & set(path) or (path[:4] in deadlines and path[-1] in {"target", "actual"}):
            continue
        foreign = [match[0] for match in matches if _is_foreign(match, year, path)]
        if foreign:
            yield hit(*path, words=quoted(foreign), year=year)


def _is_deadline(row: Indicator, read: Measure) -> bool:
    return Operator.DEADLINE in {row.operator, read.operator}


def _is_foreign(match: re.Match[str], year: int, path: Path) -> bool:
    named = int(match[1])
    if named == year or (named == year + 1 and path[-1] in _NEXT_YEAR):
        return False
    text = match.string
    return not _BEFORE.search(text[max(0, match.start() - 8) : match.start()]) and not _AFTER.match(text, match.end())


@check(
    "DAT05",
    W,
    title="完成时限不在本年度",
    message="{row}的时限“{target}”是{day}，不在{year}年度内",
    remedy="核对年份；年度指标的时限应在本年度内，跨年任务请写本年度应完成的节点",
    basis=YEARLY,
    caught={f"{DEADLINE_ROW}.target": "2022年11月30日前"},
    passed={f"{DEADLINE_ROW}.target": "2023年12月31日前"},
)
def deadline_outside(case: Case) -> Iterator[Hit]:
    """A deadline outside of the fiscal year."""
    year = case.submission.fiscal_year
    for path, row, read, _ in case.rows:
        if year and read.deadline and read.deadline.year != year:
            day = chinese_date(read.deadline)
            yield hit(*path, "target", row=row_name(path, row), target=row.target, day=day, year=year)


@check(
    "DAT06",
    W,
    title="实际完成日期不在本年度",
    message="{row}的实际完成日期是{day}，不在{year}年度内",
    remedy="核对年份；确在年度之外完成的，在偏差原因中说明",
    basis=YEARLY,
    caught={f"{DEADLINE_ROW}.actual": "2024年1月5日"},
    passed={f"{DEADLINE_ROW}.actual": "2023年12月31日"},
)
def finish_outside(case: Case) -> Iterator[Hit]:
    """A finish date outside of the fiscal year."""
    year = case.submission.fiscal_year
    for path, row, read, _ in case.rows:
        if year and read.finished and read.finished.year != year:
            yield hit(*path, "actual", row=row_name(path, row), day=chinese_date(read.finished), year=year)


@check(
    "DAT07",
    E,
    title="文号年份晚于报告",
    message="《{title}》的文号“{number}”是{found}年的，报告在{last}年编制",
    remedy="核对文号中的年份；报告只能依据编制之前已印发的文件",
    basis="党政机关公文格式（GB/T 9704-2012）：文号中的年份为发文年份",
    caught={"policies.0.number": "青政发〔2025〕6号"},
    passed={"policies.0.number": "青政发〔2024〕6号"},
)
def policy_year(case: Case) -> Iterator[Hit]:
    """A document numbered in a year after the report's."""
    day, year = case.submission.report_date, case.submission.fiscal_year
    last = day.year if day else year + 1 if year else None
    for i, policy in enumerate(case.submission.policies):
        found = NUMBER_YEAR.search(policy.number)
        if found and last and int(found[1]) > last:
            title = shortened(policy.title.strip("《》")) or f"第{i + 1}项文件"
            yield hit("policies", i, "number", title=title, number=policy.number, found=found[1], last=last)


@check(
    "DAT08",
    E,
    title="日历上没有的日期",
    message="日历上没有{words}",
    remedy="核对月份和日期",
    basis="公历：各月天数",
    caught={"items.1.result": "九个乡镇分馆的图书于2023年11月31日更新完毕。"},
    passed={"items.1.result": "九个乡镇分馆的图书于2023年11月30日更新完毕。"},
)
def impossible_date(case: Case) -> Iterator[Hit]:
    """A day such as 2月30日 or 2023-13-01; 29 February without a year is looked up in the fiscal year."""
    for path, matches in texts_of(case).by_field(DAY, sign=_DAY_SIGN).items():
        wrong = [match[0].strip() for match in matches if not _exists(match, case.submission.fiscal_year)]
        if wrong:
            yield hit(*path, words=quoted(wrong))


def _exists(match: re.Match[str], fiscal_year: int | None) -> bool:
    year = match["year"] or match["iso_year"] or fiscal_year or 2000
    try:
        date(int(year), int(match["month"] or match["iso_month"]), int(match["day"] or match["iso_day"]))
    except ValueError:
        return False
    return True


@check(
    "DAT09",
    W,
    title="整改期限早于报告日期",
    message="第{number}个问题的完成期限“{deadline}”早于报告日期{day}",
    remedy="填写报告之后的期限；已经整改完的，在改进措施中写明完成情况",
    basis="财政部门绩效自评报告提纲：改进措施写明完成期限",
    caught={"problems.0.deadline": "2024年3月14日"},
    passed={"problems.0.deadline": "2024年3月15日"},
)
def deadline_past(case: Case) -> Iterator[Hit]:
    """An improvement due before the report is written; a deadline without a year is taken in the report's year."""
    report = case.submission.report_date
    for i, row in enumerate(case.submission.problems):
        due = _due(row.deadline, report.year) if report else None
        if report and due and due < report:
            yield hit("problems", i, "deadline", number=i + 1, deadline=row.deadline, day=chinese_date(report))


def _due(text: str, year: int) -> date | None:
    read = parse_quantity(text, year) if text else NotAQuantity(text, "")
    if not isinstance(read, NotAQuantity) and read.deadline:
        return read.deadline
    day = parse_date(text, year)
    return None if isinstance(day, NotAQuantity) else day
