"""Write python/groundswell/_core.pyi from the compiled module, completed for strict type checks."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).resolve().parent.parent / "python" / "groundswell" / "_core.pyi"

# What the generator cannot know: the types inside containers.
COMPLETIONS = [
    (r"\bdict\b(?!\[)", "dict[str, typing.Any]"),
    (r"\blist\b(?!\[)", "list[typing.Any]"),
    (r"\btuple\b(?!\[)", "tuple[typing.Any, ...]"),
    (r"collections\.abc\.Callable(?!\[)", "collections.abc.Callable[..., object]"),
    (r"^(__version__: str) = .*$", r"\1"),
]


def generated() -> str:
    """Return the stub of the module that this interpreter imports."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pybind11_stubgen", "groundswell._core", "--output-dir", folder, "--exit-code"]
        subprocess.run([sys.executable, "-m", *command, "--numpy-array-use-type-var"], check=True)
        text = (Path(folder) / "groundswell" / "_core.pyi").read_text()
    # Docstrings are prose: only code is completed.
    parts = re.split(r'(""".*?""")', text, flags=re.DOTALL)
    for i in range(0, len(parts), 2):
        for pattern, replacement in COMPLETIONS:
            parts[i] = re.sub(pattern, replacement, parts[i], flags=re.MULTILINE)
    return "".join(parts)


if __name__ == "__main__":
    STUB.write_text(generated())
