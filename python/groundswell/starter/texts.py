"""The texts of a new study: scenario files and a page to read. No cell of the export is in any of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from groundswell.common.yaml_io import dump_yaml
from groundswell.company.company import Company
from groundswell.scenario.folder import MARK
from groundswell.scenario.presets import Preset
from groundswell.starter.choices import Choice

HEAD = "# Written by `groundswell init`. Another design: copy this file, change label and program."


def scenario_text(
    preset: Preset, csv: str, found: Sequence[Choice], company: Company, as_of: date | None, start: date
) -> str:
    """A scenario file with comments: what is not sure stands behind a #."""
    lines = [MARK] if preset.levers is None else []
    lines += [HEAD, f"# {_comment(preset.what)}", "groundswell_scenario: 1", f"label: {json.dumps(preset.label)}"]
    lines.append(f"start: {start}  # first day of the horizon" + ("" if as_of else ": a placeholder, change it"))
    lines += ["weeks: 52", "company:", f"  csv: {json.dumps(csv, ensure_ascii=False)}  # beside this file"]
    lines.append(f"  as_of: {as_of}  # day of the export" if as_of else "  # as_of: YYYY-MM-DD  # day of the export")
    lines.append("  # page_followers: 20000  # followers of the company's page on LinkedIn, if known")
    lines.append("  columns:  # the same in every file of the folder")
    lines += [_mapped(choice) for choice in found if choice.active]
    asked = [choice for choice in found if not choice.active]
    if asked:
        lines.append("    # Not used: take the # away where the answer is yes.")
        lines += [_mapped(choice) for choice in asked]
    program = preset.plain(company.employees)
    if program is not None:
        lines.append(dump_yaml({"program": program}).rstrip())
    return "\n".join(lines) + "\n"


def _mapped(choice: Choice) -> str:
    asked = f"  # {_comment(choice.question)}" if choice.question else ""
    if choice.rule is None:
        return f"    # {choice.field}: {json.dumps(choice.column, ensure_ascii=False)}{asked}"
    line = f"{choice.field}: {json.dumps(choice.rule, ensure_ascii=False)}"
    return f"    {line}{asked}" if choice.active else f"    # {line}{asked}"


def _comment(text: str) -> str:
    """Text that stays on its line: a name of a column may have a line break."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


READ_ME = """# A study of employee advocacy

The export `{csv}` stays where it is ({employees:,} employees{left}). No row of it is in this folder.

## Files

- {files}: one design each, the first is the baseline. Another design: copy one, change label and program.
- `{notebook}`: reads these files, shows whom a design invites, compares them.

## Used of the export

{used}

{asked}## Next

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

Where the answer is yes, take the # away in every scenario file (or begin another folder with `--use FIELD`). What is
not used is drawn anew in each world.

"""


def read_me(csv: str, found: Sequence[Choice], company: Company, scenarios: Sequence[str], notebook: str) -> str:
    """What is in the folder, what is used of the export, what to do next."""
    used = [f"- {choice.field}: column `{_comment(choice.column)}`" for choice in found if choice.active]
    asked = [
        f"- {choice.field}: column `{_comment(choice.column)}`: {_comment(choice.question)}"
        for choice in found
        if not choice.active
    ]
    return READ_ME.format(
        csv=csv,
        employees=company.employees,
        left=f", {len(company.leavers):,} who have left are excluded" if company.leavers else "",
        files=", ".join(f"`{name}`" for name in scenarios),
        notebook=notebook,
        used="\n".join(used),
        asked=ASKED.format(asked="\n".join(asked)) if asked else "",
        design=f"{scenarios[-1]:<20}",
    )
