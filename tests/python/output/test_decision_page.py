"""The page for whoever decides: its numbers are those of the comparison, and it stands alone."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

import groundswell as gs
from groundswell.common.text import number, signed
from groundswell.decide.contest import make_contest
from groundswell.output.cautions import NOT_EVIDENCE, NOT_SIMULATED
from groundswell.output.decision_lines import DIGITS, EXPLAINED, PROBABLY, ROWS, decision_lines, form_of, inputs_of
from groundswell.output.decision_page import decision_page
from groundswell.output.decision_words import assumptions
from groundswell.results.measures import described
from groundswell.results.vocabulary.added import ADDED
from groundswell.results.vocabulary.titles import title

ODD = "A <b>small</b> & \"loud\" team"


@pytest.fixture(scope="module")
def contest() -> gs.Contest:
    base = gs.Scenario(gs.Company.synthetic(60), "2027-01-04", weeks=6, warm_up_weeks=2, label="No program")
    people = gs.ActiveAdvocates(size=10)
    few = base.replace(label=ODD, program=gs.Program(advocates=people, posts_per_week=3))
    many = gs.Program(advocates=gs.ActiveAdvocates(size=40), posts_per_week=3)
    return gs.compare([few, base.replace(label="Many", program=many)], baseline=base, worlds=10, progress=False)


@pytest.fixture(scope="module")
def page(contest: gs.Contest) -> str:
    return decision_page(contest)


def test_every_number_is_one_of_the_comparison(contest: gs.Contest, page: str) -> None:
    text = unescape(page)
    for row in contest.added([name for name in ROWS if name in ADDED]).to_dict("records"):
        form = form_of(str(row["measure"]))
        for name in ("mean", "mean_ci_lower", "mean_ci_upper", "p05", "p95"):
            assert form(row[name], DIGITS) in text, (row["measure"], name)
    gap = contest.table(measures="favorability").set_index("label").loc["Many"]
    assert signed(gap["difference"], DIGITS) in text


def test_it_stands_alone_and_shows_names_as_they_are(page: str) -> None:
    assert ODD in unescape(page)
    assert "<b>small</b>" not in page
    assert not re.search(r"<script|https?://|<link", page)
    assert page.count('<img src="data:image/png;base64,') == 2


def test_every_row_is_explained_one_click_away(contest: gs.Contest, page: str) -> None:
    for name in ROWS:
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
        start = re.split(r"\w+_added", described(name).definition)[0]
        assert start in unescape(page)
        assert title(name) in unescape(page)
    assert all(text in unescape(page) for text in (*NOT_EVIDENCE, *NOT_SIMULATED))
    assert "default prices" in page
    assert contest.drawn is not None
    assert f"{len(contest.drawn.inputs)} uncertain inputs" in page


def test_who_is_ahead_is_said_where_the_interval_says_it(contest: gs.Contest, page: str) -> None:
    """Forty people reach more than ten, beyond doubt; which measure is open is told by its interval."""
    pattern = r'<tr><td><a href="#(\w+)">.*?<td>([^<]*)(?:<br><small>holds for [^<]*</small>)?</td></tr>'
    rows = dict(re.findall(pattern, page, flags=re.DOTALL))
    assert set(rows) == set(ROWS)
    for name in ROWS:
        gap = contest.table("Many", name).set_index("label").loc[ODD]
        sign = -1 if described(name).better == "less" else 1
        low, high = sorted(sign * gap[f"difference_ci_{end}"] for end in ("lower", "upper"))
        expected = "“Many”" if high < 0 else f"“{ODD}”" if low > 0 else "open"
        if expected != "open" and (inputs_of(contest, name)["holds"] < PROBABLY).any():
            expected = f"probably {expected}"
        assert unescape(rows[name]) == expected, name
    assert rows["unique_people_added"] == "“Many”"


def test_one_program_and_no_drawn_inputs(contest: gs.Contest) -> None:
    alone = make_contest([contest.results["No program"], contest.results["Many"]], baseline_given=True)
    page = decision_page(alone)
    assert "every input was held at its stated value" in page
    assert "<th>ahead</th>" not in page
    assert "leads" not in page
    with_inputs = decision_page(alone.with_inputs())
    assert "held at its stated value. A" not in with_inputs
    share = alone.with_inputs().inputs("unique_people_added")["holds"].iloc[0]
    assert f"“Many” stays ahead of “No program” for {100 * share:.0f} %" in unescape(with_inputs)
    assert "“Many”" in page


def test_the_lead_is_the_difference_of_the_two_programs(contest: gs.Contest, page: str) -> None:
    """Its interval, its percentage, what is left of it with inputs drawn, and what the cost is made of."""
    text = unescape(page)
    gap = contest.table(ODD, "unique_people_added").set_index("label").loc["Many"]
    low, high = (number(gap[f"difference_ci_{end}"], DIGITS) for end in ("lower", "upper"))
    lead = number(gap["difference"], DIGITS)
    assert f"“Many” leads “{ODD}” by {lead} ({low} to {high}, {gap['percent']:+.0f} %)" in text
    drawn = contest.inputs("unique_people_added").set_index("versus").loc[ODD]
    ends = " and ".join(number(drawn[f"expected_{end}"], DIGITS) for end in ("lower", "upper"))
    assert f"the lead is between {ends}, and holds for {100 * drawn['holds']:.0f} %" in text
    for label in ("Many", ODD):
        totals = contest.results[label].frame(["program_cost", "advocate_hours"]).set_index("measure")["mean"]
        time = 45 * totals["advocate_hours"]
        paid = number(totals["program_cost"] - time, DIGITS)
        assert f"to be paid: {paid}; working time of members: {number(time, DIGITS)}" in text


def test_levels_without_the_program_stand_beside_what_is_added(contest: gs.Contest, page: str) -> None:
    """People reached, aware people and buyers of no program, out of how many there are."""
    base = contest.results["No program"]
    everybody = sum((base.recording.persons or ())[1:])
    reached = base.frame("unique_reach_with_page")["mean"].iloc[0]
    assert f"“No program”: {number(reached, DIGITS)} of {everybody:,}" in unescape(page)
    aware = base.frame("mean_aware_people", by="segment").set_index("segment")["mean"]["buyer"]
    assert f"“No program”: {number(aware, DIGITS)} of {(base.recording.persons or ())[2]:,}" in unescape(page)


def test_views_at_market_prices_stand_beside_the_cost(contest: gs.Contest, page: str) -> None:
    added = contest.added(["impressions_added", "clicks_added"]).set_index(["label", "measure"])["mean"]
    views, clicks = added["Many", "impressions_added"], added["Many", "clicks_added"]
    assert f"extra views would cost {number(33 * views / 1000, DIGITS)}" in unescape(page)
    assert f"extra clicks {number(5.58 * clicks, DIGITS)}." in unescape(page)


def test_a_design_that_does_nothing_is_never_ahead_on_a_cost(contest: gs.Contest) -> None:
    """Against a program as the baseline, no program is one of the designs; it is no rival where less is better."""
    page = decision_page(make_contest(list(contest.results.values())[::-1], baseline_given=True))
    row = page[page.index('href="#hours_added"') :]
    assert "<td>not ranked</td>" in row[: row.index("</tr>")]
    assert "what would have happened anyway" not in page
    assert "what would have happened anyway" in decision_page(contest)


def test_it_is_written_whole_under_its_name(contest: gs.Contest, page: str, tmp_path: Path) -> None:
    assert contest.to_html(tmp_path / "decision.html").read_text(encoding="utf-8") == page
    with pytest.raises(gs.InvalidInput, match=r"must end in \.html"):
        contest.to_html(tmp_path / "decision.pdf")
    with pytest.raises(gs.InvalidInput, match=r"this comparison has one design, "):
        make_contest(list(contest.results.values())[:1], baseline_given=False).to_html(tmp_path / "alone.html")
    assert not (tmp_path / "alone.html").exists()


def test_whatever_inputs_can_turn_is_explained(contest: gs.Contest, page: str) -> None:
    lines = decision_lines(contest)
    told = unescape(page[page.index("What would change the answer") : page.index("The programs</h2>")])
    for line in lines:
        assert (line.name in EXPLAINED or line.holds < 1) == (f"<b>{line.title}.</b>" in told), line.name
    turned = replace(lines[1], holds=0.9)
    assert turned.name not in EXPLAINED
    assert [text for text, _ in assumptions(contest, [turned])] == [turned.title]
    assert assumptions(contest, [replace(turned, holds=1.0)]) == []
