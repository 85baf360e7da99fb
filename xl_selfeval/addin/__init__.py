"""The add-in: worksheet functions, buttons and marks in the open workbook. The only place that knows xlwings.

VBA calls `press(name)` for a button and the functions of `functions` for cells.
"""

from xl_selfeval.addin.pressing import press

__all__ = ["press"]
