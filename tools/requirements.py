"""Print requirements of pyproject.toml, one a line: requirements.py build|run|dev|wheel …"""

import sys
import tomllib
from pathlib import Path


def requirements(groups: list[str]) -> list[str]:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
    listed: dict[str, list[str]] = {
        "build": project["build-system"]["requires"],
        "run": project["project"]["dependencies"],
        **project["project"]["optional-dependencies"],
    }
    return [requirement for group in groups for requirement in listed[group]]


if __name__ == "__main__":
    print("\n".join(requirements(sys.argv[1:])))
