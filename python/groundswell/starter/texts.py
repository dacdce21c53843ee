"""The texts of a new study: scenario files and a page to read. No cell of the export is in any of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from groundswell.common.yaml_io import dump_yaml
from groundswell.company.cell import left_out
from groundswell.company.company import Company
from groundswell.company.facts import FACTS, MARKET_PRICES
from groundswell.scenario.company_file import COMPANY
from groundswell.scenario.folder import MARK
from groundswell.scenario.presets import Preset
from groundswell.starter.choices import Choice

HEAD = "# Written by `groundswell init`. Another design: copy this file, change label and program."
COMPANY_HEAD = "# Written by `groundswell init`. The company of every design in this folder."


@dataclass(frozen=True)
class NewStudy:
    """What the files of a new study are written from.

    Attributes
    ----------
    export, reading
        The file of the export, as seen from the folder; options it was read with.
    choices
        What each field is read from.
    company, as_of, start, currency
        The company, the day of its export, the first day of the horizon, the currency if it is known.
    """

    export: str
    reading: Mapping[str, Any]
    choices: tuple[Choice, ...]
    company: Company
    as_of: date | None
    start: date
    currency: str | None


def company_text(study: NewStudy) -> str:
    """The file of the company, with comments: what is not sure stands behind a #."""
    lines = [COMPANY_HEAD, "groundswell_company: 1"]
    lines.append(f"export: {json.dumps(study.export, ensure_ascii=False)}  # beside this file")
    lines += [dump_yaml({name: value}).rstrip() for name, value in study.reading.items()]
    day = f"as_of: {study.as_of}" if study.as_of else "# as_of: YYYY-MM-DD"
    lines.append(f"{day}  # day of the export")
    currency = f"currency: {study.currency}" if study.currency else "# currency: EUR"
    lines.append(f"{currency}  # of every amount of money; default prices are in USD until it is said")
    lines += [_market_price(name) for name in MARKET_PRICES]
    lines.append("# page_followers: 20000  # followers of the company's page on LinkedIn, if known")
    lines.append("columns:")
    lines += [_mapped(choice) for choice in study.choices if choice.active]
    asked = [choice for choice in study.choices if not choice.active]
    if asked:
        lines.append("  # Not used: take the # away where the answer is yes.")
        lines += [_mapped(choice) for choice in asked]
    return "\n".join(lines) + "\n"


def _market_price(name: str) -> str:
    fact = FACTS[name]
    return f"# {name}: {fact.default:g}  # {fact.description[0].lower()}{fact.description[1:]}; this default is in USD"


def scenario_text(preset: Preset, study: NewStudy) -> str:
    """A scenario file with comments."""
    lines = [MARK] if preset.levers is None else []
    lines += [HEAD, f"# {_comment(preset.what)}", "groundswell_scenario: 1", f"label: {json.dumps(preset.label)}"]
    placeholder = "" if study.as_of else ": a placeholder, change it"
    lines.append(f"start: {study.start}  # first day of the horizon{placeholder}")
    lines += ["weeks: 52", f"company: {COMPANY}  # beside this file"]
    program = preset.plain(study.company.employees)
    if program is not None:
        lines.append(dump_yaml({"program": program}).rstrip())
    return "\n".join(lines) + "\n"


def _mapped(choice: Choice) -> str:
    asked = f"  # {_comment(choice.question)}" if choice.question else ""
    if choice.rule is None:
        if choice.active:
            return f"  {choice.field}: null  # {_comment(choice.column)}"
        return f"  # {choice.field}: {json.dumps(choice.column, ensure_ascii=False)}{asked}"
    line = f"{choice.field}: {json.dumps(choice.rule, ensure_ascii=False, default=str)}"
    return f"  {line}{asked}" if choice.active else f"  # {line}{asked}"


def _comment(text: str) -> str:
    """Text that stays on its line: a name of a column may have a line break."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


READ_ME = """# A study of employee advocacy

The export `{csv}` stays where it is ({employees:,} employees{left}). No row of it is in this folder.

## Files

- `company.yaml`: the export, how it is read, which column is which field, facts about the firm; for every design.
- {files}: one design each, the first is the baseline. Another design: copy one, change label and program.
- `{notebook}`: reads these files, shows whom a design invites, compares them.

## Used of the export

{used}

{asked}{prices}## Next

```
groundswell compare .            # table, sentence, pictures, spreadsheet, in results/
groundswell select {design} # whom it invites
groundswell presets              # other programs to start from
groundswell parameters           # every number of the model
```

`gs.levers()` lists what can be changed in a program.
"""
ASKED = """## Not used yet: a question each

{asked}

Where the answer is yes, take the # away in `company.yaml` (or begin another folder with `--use FIELD`). What is not
used is drawn anew in each world.

"""


PRICES = """## Default prices

No currency is stated, so amounts of money are default prices in USD. Say `currency:` in `company.yaml`, and the firm's
own prices in the scenario files (`groundswell parameters` lists `costs.*`). What the firm pays for attention elsewhere
stands in `company.yaml` too (`market_price_per_click`, `market_price_per_thousand_impressions`).

"""


def read_me(study: NewStudy, names: Sequence[str], notebook: str) -> str:
    """What is in the folder, what is used of the export, what to do next."""
    used = [f"- {choice.field}: column `{_comment(choice.column)}`" for choice in study.choices if choice.active]
    asked = [
        f"- {choice.field}: column `{_comment(choice.column)}`: {_comment(choice.question)}"
        for choice in study.choices
        if not choice.active
    ]
    scenarios = [name for name in names if name != COMPANY]
    gone = [f"{count:,} {what}" for count, what in left_out(study.company)]
    return READ_ME.format(
        csv=study.export,
        employees=study.company.employees,
        left="".join(f", {text}" for text in gone),
        files=", ".join(f"`{name}`" for name in scenarios),
        notebook=notebook,
        used="\n".join(used),
        asked=ASKED.format(asked="\n".join(asked)) if asked else "",
        prices="" if study.currency else PRICES,
        design=f"{scenarios[-1]:<20}",
    )
