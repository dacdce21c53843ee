"""Tables inside a saved study: small ones as JSON, large ones as Parquet, opened with care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from groundswell.errors import DamagedFile
from groundswell.study.archive import Members

MOST_CELLS = 500_000_000  # of one Parquet member, before it is decoded
NUMBERS = ("double", "int64", "int32", "uint32", "int8")


def frame_to_json(frame: pd.DataFrame) -> dict[str, Any]:
    """A small frame as columns of plain values."""
    plain = frame.astype(object).where(frame.notna(), None)
    return {str(name): [v.item() if isinstance(v, np.generic) else v for v in plain[name]] for name in frame.columns}


def frame_from_json(columns: Mapping[str, Any]) -> pd.DataFrame:
    """The frame of `frame_to_json`."""
    return pd.DataFrame({str(name): list(values) for name, values in columns.items()})


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
