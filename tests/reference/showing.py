"""What shows a post to a row of viewers: the post itself, or an act; and whom the viewers see as its author."""

from __future__ import annotations

from dataclasses import dataclass

from .philox import Streams
from .records import FIRST_HOP, RESHARED, SURFACED, Act, Post
from .world_view import WorldView

THE_PAGE = -1  # as carrier: the page is nobody's person number


@dataclass(frozen=True)
class Showing:
    """The carrier is the author that viewers see: a person's number or THE_PAGE."""

    platform: int
    hop: int
    kind: int  # FIRST_HOP, SURFACED or RESHARED
    carrier: int
    persuasion: float
    credibility: float
    key: int  # of the draws over viewers

    @property
    def by_page(self) -> bool:
        return self.carrier == THE_PAGE


def showing_of_post(post: Post, world: WorldView, streams: Streams) -> Showing:
    page = post.author == world.employees
    return Showing(
        platform=post.platform,
        hop=1,
        kind=FIRST_HOP,
        carrier=THE_PAGE if page else post.author,
        persuasion=1.0 if page else world.persuasion[post.author],
        credibility=post.credibility,
        key=streams.view_key(post.identity),
    )


def showing_of_act(
    act: Act, post: Post, parent: Showing, credibility: float, world: WorldView, streams: Streams
) -> Showing:
    """Surfacing keeps the carrier; a reshare has a new one, with the credibility of this morning."""
    key = streams.view_key(post.identity, int(world.viewers[act.person]), 1 if act.kind == SURFACED else 2)
    carrier, persuasion = parent.carrier, parent.persuasion
    if act.kind == RESHARED:
        employee = act.person < world.employees
        carrier, persuasion = act.person, world.persuasion[act.person] if employee else 1.0
    else:
        credibility = parent.credibility
    return Showing(post.platform, act.hop, act.kind, carrier, persuasion, credibility, key)
