"""The official table (部门整体支出绩效自评表) as finance bureaus print it: to be printed, signed and published.

Values, not formulas, in 万元 and 分. What rests on example values is set apart, as in the template.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from xlsxwriter import Workbook

from xl_selfeval.examples import is_example
from xl_selfeval.model import Amounts, Path, Submission
from xl_selfeval.quantities import chinese_date, half_up
from xl_selfeval.scoring import ScoreCard, execution_rate
from xl_selfeval.workbook.official_paper import SONGTI, Cell, Paper, height_of, number_format
from xl_selfeval.workbook.official_rows import Line, level_1, lines_of
from xl_selfeval.workbook.template import EPOCH

TITLE = "部门整体支出绩效自评表"
WIDTHS = (4.5, 6, 10, 14, 11, 13, 5.5, 7, 17)
LAST = len(WIDTHS) - 1
PAGE_HEIGHT = 740
"""Points of one A4 page between the margins, with some to spare; the columns fill it from side to side."""
NONE = "—"
FUNDS = (
    ("total", "年度资金总额"),
    ("fiscal", "其中：当年财政拨款"),
    ("carried_over", "上年结转资金"),
    ("other", "其他资金"),
)
FUNDS_HEADERS = ("资金来源", "年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", "分值", "执行率\n（B/A）", "得分")
HEADERS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
# First and last column of each.
FUNDS_COLUMNS = ((1, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8))
COLUMNS = ((0, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8))
EXAMPLES = "注：紫色斜体的内容是示例值或由示例值算出，不是本单位的实际数据，正式上报和公开前须改为实际数据。"


def official_table(submission: Submission, card: ScoreCard) -> bytes:
    """One `.xlsx` with the official table of `submission` and the points of `card`, on A4, one page wide.

    Texts of any length are printed whole; the same submission gives the same bytes.
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "default_format_properties": {"font_name": SONGTI, "font_size": 10},  # its figures measure the columns
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # XlsxWriter drops what Excel would refuse and only warns
        with Workbook(stream, options) as book:
            book.set_properties({"title": TITLE, "company": submission.unit.name, "created": EPOCH})
            page = book.add_worksheet("自评表")
            _Table(Paper(book, page, WIDTHS, PAGE_HEIGHT), submission, card).write()
    return stream.getvalue()


class _Table:
    """The table in the making, part by part from the top."""

    def __init__(self, paper: Paper, submission: Submission, card: ScoreCard) -> None:
        self.paper, self.submission, self.card = paper, submission, card
        self.digits = card.rulebook.formulas.digits.value

    def write(self) -> None:
        """Everything from the title to the signatures."""
        self._head()
        self._funds()
        self._goals()
        header = self.paper.row
        self._indicators()
        self._closing()
        _print(self.paper, header)

    def _head(self) -> None:
        unit, year = self.submission.unit, self.submission.fiscal_year
        self.paper.line(Cell(0, LAST, TITLE, "title"), least=2)
        self.paper.line(Cell(0, LAST, f"（{year if year else '　　　　'}年度）", "year"))
        if self.submission.examples:
            self.paper.line(Cell(0, LAST, EXAMPLES, "plain", sample=True))
        self.paper.line(Cell(0, LAST, "单位：万元", "plain_right"))
        self.paper.line(
            Cell(0, 1, "填报单位", "header"),
            self._text(2, 4, unit.name, ("unit", "name")),
            Cell(5, 5, "主管部门", "header"),
            self._text(6, LAST, unit.supervising_department, ("unit", "supervising_department")),
            least=2,
        )

    def _funds(self) -> None:
        heads = zip(FUNDS_COLUMNS, FUNDS_HEADERS, strict=True)
        first, _ = self.paper.line(*(Cell(*columns, words, "header") for columns, words in heads), least=2)
        for key, words in FUNDS:
            _, last = self.paper.line(Cell(1, 2, words, "centre"), *self._money(key))
        self.paper.beside(first, last, Cell(0, 0, "年度\n资金", "header"))

    def _money(self, key: str) -> list[Cell]:
        """Amounts of one source, and its rate; points only for the total, where the scheme has any."""
        amounts: Amounts = getattr(self.submission.finance.funds, key)
        place, execution = ("finance", "funds", key), self.card.execution
        cells = [
            self._number(col, getattr(amounts, field), 2, (*place, field), thousands=True)
            for col, field in ((3, "initial_budget"), (4, "adjusted_budget"), (5, "executed_amount"))
        ]
        rate, sample = execution_rate(amounts), cells[1].sample or cells[2].sample
        shown = Cell(7, 7, NONE, "centre")
        if rate is not None:
            shown = Cell(7, 7, half_up(rate, 4), "number", sample, "0.00%_)")
        if key != "total" or not execution.max:
            return [*cells, Cell(6, 6, NONE, "centre"), shown, Cell(8, 8, NONE, "centre")]
        told = execution.points if rate is not None or self.card.begun else None
        points = self._number(8, told, self.digits)
        return [*cells, self._number(6, execution.max, 0), shown, _sampled(points, sample)]

    def _goals(self) -> None:
        goal = self.submission.goal
        first, _ = self.paper.line(Cell(1, 4, "预期目标", "header"), Cell(5, LAST, "实际完成情况", "header"))
        expected = self._text(1, 4, goal.text, ("goal", "text"))
        reached = self._text(5, LAST, goal.result, ("goal", "result"))
        _, last = self.paper.line(expected, reached, least=3)
        self.paper.beside(first, last, Cell(0, 0, "年度\n总体\n目标", "header"))

    def _indicators(self) -> None:
        lines = lines_of(self.submission, self.card)
        heads = zip(COLUMNS, HEADERS, strict=True)
        self.paper.line(*(Cell(*columns, words, "header") for columns, words in heads), least=2)
        self.paper.repeated = height_of(2)
        for category, of_category in groupby(lines, key=lambda line: line.category):
            outer = Cell(*COLUMNS[0], level_1(category, lines, self.card), "centre")
            rows: list[tuple[int, int]] = []
            for subcategory, group in groupby(of_category, key=lambda line: line.subcategory):
                inner = Cell(*COLUMNS[1], subcategory.label if subcategory else "", "centre")
                written = self._group([*group], inner, () if rows else (outer,))
                self.paper.beside(written[0][0], written[-1][1], inner)
                rows += written
            self.paper.beside(rows[0][0], rows[-1][1], outer)

    def _group(self, lines: Sequence[Line], inner: Cell, outer: Sequence[Cell]) -> list[tuple[int, int]]:
        """The lines of one 二级指标, the first high enough for the labels that begin there; their rows."""
        high = max(self.paper.lines(label) for label in (inner, *outer))
        return [self._line(line, 1 if n else high) for n, line in enumerate(lines)]

    def _line(self, line: Line, least: int) -> tuple[int, int]:
        texts = (("name", "text"), ("target", "centre"), ("actual", "centre"))
        cells = [
            Cell(*columns, getattr(line, name), style, name in line.samples)
            for columns, (name, style) in zip(COLUMNS[2:5], texts, strict=True)
        ]
        weight = _sampled(self._number(6, line.weight, 0), "weight" in line.samples)
        points = _sampled(self._number(7, line.points, self.digits), "points" in line.samples)
        reason = Cell(*COLUMNS[7], line.reason, "text", "reason" in line.samples)
        return self.paper.line(*cells, weight, points, reason, least=least)

    def _closing(self) -> None:
        """From the total to the signatures, on one page unless the notes are long."""
        notes = self._notes()
        self.paper.keep(height_of(2) * (3 + len(notes)))
        self._total()
        for title, text in notes:
            self.paper.line(title, text, least=2)
        self._signatures()

    def _total(self) -> None:
        card, begun = self.card, self.card.begun
        sample = self._any_example()
        points = self._number(7, card.total if begun else None, self.digits)
        self.paper.line(
            Cell(0, 5, "总分", "total"),
            Cell(6, 6, card.max, "total_number", shown=number_format(card.max, 0)),
            Cell(7, 7, points.value, "total_number", sample, points.shown),
            Cell(8, LAST, f"等级：{card.grade.name if begun else ''}", "total", sample),
            least=2,
        )

    def _any_example(self) -> bool:
        """True when any points on the table rest on an example."""
        funds = [("finance", "funds", "total", field) for field in ("adjusted_budget", "executed_amount")]
        scored = self.card.execution.max and any(is_example(place, self.submission) for place in funds)
        return bool(scored) or any("points" in line.samples for line in lines_of(self.submission, self.card))

    def _notes(self) -> list[tuple[Cell, Cell]]:
        """What the unit says beyond the table, where it says anything."""
        told = (
            ("预算执行偏差原因及改进措施", self.submission.finance.execution_reason, ("finance", "execution_reason")),
            ("其他需要说明的问题", self.submission.remarks, ("remarks",)),
        )
        return [(Cell(0, 2, title, "header"), self._text(3, LAST, text, place)) for title, text, place in told if text]

    def _signatures(self) -> None:
        day = self.submission.report_date
        dated = chinese_date(day) if day else "　　　　年　　月　　日"
        self.paper.line(
            Cell(0, 3, "填报人（签字）：", "plain"),
            Cell(4, 6, "联系电话：", "plain"),
            Cell(7, LAST, "单位负责人（签字）：", "plain"),
            least=2,
        )
        self.paper.line(Cell(0, 3, f"填报日期：{dated}", "plain"), Cell(7, LAST, "（单位盖章）", "plain"), least=2)

    def _text(self, first: int, last: int, text: str, place: Path) -> Cell:
        return Cell(first, last, text, "text", is_example(place, self.submission))

    def _number(
        self, col: int, value: Decimal | None, digits: int, place: Path = (), *, thousands: bool = False
    ) -> Cell:
        """A number with `digits` decimals at least; blank for None."""
        if value is None:
            return Cell(col, col, "", "number")
        shown = number_format(value, digits, thousands=thousands)
        return Cell(col, col, value, "number", is_example(place, self.submission), shown)


def _sampled(cell: Cell, sample: bool) -> Cell:
    return Cell(cell.first, cell.last, cell.value, cell.style, sample, cell.shown)


def _print(paper: Paper, header: int) -> None:
    page = paper.page
    page.set_paper(9)  # A4
    page.set_margins(0.6, 0.6, 0.6, 0.7)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.repeat_rows(header)
    page.set_h_pagebreaks(paper.breaks)
    page.print_area(0, 0, paper.row - 1, LAST)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.hide_gridlines(2)
