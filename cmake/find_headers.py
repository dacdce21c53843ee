"""Print the include folder of a header that an installed distribution carries: find_headers.py PACKAGE HEADER."""

import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path


def main() -> None:
    """Print the folder, or say what is missing and fail."""
    package, header = sys.argv[1:]
    try:
        listed = files(package) or []
    except PackageNotFoundError:
        sys.exit(f"package {package} is not installed")
    for file in listed:
        if file.as_posix().endswith(f"include/{header}") or file.as_posix().endswith(f"eigen3/{header}"):
            folder = Path(str(file.locate())).resolve()
            print(folder.parents[len(Path(header).parts) - 1].as_posix())
            return
    sys.exit(f"package {package} has no header {header}")


if __name__ == "__main__":
    main()
