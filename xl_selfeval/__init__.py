"""部门整体支出绩效自评: check, score and report what a unit declares."""

__version__ = "0.1.0"
