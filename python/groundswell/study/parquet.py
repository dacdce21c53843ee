"""Tables of a saved study as Parquet: written without a time stamp, read where they are as plain as ours."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from groundswell.errors import DamagedFile
from groundswell.study.archive import Members
from groundswell.study.checks import demand

MOST_CELLS = 500_000_000  # of one member, before it is decoded
NUMBERS = ("double", "int64", "int32", "uint32", "int8")


def to_parquet(table: pa.Table) -> bytes:
    """A table as Parquet, compressed, without a time stamp."""
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd", compression_level=9)
    return buffer.getvalue()


def from_parquet(members: Members, name: str, allowed: Sequence[str] = NUMBERS) -> pa.Table:
    """A Parquet table; DamagedFile if it is missing, truncated, or would be larger than any study is."""
    try:
        file = pq.ParquetFile(pa.BufferReader(members[name]))
        cells = file.metadata.num_rows * file.metadata.num_columns
        if cells > MOST_CELLS:
            raise DamagedFile(f"{name}: {cells:,} cells; at most {MOST_CELLS:,} are read")
        kinds = {str(field.type).partition("[")[0] for field in file.schema_arrow}
        if not kinds <= set(allowed):
            raise DamagedFile(f"{name}: expected are {', '.join(allowed)}; has {', '.join(sorted(kinds))}")
        return file.read()
    except KeyError:
        raise DamagedFile(f"{name}: missing") from None
    except (pa.ArrowException, OSError) as error:
        raise DamagedFile(f"{name}: {' '.join(str(error).split())[:200]}") from None


def whole_column(table: pa.Table, column: str, name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A column of whole numbers; DamagedFile where it is none."""
    values = table.column(column).to_numpy()
    demand(values.dtype.kind in "iu", name, f"{column}: not whole numbers")
    return np.asarray(values, dtype=np.int64)
