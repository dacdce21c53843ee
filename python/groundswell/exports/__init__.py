"""Tables as people export them: read whole, shown how, nothing dropped or guessed in silence (docs/EXPORTS.md)."""

from groundswell.exports.export import OPTIONS, Export, Reading, to_pandas
from groundswell.exports.read import read_export

__all__ = ["OPTIONS", "Export", "Reading", "read_export", "to_pandas"]
