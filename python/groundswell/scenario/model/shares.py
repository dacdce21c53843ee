"""Shares of posts over platforms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from groundswell.errors import Problem
from groundswell.scenario.model.platform import Platforms
from groundswell.scenario.schema.base import Mix, Spec, to_real
from groundswell.scenario.schema.platform_table import PLATFORMS, TITLES

SAME = 1e-9  # as the rule about their sum


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

    def filled_up(self, given: Mapping[str, Any], on: Sequence[str]) -> dict[str, float]:
        """Return the shares that are not ``given`` so that all sum to 1, by platform; empty where they do already.

        Platforms that are not ``on`` get 0. The others are rescaled in proportion, in equal parts where all are 0.
        Empty too where no shares could do it (what is given is above 1, or is no share): the rules say so.
        """
        numbers = [to_real(share) for share in given.values()]
        known = [number for number in numbers if number is not None and 0 <= number <= 1]
        free = max(1 - sum(known), 0.0) if sum(known) < 1 + SAME else -1.0
        rest = [name for name in PLATFORMS if name not in given]
        there = [name for name in rest if name in on]
        now = {name: getattr(self, name) for name in there}
        gone = sum(getattr(self, name) for name in rest if name not in on)
        if len(known) < len(given) or free < 0 or (abs(sum(now.values()) - free) < SAME and gone == 0):
            return {}
        size = sum(now.values())
        parts = {name: share / size if size > 0 else 1 / len(there) for name, share in now.items()}
        return {name: free * parts.get(name, 0.0) for name in rest}

    def on_platforms_off(self, platforms: Platforms, at: tuple[str, ...] | None = None) -> Iterable[Problem]:
        """Yield a problem for each share above 0 on a platform that is off; addresses are complete (``at``)."""
        for name in PLATFORMS:
            share = getattr(self, name)
            if share > 0 and not getattr(platforms, name).on:
                rule = f"platforms.{name}.on is False: nobody posts there; switch it on, or move the share"
                yield Problem((*(at or type(self).address), name), f"{share:g}", rule)
