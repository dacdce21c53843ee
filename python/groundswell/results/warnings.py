"""Warnings of a result as a frame."""

from __future__ import annotations

import pandas as pd

from groundswell.company import Company

WARNING_COLUMNS = ["code", "count", "examples", "consequence"]


def without_examples(warnings: pd.DataFrame, company: Company) -> pd.DataFrame:
    """Warnings as a file or a cell may have them: examples of the company's warnings may be ids, and are left out."""
    of_company = warnings["code"].isin(company.warnings["code"])
    return warnings.assign(examples=warnings["examples"].mask(of_company, ""))
