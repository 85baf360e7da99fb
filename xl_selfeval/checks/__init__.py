"""Checks (检查项): what is missing, wrong or doubtful in a submission."""

from xl_selfeval.checks import cells
from xl_selfeval.checks.catalogue import Check, Family, Finding, Severity, catalogue, finding, run_checks

__all__ = ["Check", "Family", "Finding", "Severity", "catalogue", "cells", "finding", "run_checks"]
