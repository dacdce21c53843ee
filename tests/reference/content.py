"""Content items: attributes, appeal, authenticity (docs/MODEL.md 3, Items and Authenticity)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from .philox import Streams, unit
from .world_view import Parameters

VIEWS_PER_APPEAL = 0.7  # the power of visibility appeal with which views rise

KINDS = ("story", "product", "press_release", "job", "third_party")
STORY, PRODUCT, PRESS_RELEASE = 0, 1, 2


@dataclass(frozen=True)
class Item:
    kind: int
    link: bool
    deal: bool
    call_to_action: bool
    appeal_visibility: float
    appeal_engage: float
    appeal_reshare: float

    @property
    def promotional(self) -> bool:
        return self.deal or self.kind in (PRODUCT, PRESS_RELEASE)


def draw_kind(uniform: float, mix: Parameters) -> int:
    total = 0.0
    for kind, name in enumerate(KINDS):
        total += mix[name]
        if uniform < total:
            return kind
    return len(KINDS) - 1


def visibility_log_sd(page: bool, content: Parameters) -> float:
    """Log-sd of the visibility appeal of the posts of employees, or of the page."""
    return float(content["appeal_visibility_page_log_sd" if page else "appeal_visibility_log_sd"])


def draw_item(streams: Streams, identity: int, mix: Parameters, page: bool, content: Parameters) -> Item:
    a = streams.draw("item_attributes", identity)
    e = streams.draw("item_appeal", identity)
    first = NormalDist().inv_cdf(unit(e[0]))
    second = NormalDist().inv_cdf(unit(e[1]))
    third = NormalDist().inv_cdf(unit(e[2]))
    sd_visibility = visibility_log_sd(page, content)
    with_engage = content["appeal_visibility_correlation"]
    seen = with_engage * first + math.sqrt(1 - with_engage**2) * third
    sd_engage = content["appeal_engage_log_sd"]
    sd_reshare = content["appeal_reshare_log_sd"]
    rho = content["appeal_correlation"]
    mixed = rho * first + math.sqrt(1 - rho**2) * second
    return Item(
        kind=draw_kind(unit(a[0]), mix),
        link=unit(a[1]) < content["link_share"],
        deal=unit(a[2]) < content["deal_share"],
        call_to_action=unit(a[3]) < content["call_to_action_share"],
        appeal_visibility=math.exp(sd_visibility * seen - sd_visibility**2 / 2),
        appeal_engage=math.exp(sd_engage * first - sd_engage**2 / 2)
        / math.exp(VIEWS_PER_APPEAL * with_engage * sd_visibility * sd_engage),
        appeal_reshare=math.exp(sd_reshare * mixed - sd_reshare**2 / 2)
        / math.exp(VIEWS_PER_APPEAL * with_engage * rho * sd_visibility * sd_reshare),
    )


def authenticity(kind: int, own_words: bool, content: Parameters) -> float:
    if own_words:
        return float(content["authenticity_own_story" if kind == STORY else "authenticity_own_words"])
    return float(content["authenticity_press_release" if kind == PRESS_RELEASE else "authenticity_verbatim"])


def offered(item: int, horizon_begin: int, content: Parameters) -> float:
    """When an item of the shared stream appears, in days of the run."""
    return float(horizon_begin - content["item_life_days"] + math.floor(7 * item / content["items_per_week"]))


def offer_day(item: int, horizon_begin: int, content: Parameters) -> int:
    """The first day on which it is live."""
    return math.ceil(offered(item, horizon_begin, content))


def live_items(day: int, horizon_begin: int, content: Parameters) -> tuple[int, int]:
    """First and last item of the shared stream on offer on a day."""
    live = []
    item = 0
    while offered(item, horizon_begin, content) <= day:
        if offered(item, horizon_begin, content) > day - content["item_life_days"]:
            live.append(item)
        item += 1
    if not live:
        raise ValueError(f"no item of the stream is live on day {day}")
    return live[0], live[-1]


def take_item(uniform: float, lo: int, hi: int) -> int:
    return lo + math.floor(uniform * (hi - lo + 1))
