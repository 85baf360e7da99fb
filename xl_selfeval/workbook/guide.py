"""填报说明: how to fill, what the colours mean, how far each sheet is done, with links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from xl_selfeval.workbook import formulas
from xl_selfeval.workbook.layout import Form, Layout, Placed, Sheet, Spot, Table, form_columns, form_rows
from xl_selfeval.workbook.look import lines_needed
from xl_selfeval.workbook.sheets import FINDINGS_TITLE, GUIDE_TITLE, RULES_TITLE, SHEETS, TEMPLATE_VERSION
from xl_selfeval.workbook.summary import GRADE, TOTAL, result_spot

if TYPE_CHECKING:
    from xl_selfeval.workbook.builder import Builder

WIDTHS = (16, 58, 12, 12, 14)
STEPS = (
    "从左到右逐张填写：基本情况、收支决算、绩效目标、指标评分、评价结论、自评工作、问题与改进、评价工作组。",
    "只填淡黄色单元格，带 * 的必须填写；灰色单元格由系统计算，蓝色是标题，都不用填。",
    "金额一律以万元为单位，只填数字。百分数填 90，不填 0.9，计量单位选 %。",
    "指标评分：年度指标值和实际完成值只填数字，方向由“符号”表示；不能用数字衡量的选“定性”，再选完成档次并填自评得分。",
    "未得满分、超出目标较多、预算有调整或执行率偏低的，都要写明原因和改进措施。",
    "填完后核对“评价结论”中的总分和等级，填写自评总分、自评等级，再检查、导出报告。",
)
COLOURS = (
    ("swatch_input", "填写", "由填报单位填写"),
    ("swatch_auto", "计算", "系统计算，不用填写"),
    ("warn", "待补", "必填项未填，或需要说明原因"),
    ("wrong", "有误", "读不出数字，或自评得分高于系统得分"),
    ("swatch_example", "示例", "示例值，请换成本单位的实际数据"),
)


def write_guide(builder: Builder) -> None:
    """Write the first sheet of the workbook."""
    page, look = builder.book.get_worksheet_by_name(GUIDE_TITLE), builder.look
    for col, width in enumerate(WIDTHS):
        page.set_column(col, col, width)
    page.set_row(0, 34)
    page.write_string(0, 0, "部门整体支出绩效自评表", look.style("title"))
    page.merge_range(
        1, 0, 1, len(WIDTHS) - 1, f"评分办法：{builder.rulebook.name}　模板版本：{TEMPLATE_VERSION}", look.style("note")
    )
    row = _steps(builder, page, 3)
    row = _colours(builder, page, row + 1)
    row = _progress(builder, page, row + 1)
    _result(builder, page, row + 1)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.protect()


def _heading(builder: Builder, page: Worksheet, row: int, text: str) -> None:
    for col in range(len(WIDTHS)):
        page.write_blank(row, col, None, builder.look.style("heading"))
    page.write_string(row, 0, text, builder.look.style("heading"))


def _steps(builder: Builder, page: Worksheet, row: int) -> int:
    _heading(builder, page, row, "一、怎样填写")
    for n, text in enumerate(STEPS, start=1):
        page.write_string(row + n, 0, f"第{n}步", builder.look.style("label"))
        page.merge_range(row + n, 1, row + n, len(WIDTHS) - 1, text, builder.look.style("cell"))
        page.set_row(row + n, 17 * lines_needed(text, sum(WIDTHS[1:])))
    return row + len(STEPS) + 1


def _colours(builder: Builder, page: Worksheet, row: int) -> int:
    _heading(builder, page, row, "二、颜色含义")
    for n, (style, word, meaning) in enumerate(COLOURS, start=1):
        page.write_string(row + n, 0, word, builder.look.style(style))
        page.merge_range(row + n, 1, row + n, len(WIDTHS) - 1, meaning, builder.look.style("cell"))
    return row + len(COLOURS) + 1


def _progress(builder: Builder, page: Worksheet, row: int) -> int:
    _heading(builder, page, row, "三、填报进度（点表名可跳转）")
    for col, header in enumerate(("工作表", "填什么", "必填项", "已填", "完成")):
        page.write_string(row + 1, col, header, builder.look.style("header"))
    top = row + 2
    for n, sheet in enumerate(SHEETS):
        _progress_line(builder, page, top + n, sheet)
    last = top + len(SHEETS) - 1
    bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#9DC3E6", "min_type": "num", "max_type": "num"}
    page.conditional_format(top, 4, last, 4, {**bar, "min_value": 0, "max_value": 1})
    for n, (title, words) in enumerate(
        ((FINDINGS_TITLE, "检查发现的问题，逐条列出"), (RULES_TITLE, "总分、等级和计分公式及其依据")), start=1
    ):
        _link(builder, page, last + n, title)
        page.write_string(last + n, 1, words, builder.look.style("cell"))
        for col in (2, 3, 4):
            page.write_blank(last + n, col, None, builder.look.style("auto"))
    return last + 3


def _progress_line(builder: Builder, page: Worksheet, row: int, sheet: Sheet) -> None:
    look = builder.look
    _link(builder, page, row, sheet.title)
    page.write_string(row, 1, sheet.note, look.style("cell"))
    page.set_row(row, 17 * lines_needed(sheet.note, WIDTHS[1]))
    needed, done = required_counts(builder.layout, sheet)
    page.write_formula(row, 2, "=" + needed, look.style("auto_centre"), "")
    page.write_formula(row, 3, "=" + done, look.style("auto_centre"), "")
    page.write_formula(row, 4, f"=IF(C{row + 1}=0,1,D{row + 1}/C{row + 1})", look.style("auto_rate"), "")


def _link(builder: Builder, page: Worksheet, row: int, title: str) -> None:
    page.write_url(row, 0, f"internal:'{title}'!A1", builder.look.style("link"), title)


def required_counts(layout: Layout, sheet: Sheet) -> tuple[str, str]:
    """Two formulas without "=": how many required cells a sheet has now, and how many of them are filled."""
    needed, done = ["0"], ["0"]
    for placed in layout.of(sheet):
        if isinstance(placed.block, Form):
            cells = _required_cells(placed)
            needed.append(str(len(cells)))
            done += [f'({cell}<>"")' for cell in cells]
        elif isinstance(placed.block, Table):
            rows, filled = _table_counts(placed)
            needed.append(rows)
            done.append(filled)
    return "+".join(needed), "+".join(done)


def _required_cells(placed: Placed) -> list[str]:
    assert isinstance(placed.block, Form)
    return [
        Spot(placed.sheet.title, placed.top + n, label + 1).absolute()
        for n, fields in enumerate(form_rows(placed.block))
        for field, label in zip(fields, form_columns(placed.sheet), strict=False)
        if field.required
    ]


def _table_counts(placed: Placed) -> tuple[str, str]:
    """A begun row needs all its required columns; an empty table counts as one row still to write."""
    assert isinstance(placed.block, Table)
    columns = [formulas.column_range(placed, c.key) for c in placed.block.columns if c.required]
    begun = columns[min(1, len(columns) - 1)]
    rows = f'MAX(1,SUMPRODUCT(--({begun}<>"")))*{len(columns)}'
    filled = "+".join(f'SUMPRODUCT(({begun}<>"")*({column}<>""))' for column in columns)
    return rows, filled


def _result(builder: Builder, page: Worksheet, row: int) -> None:
    _heading(builder, page, row, "四、当前得分")
    summary = builder.layout.summary(vertical=True)
    for n, label in enumerate((TOTAL, GRADE), start=1):
        spot = result_spot(summary, builder.rulebook, label)
        page.write_string(row + n, 0, label, builder.look.style("label"))
        value: object = ""
        if builder.card:
            value = builder.card.total if label == TOTAL else builder.card.grade.name
        page.write_formula(row + n, 1, f"={spot.absolute()}", builder.look.style("total"), value)
