"""Charts of a workbook, drawn by the spreadsheet from numbers beside them."""

from __future__ import annotations

import math

import pandas as pd
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.legend import Legend
from openpyxl.utils import get_column_letter

from groundswell.decide.contest import Contest
from groundswell.decide.headline import headline_goal
from groundswell.output.sheets import Sheet
from groundswell.results.measures import TO_DATE
from groundswell.results.vocabulary.titles import title

SHEET = "Charts"
MOST_LINES = 12  # a chart of more cannot be read; the others are in the sheets of numbers


def write_charts(book: Workbook, contest: Contest) -> None:
    """Reach over time, and differences in reach with their 95 % intervals; nothing where reach was not recorded."""
    known = contest.results[contest.baseline].recording.measures
    if TO_DATE not in known:
        return
    labels = contest.labels[:MOST_LINES]
    reach = pd.DataFrame({label: contest.results[label].weekly(TO_DATE)[TO_DATE] for label in labels})
    sheet = Sheet(book, SHEET, [14, *[16] * len(labels)])
    sheet.row([f"{title(TO_DATE)}: mean of all runs, by first day of the week"], "bold")
    sheet.row(["week", *labels], "head")
    for day, values in zip(reach.index, reach.to_numpy().tolist(), strict=True):
        sheet.row([day, *values])
    below = _reach_chart(sheet, len(labels), len(reach))
    if len(labels) > 1:
        _differences(sheet, contest, labels[1:], below)


def _reach_chart(sheet: Sheet, lines: int, weeks: int) -> int:
    chart = LineChart()
    chart.title, chart.height, chart.width = title(TO_DATE), 9, 22
    numbers = Reference(sheet.sheet, min_col=2, max_col=1 + lines, min_row=2, max_row=2 + weeks)
    chart.add_data(numbers, titles_from_data=True)
    chart.set_categories(Reference(sheet.sheet, min_col=1, min_row=3, max_row=2 + weeks))
    chart.x_axis.number_format, chart.y_axis.number_format = "yyyy-mm-dd", "#,##0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend = Legend(legendPos="b")
    for line in chart.series:
        line.smooth = False
    sheet.sheet.add_chart(chart, f"{get_column_letter(lines + 3)}2")
    return 2 + weeks


def _differences(sheet: Sheet, contest: Contest, labels: list[str], rows: int) -> None:
    """Bars of the differences to the baseline, with their intervals as error bars."""
    goal = headline_goal(contest)
    table = contest.table(measures=goal).set_index("label").loc[labels]
    gap = table["difference"]
    sheet.row([])
    sheet.row([f"{title(goal)}: difference to {contest.baseline}, with its 95 % interval"], "bold")
    sheet.row(["design", "difference", "above", "below"], "head")
    above, below = table["difference_ci_upper"] - gap, gap - table["difference_ci_lower"]
    for values in zip(labels, gap, above, below, strict=True):
        sheet.row(values)
    first, last = rows + 4, rows + 3 + len(labels)
    chart = BarChart()
    chart.type, chart.title, chart.height, chart.width = "bar", f"{title(goal)}: difference to the baseline", 9, 22
    chart.add_data(Reference(sheet.sheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.sheet, min_col=1, min_row=first, max_row=last))
    sources = [NumDataSource(NumRef(f=f"'{SHEET}'!${letter}${first}:${letter}${last}")) for letter in "CD"]
    bars = ErrorBars(errBarType="both", errValType="cust", plus=sources[0], minus=sources[1])
    chart.series[0].errBars = bars
    chart.legend = None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = _below(float(table["difference_ci_lower"].min()))  # else error bars are cut off
    chart.x_axis.tickLblPos = "low"
    sheet.sheet.add_chart(chart, f"{get_column_letter(len(contest.labels[:MOST_LINES]) + 3)}22")


def _below(value: float) -> float | None:
    """A round number at or below a negative value; None, for the axis to choose, where nothing is below zero."""
    if not value < 0:
        return None
    size = float(10 ** math.floor(math.log10(-value)))
    return -math.ceil(-value / size) * size
