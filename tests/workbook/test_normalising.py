"""Pasted entries rewritten: what a clerk may paste, and for whatever is typed that nothing changes its meaning."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path as FilePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libreoffice.random_rows import ODD_DATES, ODD_NUMBERS
from tests.strategies import TYPED
from tests.workbook.patching import merge, patched_cells, path_of, places, sound
from xl_selfeval.assessment import judge
from xl_selfeval.checks import Severity
from xl_selfeval.measure import measure
from xl_selfeval.model import Operator, Submission
from xl_selfeval.scoring import ScoreCard
from xl_selfeval.workbook.cells import Cells
from xl_selfeval.workbook.layout import Spot
from xl_selfeval.workbook.normalising import Change, proposals
from xl_selfeval.workbook.reader import Reading, read_submission

ROW = "items.0.indicators.0"
KEYS = {"operator": "符号", "target": "年度指标值", "unit_of_measure": "计量单位", "actual": "实际完成值"}


def read(cells: Cells) -> Reading:
    return read_submission(cells, "自评表.xlsx")


def proposed(cells: Cells) -> list[Change]:
    return proposals(cells, read(cells))


def rewritten(cells: Cells, changes: Sequence[Change]) -> Cells:
    """A copy of `cells` in which every change is made."""
    grids = {title: [list(row) for row in grid] for title, grid in cells.grids.items()}
    for change in changes:
        after = change.after
        if isinstance(after, date):
            after = datetime(after.year, after.month, after.day)  # type: ignore[assignment]
        grids[change.spot.sheet][change.spot.row][change.spot.col] = (
            float(after) if isinstance(after, Decimal) else after
        )
    percent = cells.percent - {change.spot for change in changes}
    return Cells(grids, cells.names, cells.errors, cells.uncalculated, cells.merged, percent)


def row_of(operator: str, target: object, unit: str, actual: object) -> dict[str, object]:
    return dict(zip((f"{ROW}.{key}" for key in KEYS), (operator, target, unit, actual), strict=True))


def row_changes(operator: str, target: object, unit: str, actual: object) -> dict[str, str]:
    """What is proposed for the four cells of one row, by their labels."""
    changes = proposed(patched_cells(row_of(operator, target, unit, actual)))
    return {change.label: change.meant for change in changes}


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        (("", "≥90％", "", "92％"), ("≥", "90", "%", "92")),
        (("≥", "≥90％", "%", "92"), ("≥", "90", "%", "92")),
        (("≧", "≧90", "%", "92"), ("≥", "90", "%", "92")),
        (("", "3000人次以上", "", "3200人次"), ("≥", "3000", "人次", "3200")),
        (("", "不低于100平方米", "", "120㎡"), ("≥", "100", "平方米", "120")),
        (("", "不超过60万元", "万元", "54.5万元"), ("≤", "60", "万元", "54.5")),
        (("＝", "１２场", "场", "１２"), ("=", "12", "场", "12")),
        (("", "95%-105%", "", "100%"), ("区间", "95-105", "%", "100")),
        (("区间", "95％至105％", "％", "100"), ("区间", "95-105", "%", "100")),
        (("", "4-8天", "天", "5天"), ("区间", "4-8", "天", "5")),
        (("", "2023年11月底前", "", "2023年11月20日完成"), ("时限", "2023-11-30", "", "2023-11-20")),
        (("时限", "11月30日前", "", "20231120"), ("时限", "2023-11-30", "", "2023-11-20")),
        (("时限", "2023年11月30日前", "", 45250.0), ("时限", "2023年11月30日前", "", "2023-11-20")),
        (("≥", "80000", "人次", "76,000人"), ("≥", "80000", "人次", "76000")),
        (("≥", " 80000 ", "人次 ", "７６０００"), ("≥", "80000", "人次", "76000")),
        (("≥", "3千人次", "", "3100"), ("≥", "3000", "人次", "3100")),
        (("", "90%（含）以上", "", "92"), ("≥", "90", "%", "92")),
    ],
    ids=lambda cells: " ".join(map(str, cells)),
)
def test_a_pasted_row_is_split_into_sign_number_and_unit(
    typed: tuple[str, object, str, object], becomes: tuple[str, ...]
) -> None:
    expected = {
        label: after for label, before, after in zip(KEYS.values(), typed, becomes, strict=True) if before != after
    }
    assert row_changes(*typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        ("≥", "80000", "人次", "76000"),
        ("≥", "90.00", "%", "92.50"),  # written out on purpose
        ("≥", 80000.0, "人次", 76000.0),
        ("", "90", "%", "92"),  # which sign is meant is the person's to say
        ("", "约300人次", "", "300人次"),  # about
        ("", "300人次（含线上200人次）", "", "300人次"),  # a remark would be lost
        (">", "≥90人次", "人次", "92"),  # two signs
        ("≤", "≥90人次", "人次", "92"),
        ("大于", "≥90人次", "人次", "92"),  # a choice that the reader does not know is not written over
        ("≥", "90", "人次", "92场"),  # another unit
        ("≥", "5", "万元", "50000元"),  # another size
        ("≥", "90", "", "92人"),  # the unit of the row is not known
        ("", "2023场", "", "2024场"),  # a bare 2023 would look like a year
        ("", "9月前", "", "2023年9月"),  # its beginning or its end
        ("时限", "2023-11-30", "", "11月20日"),  # of which year
        ("时限", "2023-11-30", "", "2023年11月"),
        ("时限", "2023-11-30", "", "2023年11月20日（主体）"),
        ("时限", "2023年11月30日前", "", datetime(2023, 11, 20)),
        ("≥", "80000", "人次", "≥76000"),
        ("≥", "80000", "人次", "完成"),
        ("≥", "80000", "人次", "5多"),
        ("定性", "举办 12场以上", "场", "12场"),
        ("定性", " 成效明显 ", "", "成效明显 "),
        ("", "成效明显", "", "成效明显"),
    ],
    ids=lambda typed: " ".join(map(str, typed)),
)
def test_what_is_plain_or_doubtful_stays(typed: tuple[str, object, str, object]) -> None:
    assert row_changes(*typed) == {}


def test_one_half_of_a_row_is_rewritten_when_the_other_is_doubtful() -> None:
    assert row_changes("≥", "约300", "人次", "310人次") == {"实际完成值": "310"}
    assert row_changes("≥", "300人次", "人次", "310多人次") == {"年度指标值": "300"}


def test_a_share_that_its_cell_shows_as_a_percentage_becomes_the_number_shown() -> None:
    cells = patched_cells(row_of("≥", 0.9, "%", 0.925))
    spots = [places()[path_of(f"{ROW}.{key}")] for key in ("target", "actual")]
    cells.percent = frozenset(spots)
    assert [(c.seen, c.meant) for c in proposed(cells)] == [("90%", "90"), ("92.5%", "92.5")]


def test_the_cells_of_a_row_belong_together() -> None:
    cells = patched_cells(row_of("", "≥90％", "", "92") | {f"{ROW}.max_points": "8分"})
    groups = {change.label: change.group for change in proposed(cells)}
    together = path_of(ROW)
    assert groups == {"符号": together, "年度指标值": together, "计量单位": together, "分值": ()}


@pytest.mark.parametrize(
    ("dotted", "typed", "after"),
    [
        ("finance.total", "117.77万元", Decimal("117.77")),
        ("finance.total", " 1,290.00 ", Decimal("1290.00")),
        ("finance.total", "１２３", 123),
        ("finance.funds.total.executed_amount", "325 万元", 325),
        ("unit.staff", "13人", 13),
        ("fiscal_year", "2023年度", 2023),
        ("report_date", "2024年4月10日", date(2024, 4, 10)),
        ("report_date", "20240410", date(2024, 4, 10)),
        ("report_date", "2024年4月底", date(2024, 4, 30)),
        ("report_date", 20240410.0, date(2024, 4, 10)),
        ("report_date", 45392.0, date(2024, 4, 10)),
        ("unit.name", " 青禾县图书馆\n", "青禾县图书馆"),
        ("title", "   ", ""),
        (f"{ROW}.category", "产出", "产出指标"),
        (f"{ROW}.subcategory", " 数量 ", "数量指标"),
        (f"{ROW}.operator", "≧", "≥"),
        (f"{ROW}.unit_of_measure", "人次 ", "人次"),
        (f"{ROW}.max_points", "8分", 8),
        (f"{ROW}.core", "√", "是"),
        (f"{ROW}.core", True, "是"),
        (f"{ROW}.@item", "１", 1),
        ("conclusion.claimed_grade", "优 ", "优"),
    ],
)
def test_a_cell_by_itself(dotted: str, typed: object, after: object) -> None:
    (change,) = proposed(patched_cells({dotted: typed}))
    assert (change.spot, change.before, change.after) == (places()[path_of(dotted)], typed, after)


@pytest.mark.parametrize(
    ("dotted", "typed"),
    [
        ("finance.total", "5000元"),
        ("finance.total", "约325"),
        ("finance.total", "3,25"),
        ("finance.total", "300+25"),
        ("finance.total", "无"),
        ("finance.total", True),
        ("finance.total", 325),
        ("finance.total", "1000000000000000"),
        ("finance.total", "0.1234567890123456789"),
        ("finance.total", "#N/A"),
        ("finance.total", "=SUM(A1)"),
        ("unit.staff", "13.5"),
        ("report_date", "三月中旬"),
        ("report_date", "2024年4月"),  # on which of its days
        ("report_date", "2024/4"),
        ("report_date", 2024.4),
        ("report_date", "2024年第一季度"),
        ("report_date", "2024年4月10日（初稿）"),
        ("report_date", 2024.0),
        ("report_date", datetime(2024, 4, 10)),
        ("unit.name", 360.0),
        ("title", " =1+1"),
        (f"{ROW}.category", "产量"),
        (f"{ROW}.core", "是的"),
        (f"{ROW}.@item", "第九项"),
        ("fiscal_year", "1800年"),
        (f"{ROW}.target", "#REF!"),
    ],
)
def test_a_cell_that_is_sound_or_nobody_can_be_sure_of_stays(dotted: str, typed: object) -> None:
    assert proposed(patched_cells({dotted: typed})) == []


def test_merged_cells_stay() -> None:
    cells = patched_cells({f"{ROW}.category": "产出", f"{ROW}.max_points": "8分"} | row_of("", "≥90％", "", "92"))
    for key in ("category", "max_points", "operator"):
        merge(cells, places()[path_of(f"{ROW}.{key}")], 2)
    assert [change.spot for change in proposed(cells)] == []


def test_the_samples_ask_for_nothing() -> None:
    assert proposed(patched_cells({})) == []


# --- whatever is typed -----------------------------------------------------------------------------------------------

FIGURES = st.sampled_from(
    [*TYPED, *ODD_NUMBERS, *ODD_DATES, "≥90％", "3000人次以上", "262人", "４-８天", "", 0.9, 45260.0]
)
SIGNS = st.sampled_from(["", "  ", "≥", "≧", "＞", "≤", "＝", "区间", "时限", "定性", "大于"])
UNITS = st.sampled_from(["", " ", "%", "％", "人次", "人", "万元", "㎡", "天 ", "百分比"])
MONEY = st.sampled_from(["117.77万元", "5000元", "１２３", "1,290", "约5", " ", "#N/A", 3.5, "300-350"])
DAYS = st.sampled_from(["2024年4月10日", "20240410", 20240410.0, 45392.0, "4月", "2024年4月", " 2024-04-10 "])
WORDS = st.sampled_from([" 青禾县图书馆 ", "青禾县图书馆", "\u3000", 360.0, " =1"])
INDICATORS = [".".join(map(str, path)) for path, _ in sound().indicators()]
TYPES = dict(zip(KEYS, (SIGNS, FIGURES, UNITS, FIGURES), strict=True))
ROWS = {f"{row}.{key}": typed for row in INDICATORS[:3] for key, typed in TYPES.items()}
OTHERS = {
    "finance.total": MONEY,
    "finance.funds.total.executed_amount": MONEY,
    "report_date": DAYS,
    "unit.name": WORDS,
    f"{ROW}.max_points": st.sampled_from(["8分", "8", 8, "八分"]),
    f"{ROW}.category": st.sampled_from(["产出", "产出指标 ", "效益", "产量"]),
}
PATCHES = st.fixed_dictionaries({}, optional={**ROWS, **OTHERS})


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(PATCHES, st.booleans())
def test_nothing_changes_its_meaning(patch: Mapping[str, object], shares: bool) -> None:
    before = patched_cells(patch)
    if shares:
        before.percent = frozenset(places()[path_of(dotted)] for dotted, typed in patch.items() if typed == 0.9)
    changes = proposed(before)
    after = rewritten(before, changes)
    assert_same_meaning(read(before), read(after), [c.spot for c in changes if c.seen.strip() != c.meant])
    assert proposed(after) == []


def assert_same_meaning(before: Reading, after: Reading, spots: Sequence[Spot]) -> None:
    """Same rows, points and totals, no new error, and in `spots` nothing that the sheet's formulas cannot read."""
    source = FilePath("自评表.xlsx")
    was, now = judge(before, source), judge(after, source)
    year = before.submission.fiscal_year
    for (_, old), (_, new) in zip(before.submission.indicators(), after.submission.indicators(), strict=True):
        assert essence(measure(new, year)) == essence(measure(old, year))
    assert points(now.card) == points(was.card)
    errors = {(found.code, found.path) for found in was.findings if found.severity is Severity.ERROR}
    assert {(f.code, f.path) for f in now.findings if f.severity is Severity.ERROR} <= errors
    unread = {now.spot(found) for found in now.findings if found.code in ("CEL10", "CEL13")}
    assert not unread & {*spots}
    assert "CEL10" not in [found.code for found in now.findings]
    assert without_figures(after.submission) == without_figures(before.submission)


def points(card: ScoreCard) -> list[object]:
    return [card.total, card.grade, card.execution, *((row.computed, row.points, row.max) for row in card.rows)]


def essence(read: object) -> dict[str, object]:
    kept = ("operator", "target", "upper", "deadline", "actual", "finished", "trouble")
    return {name: getattr(read, name) for name in kept}


def without_figures(submission: Submission) -> Submission:
    """All but the cells of a row that are rewritten together, and a day that nobody could read before."""
    bare = copy.deepcopy(submission)
    bare.report_date = None
    for _, row in bare.indicators():
        row.target = row.actual = row.unit_of_measure = ""
        row.operator = None if row.operator is not Operator.QUALITATIVE else row.operator
    return bare
