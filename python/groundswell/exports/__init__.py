"""The one reader of tables that people export: what is found is shown, and each of it can be set."""

from groundswell.exports.export import Export
from groundswell.exports.frames import to_pandas
from groundswell.exports.options import OPTIONS, Reading
from groundswell.exports.read import read_export

__all__ = ["OPTIONS", "Export", "Reading", "read_export", "to_pandas"]
