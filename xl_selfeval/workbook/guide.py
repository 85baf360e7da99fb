"""填报说明: how to fill, what the colours mean, how far each sheet is done, with links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_selfeval.checks import Severity
from xl_selfeval.model import Path
from xl_selfeval.workbook import formulas
from xl_selfeval.workbook.formsheet import FormSheet
from xl_selfeval.workbook.layout import INDICATORS, Sheet, Spot, value_at
from xl_selfeval.workbook.look import HEADER_HEIGHT, HEADING_HEIGHT, lines_needed, row_height
from xl_selfeval.workbook.progress import required
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE, RULES_TITLE, SHEETS, TEMPLATE_VERSION
from xl_selfeval.workbook.summary import GRADE, TOTAL, result_spot

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

HEADLINE = "部门整体支出绩效自评表"
GUIDE_NAME = "se_guide"  # by which the ribbon's 填报说明 finds this sheet, even when it was renamed
COLUMNS, WIDTH = 10, 11.0  # a grid of equal columns, merged as each part needs
Span = tuple[int, int]  # first and last column
STEPS = (
    "从左到右逐张填写八张表，填到哪里、还缺多少，看下文第四部分。",
    "只填淡黄色单元格，带 * 的必须填写；灰色单元格由系统计算，不用填。复制粘贴时请选“粘贴为数值”。",
    "金额一律以万元为单位，只填数字。百分数填 90，不填 0.9，计量单位选 %。",
    "每个指标写明属于哪项工作任务；方向用“符号”表示，指标值只填数字，写法见下文第三部分。",
    "未得满分、超出目标较多、预算有调整或执行率偏低的，都要写明原因和改进措施。",
    "填完后核对“评价结论”中的总分和等级，填写自评总分、自评等级，再检查、导出报告。",
)
COLOURS = (
    ("swatch_input", "填写", "由填报单位填写"),
    ("swatch_auto", "计算", "系统计算，不用填"),
    ("warn", "待补", "必填未填，或缺原因"),
    ("wrong", "有误", "读不出，或得分偏高"),
    ("swatch_example", "示例", "请换成实际数据"),
)
MARKED = (
    (Severity.ERROR, (2, 4), "必须改正"),
    (Severity.WARNING, (5, 7), "改正，或说明原因"),
    (Severity.NOTE, (8, 9), "供参考"),
)
EXAMPLE_SPANS: tuple[Span, ...] = ((0, 3), (4, 4), (5, 6), (7, 7), (8, 9))
EXAMPLE_HEADERS = ("批复中的写法", "符号", "年度指标值", "计量单位", "实际完成值")
EXAMPLES = (
    ("培训救护员不少于250人", "≥", "250", "人", "262"),
    ("培训合格率90%以上", "≥", "90", "%", "94"),
    ("举办宣传活动5场", "=", "5", "场", "5"),
    ("经费支出不超过60万元", "≤", "60", "万元", "54.5"),
    ("座位使用率在60%至85%之间", "区间", "60-85", "%", "72"),
    ("11月30日前完成采购", "时限", "2023-11-30", "", "2023-11-20"),
    ("建立志愿者管理制度（再选档次、填自评得分）", "定性", "印发制度并通过验收", "", "已印发，6月通过验收"),
)
PROGRESS_SPANS: tuple[Span, ...] = ((0, 1), (2, 6), (7, 7), (8, 8), (9, 9))
PROGRESS_HEADERS = ("工作表", "填什么", "必填项", "已填", "完成")


def write_guide(builder: Builder) -> None:
    """Write the first sheet of the workbook."""
    page: FormSheet = builder.book.get_worksheet_by_name(GUIDE_TITLE)
    page.set_column(0, COLUMNS - 1, WIDTH)
    builder.book.define_name(GUIDE_NAME, "=" + Spot(GUIDE_TITLE, 0, 0).absolute())
    _Guide(builder, page).write()
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.center_horizontally()
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.set_footer("&L&A&R第 &P 页，共 &N 页")
    page.protect()


class _Guide:
    """The page in the making; `row` is the next free row."""

    def __init__(self, builder: Builder, page: FormSheet) -> None:
        self.builder, self.page, self.row = builder, page, 0

    def write(self) -> None:
        """All parts from top to bottom."""
        self._title()
        self._steps()
        self._colours()
        self._examples()
        self._progress()
        self._result()

    def _title(self) -> None:
        note = f"评分办法：{self.builder.rulebook.name}　　模板版本：{TEMPLATE_VERSION}"
        self.page.set_row(0, 36)
        self.page.write_string(0, 0, HEADLINE, self.builder.look.style("title"))
        self._cell(1, (0, COLUMNS - 1), note, "note")
        self.page.set_row(1, row_height())
        self.row = 2
        # Other words than those of the fields, by which the fields are found.
        self._cell(self.row, (0, 1), "填报单位", "label")
        self._mirror((2, 6), ("unit", "name"))
        self._cell(self.row, (7, 7), "评价年度", "label")
        self._mirror((8, 9), ("fiscal_year",))
        self._next()

    def _mirror(self, span: Span, path: Path) -> None:
        """What stands in the cell of `path` on another sheet."""
        cell, style = self.builder.places[path].absolute(), self.builder.look.style("auto_centre")
        value = value_at(self.builder.submission, path)
        self.page.merge_range(self.row, span[0], self.row, span[1], "", style)
        self.page.write_formula(self.row, span[0], f'=IF({cell}="","",{cell})', style, "" if value is None else value)

    def _heading(self, text: str) -> None:
        self.page.set_row(self.row, 10)
        self.row += 1
        self.page.set_row(self.row, HEADING_HEIGHT)
        for col in range(COLUMNS):
            self.page.write_blank(self.row, col, None, self.builder.look.style("heading"))
        self.page.write_string(self.row, 0, text, self.builder.look.style("heading"))
        self.row += 1

    def _steps(self) -> None:
        self._heading("一、怎样填写")
        for n, text in enumerate(STEPS, start=1):
            self._cell(self.row, (0, 0), f"第{n}步", "label")
            self._cell(self.row, (1, COLUMNS - 1), text, "cell")
            self._next(text, COLUMNS - 1)

    def _colours(self) -> None:
        self._heading("二、颜色含义")
        for n, (style, word, meaning) in enumerate(COLOURS):
            self._cell(self.row, (2 * n, 2 * n + 1), word, style)
            self._cell(self.row + 1, (2 * n, 2 * n + 1), meaning, "cell_centre")
        self._next()
        self._next()
        self._cell(self.row, (0, 1), "按“检查”后标出", "label")
        for severity, span, meaning in MARKED:
            self._cell(self.row, span, f"{severity.label}：{meaning}", f"mark_{severity.value}")
        self._next()

    def _examples(self) -> None:
        self._heading("三、指标怎样写（举例）")
        self._headers(EXAMPLE_SPANS, EXAMPLE_HEADERS)
        for example in EXAMPLES:
            for span, text in zip(EXAMPLE_SPANS, example, strict=True):
                self._cell(self.row, span, text, "cell" if span[0] == 0 else "cell_centre")
            self._next()

    def _progress(self) -> None:
        self._heading("四、填报进度（点表名可跳转）")
        self._headers(PROGRESS_SPANS, PROGRESS_HEADERS)
        first = self.row
        for sheet in SHEETS:
            self._progress_line(sheet)
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#9DC3E6", "min_type": "num", "max_type": "num"}
        self.page.conditional_format(first, 9, self.row - 1, 9, {**bar, "min_value": 0, "max_value": 1})
        for title, words in (
            (FINDINGS_TITLE, "检查发现的问题，逐条列出"),
            (RULES_TITLE, "总分、等级和计分公式及其依据"),
        ):
            self._link(title)
            self._cell(self.row, PROGRESS_SPANS[1], words, "cell")
            for span in PROGRESS_SPANS[2:]:
                self._cell(self.row, span, "", "auto")
            self._next()

    def _progress_line(self, sheet: Sheet) -> None:
        made, look = self.builder, self.builder.look
        needed, done = required(made.layout, sheet, made.submission, made.places)
        self._link(sheet.title)
        self._cell(self.row, PROGRESS_SPANS[1], sheet.purpose, "cell")
        self.page.write_formula(self.row, 7, "=" + needed.formula, look.style("auto_centre"), needed.value)
        self.page.write_formula(self.row, 8, "=" + done.formula, look.style("auto_centre"), done.value)
        counted, filled = Spot(GUIDE_TITLE, self.row, 7).a1, Spot(GUIDE_TITLE, self.row, 8).a1
        share = done.value / needed.value if needed.value else 1
        self.page.write_formula(
            self.row, 9, f"=IF({counted}=0,1,{filled}/{counted})", look.style("auto_percent"), share
        )
        self._next()

    def _result(self) -> None:
        self._heading("五、当前得分")
        card, summary = self.builder.card, self.builder.layout.summary(vertical=True)
        values: tuple[object, object] = (card.total, card.grade.name if card.begun else "") if card else (0, "")
        for label, span, col, value in zip((TOTAL, GRADE), ((0, 1), (5, 6)), (2, 7), values, strict=True):
            spot = result_spot(summary, self.builder.rulebook, label)
            self._cell(self.row, span, label, "label")
            self.page.merge_range(self.row, col, self.row, col + 2, "", self.builder.look.style("total"))
            self.page.write_formula(self.row, col, f"={spot.absolute()}", self.builder.look.style("total"), value)
        self._next()
        self._unscored()

    def _unscored(self) -> None:
        """How many rows count 0 because they cannot be scored yet: until then the total means little."""
        table, card = self.builder.layout.table(INDICATORS), self.builder.card
        weights, computed = (formulas.column_range(table, key) for key in ("max_points", "@computed"))
        rows = f'SUMPRODUCT(({weights}<>"")*({computed}=""))'
        words = "个指标还没有算出得分，暂按0分计入"
        count = sum(row.max > 0 and row.computed is None for row in card.rows) if card else 0
        style = self.builder.look.style("note")
        self.page.merge_range(self.row, 0, self.row, 9, "", style)
        self.page.write_formula(
            self.row, 0, f'=IF({rows}=0,"",{rows}&"{words}")', style, f"{count}{words}" if count else ""
        )
        self._next()

    def _headers(self, spans: Sequence[Span], words: Sequence[str]) -> None:
        for span, word in zip(spans, words, strict=True):
            self._cell(self.row, span, word, "header")
        self.page.set_row(self.row, HEADER_HEIGHT - 4)
        self.row += 1

    def _link(self, title: str) -> None:
        style = self.builder.look.style("link")
        self.page.merge_range(self.row, 0, self.row, 1, "", style)
        self.page.write_url(self.row, 0, f"internal:'{title}'!A1", style, title)

    def _cell(self, row: int, span: Span, text: str, style: str) -> None:
        made = self.builder.look.style(style)
        if span[1] > span[0]:
            self.page.merge_range(row, span[0], row, span[1], text, made)
        else:
            self.page.write_string(row, span[0], text, made)

    def _next(self, text: str = "", columns: int = 1) -> None:
        """Size the row for `text` in so many columns, and go to the next."""
        self.page.set_row(self.row, row_height(lines_needed(text, WIDTH * columns)))
        self.row += 1
