"""Made-up exports in the manner of two HR systems, from public descriptions of their reports. No real person."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

WORKDAY_NAMES = (
    "Worker", "Employee ID", "Supervisory Organization", "Hire Date", "Termination Date", "FTE", "Worker Type",
)  # fmt: skip
BAMBOO_NAMES = (
    "Employee #", "Last name, First name", "Hire Date", "Termination Date", "Employment Status", "Department",
    "Location", "Reporting to",
)  # fmt: skip
TITLES = (("Headcount Report",), ("Effective Date", "12/31/2026"), ("Organizations", "Made-up Company (inactive: no)"))


def people(number: int = 120, seed: int = 1) -> list[dict[str, Any]]:
    """Made-up people."""
    rng = np.random.default_rng(seed)
    return [
        {
            "id": i + 1,
            "name": f"Person {i + 1}",
            "manager": f"Person {int(rng.integers(1, 9))}",
            "unit": str(rng.choice(["Sales (West)", "R&D", "Customer Care", "NA"])),
            "hired": date(2012, 1, 2) + timedelta(days=int(rng.integers(0, 5000))),
            "left": date(2026, 2, 1) + timedelta(days=int(rng.integers(0, 300))) if rng.random() < 0.2 else None,
            "fte": float(rng.choice([1.0, 0.8, 0.5])),
            "kind": str(rng.choice(["Employee", "Contingent Worker"], p=[0.9, 0.1])),
        }
        for i in range(number)
    ]


def workday_rows(every: int = 50, *, as_text: bool) -> list[list[Any]]:
    """A report with titles, a group heading, the header again on every page, and its number of rows below."""

    def day(value: date | None) -> Any:
        return ("" if as_text else None) if value is None else (value.strftime("%m/%d/%Y") if as_text else value)

    rows: list[list[Any]] = [list(title) for title in TITLES]
    rows += [[], ["Worker Details", "", "", "Dates"], list(WORKDAY_NAMES)]
    for place, one in enumerate(people()):
        if place and place % every == 0:
            rows += [[], list(TITLES[0]), list(WORKDAY_NAMES)]
        fte = f"{one['fte']:.2f}" if as_text else one["fte"]
        number = f"{one['id']:06d}"
        rows.append([one["name"], number, one["unit"], day(one["hired"]), day(one["left"]), fte, one["kind"]])
    return [*rows, [], ["120 Rows"]]


def workday_csv(path: Path) -> Path:
    """The report as a text file; title rows are padded with separators, as reports are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in workday_rows(as_text=True):
        writer.writerow([*row, *[""] * (len(WORKDAY_NAMES) - len(row))] if row else [])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def workday_xlsx(path: Path) -> Path:
    """The report as a workbook, its title merged over the columns, with a sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in workday_rows(as_text=False):
        sheet.append(row)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(WORKDAY_NAMES))
    book.create_sheet("Notes").append(["Run by a scheduled process"])
    book.save(path)
    return path


def bamboo_csv(path: Path, *, empty_date: str = "") -> Path:
    """A list of employees as a text file in American dates; ``empty_date`` is what stands for none."""
    rows = [
        [
            one["id"], one["name"].replace(" ", ", "), one["hired"].strftime("%m/%d/%Y"),
            one["left"].strftime("%m/%d/%Y") if one["left"] else empty_date,
            "Terminated" if one["left"] else "Full-Time", one["unit"], "Lindon, Utah", one["manager"],
        ]
        for one in people()
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([BAMBOO_NAMES, *rows])
    return path
