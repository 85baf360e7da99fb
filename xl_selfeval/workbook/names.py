"""The defined names by which a filled workbook is read again."""

from xl_selfeval.model import Path
from xl_selfeval.workbook.layout import Matrix, Table

TEMPLATE_NAME, RULEBOOK_NAME = "se_template", "se_rulebook"
MARKS_NAME = "se_marks"  # the keys of the cells that 检查 has marked


def form_name(path: Path) -> str:
    """The name of a form field's cell, e.g. se_unit_name."""
    return "se_" + "_".join(str(step) for step in path)


def table_name(table: Table | Matrix) -> str:
    """The name of a table's header cells, e.g. se_t_items, se_t_finance_funds."""
    return "se_t_" + (table.name if isinstance(table, Table) else "_".join(str(step) for step in table.path))
