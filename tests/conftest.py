"""The key of the tests: always the same, and never that of who runs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundswell.company.pseudonyms import key_text


@pytest.fixture(scope="session", autouse=True)
def own_key_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The analyst's own key is one of this session: tests write nothing into the home of who runs them."""
    path = tmp_path_factory.mktemp("config") / "analyst.key"
    path.write_text(key_text(bytes(range(1, 33))))  # always the same: the luck of employees follows from it
    path.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDSWELL_KEY", str(path))
        patch.delenv("GROUNDSWELL_CACHE", raising=False)  # worlds are built, whatever the analyst keeps
        yield path
