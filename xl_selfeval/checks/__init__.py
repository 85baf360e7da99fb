"""Checks (检查项): what is missing, wrong or doubtful in a submission."""

# Importing a family enters its checks into the catalogue.
from xl_selfeval.checks import (  # noqa: F401
    amounts,
    budget,
    cells,
    conclusions,
    consistency,
    dates,
    figures,
    indicators,
    kinds,
    measures,
    reasons,
    required,
    required_rows,
    required_tables,
    scores,
    text,
    totals,
    weights,
    wording,
)
from xl_selfeval.checks.catalogue import (
    Check,
    Family,
    Finding,
    Severity,
    catalogue,
    counted,
    finding,
    run_checks,
    tallied,
)

__all__ = [
    "Check",
    "Family",
    "Finding",
    "Severity",
    "catalogue",
    "cells",
    "counted",
    "finding",
    "run_checks",
    "tallied",
]
