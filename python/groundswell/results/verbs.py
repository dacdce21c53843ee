"""What a result and a comparison write: a saved study, a workbook, tables. No id of a person is in any of them."""

from __future__ import annotations

from pathlib import Path

from groundswell.common import verbs
from groundswell.company.pseudonyms import Key
from groundswell.company.small_groups import MIN_GROUP


class Writable:
    """Methods of `Results` and `Contest`; each writes a file whole or leaves what was there, and names the path."""

    __slots__ = ()

    def save(
        self,
        path: str | Path,
        key: Key | str | Path | None = None,
        min_group: int = MIN_GROUP,
        people: str | None = None,
    ) -> Path:
        """Write a .gsw file that `gs.load` opens and `gs.rerun` checks; returns the path.

        Employees are in it under pseudonyms of `key` (a key or the path of its file; by default `gs.own_key()`, which
        stays on this machine), names of departments and regions of under `min_group` people are not;
        `people="aggregate"` leaves everybody out, and a file of an HR table cannot be rerun. More:
        `groundswell.study.study.save`.
        """
        written: Path = verbs.body("Results.save")(self, path, key, min_group, people)
        return written

    def to_excel(self, path: str | Path, min_group: int = MIN_GROUP) -> Path:
        """Write a workbook (.xlsx) with real dates and numbers; returns the path.

        Sheets: Read me, Decision, Charts, Summary, Monthly, Added, Differences, Costs, Departments, Definitions,
        Inputs, Imputed, Manifest; shares are shown as percent, the total lines of Costs are sums; without Decision,
        Added and Differences for a single result. Nobody is in it; departments of under `min_group` people are joined,
        and with further ones while they are fewer in all.
        """
        written: Path = verbs.body("Results.to_excel")(self, path, min_group)
        return written

    def to_csv(self, path: str | Path) -> list[Path]:
        """Write summary, month, week, of a comparison also added and differences, long tables; returns the paths.

        `path` is a folder (summary.csv, month.csv, …; made if it is not there) or a name such as q1.csv
        (q1_summary.csv, …). InvalidInput names a folder that cannot be written; no file is left half written.
        """
        written: list[Path] = verbs.body("Results.to_csv")(self, path)
        return written
