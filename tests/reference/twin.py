"""One replicate, day by day: posting, feeds, authors, record (docs/MODEL.md 1)."""

from __future__ import annotations

from collections import defaultdict

from .awareness import Awareness
from .credibility import Credibility
from .feed import Feed
from .philox import Streams
from .posting import Posting
from .records import Post, Trace, View
from .world_view import Design, Parameters, WorldView


def run(world: WorldView, parameters: Parameters, design: Design, replicate: int) -> Trace:
    """Everything that happens in one replicate. Candidates whose moment is after the run are left out."""
    streams = Streams(world.seed, world.index, replicate)
    posting = Posting(world, parameters, design, streams)
    feed = Feed(world, parameters, streams)
    awareness = Awareness(world, parameters["awareness"])
    authors = [Credibility(parameters["credibility"]) for _ in range(world.employees)]
    waiting: dict[int, list[View]] = defaultdict(list)
    trace = Trace()
    for day in range(design.days):
        posts = _post(posting, authors, day, trace) if day < design.horizon_end else {}
        for delivered in (post for made in posts.values() for post in made if post.company):
            for view in feed.candidates(delivered):
                waiting[view.moment // 1440].append(view)
        _show(feed, awareness, waiting.pop(day, []), trace)
        for author, made in posts.items():
            if author < world.employees:
                authors[author].end_of_day(day, made)
        awareness.end_of_day()
        if day % 7 == 6:
            trace.weekly_u.append(list(awareness.segment_u))
            trace.weekly_awareness.append(awareness.awareness_levels())
            trace.weekly_favorability.append(awareness.favorability_levels())
    trace.u, trace.touched, trace.favorability = awareness.u, awareness.touched, awareness.favorability
    trace.credibility = [author.value() for author in authors]
    trace.displaced = posting.displaced
    return trace


def _post(posting: Posting, authors: list[Credibility], day: int, trace: Trace) -> dict[int, list[Post]]:
    """The posts of a day by author (the page last), numbered, with the credibility of the morning."""
    posts = {}
    for author in range(len(authors) + 1):
        posts[author] = posting.posts_of(author, day)
        for post in posts[author]:
            post.number = len(trace.posts)
            post.credibility = authors[author].value() if author < len(authors) else 1.0
            trace.posts.append(post)
    return posts


def _show(feed: Feed, awareness: Awareness, views: list[View], trace: Trace) -> None:
    """The views of a day in the order (minute, post number)."""
    for view in sorted(views, key=lambda v: (v.moment, v.post, v.viewer)):
        post = trace.posts[view.post]
        feed.resolve(post, view)
        trace.views.append(view)
        if view.attended:
            persuasion = 1.0 if feed.is_page(post) else feed.world.persuasion[post.author]
            _, susceptibility, _ = feed.traits(view.viewer)
            awareness.attend(view.viewer, view.moment, persuasion * susceptibility * post.authenticity)
