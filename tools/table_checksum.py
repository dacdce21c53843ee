"""Print a checksum of the numbers of a saved comparison: table_checksum.py STUDY.gsw.

Over the table of all measures and designs: every text, and every number to its last bit.
"""

import hashlib
import sys
from collections.abc import Iterable

import groundswell as gs


def checksum(contest: gs.Contest) -> str:
    """SHA-256 of `contest.table()`, numbers as hexadecimal floats; frames of any pandas version give the same."""
    table = contest.table()
    rows: list[Iterable[str]] = [map(str, table.columns)]
    rows += [(v.hex() if isinstance(v, float) else str(v) for v in row.values()) for row in table.to_dict("records")]
    lines = [",".join(row) for row in rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    study = gs.load(sys.argv[1])
    if not isinstance(study, gs.Contest):
        sys.exit(f"{sys.argv[1]}: is not a comparison")
    print(checksum(study))
