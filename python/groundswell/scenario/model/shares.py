"""Shares of posts over platforms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from groundswell.errors import Problem
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.schema.base import Mix, Spec
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES


def _share(platform: str) -> Spec:
    return Spec(f"Share of these posts on {TITLES[platform]}", "share", "chosen by the analyst", "design", "input",
                at_least=0, at_most=1)  # fmt: skip


class PlatformShares(Mix):
    """Shares over platforms that sum to 1."""

    linkedin: Annotated[float, _share("linkedin")] = 1.0
    facebook: Annotated[float, _share("facebook")] = 0.0
    instagram: Annotated[float, _share("instagram")] = 0.0
    x: Annotated[float, _share("x")] = 0.0

    def values(self) -> list[float]:
        """Return the shares in the order linkedin, facebook, instagram, x."""
        return [getattr(self, name) for name in PLATFORMS]

    def on_platforms_off(self, platforms: Platforms, at: tuple[str, ...] | None = None) -> Iterable[Problem]:
        """Yield a problem for each share above 0 on a platform that is off; addresses are complete (``at``)."""
        for name in PLATFORMS:
            share = getattr(self, name)
            if share > 0 and not getattr(platforms, name).on:
                rule = f"platforms.{name}.on is False: nobody posts there; switch it on, or move the share"
                yield Problem((*(at or type(self).address), name), f"{share:g}", rule)
