"""Who posts what on one day (docs/MODEL.md 3)."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from .content import KINDS, Item, authenticity, draw_item, live_items, offer_day, take_item
from .participation import Participation
from .philox import Streams, combine, unit
from .program import NO_MIX
from .records import ORGANIC_COMPANY, ORGANIC_OTHER, PAGE, PROGRAM, Post
from .world_view import PLATFORMS, WEEKDAYS, Design, Parameters, WorldView

PER_MONTH = 12 / 365.25  # days


def poisson_inversion(uniform: float, mean: float) -> int:
    """The smallest n with uniform < P(N <= n)."""
    n = 0
    term = math.exp(-mean)
    cumulative = term
    while uniform >= cumulative:
        n += 1
        term *= mean / n
        if cumulative + term == cumulative and n > mean:
            break
        cumulative += term
    return n


def day_factor(design: Design, day: int, platform: Parameters) -> float:
    today = design.date(day)
    weights = [platform["weekday_weights"][name] for name in WEEKDAYS]
    season = 1.0
    if today.month == 8:
        season = platform["season_august"]
    if today.month == 12 and today.day >= 25:
        season = platform["season_year_end"]
    return float(weights[today.weekday()] / (sum(weights) / 7) * season)


def post_identity(author: int, day: int, platform: int, process: int, slot: int) -> int:
    """By the author's draw number."""
    return combine(author, day * 2**16 + platform * 2**14 + process * 2**12 + slot) >> 1


@dataclass
class Posting:
    """The posts of one replicate, day by day; remembers each author's program posts for displacement."""

    world: WorldView
    parameters: Parameters
    design: Design
    streams: Streams
    people: Participation
    program_posts: dict[tuple[int, int], int] = field(default_factory=dict)  # (author, day) -> number, all platforms
    displaced: list[int] = field(default_factory=list)  # days
    _items: dict[int, Item] = field(default_factory=dict)

    def posts_of(self, author: int, day: int) -> list[Post]:
        """An author's posts of a day in the order (platform, minute, process, slot), with their ordinals."""
        posts = [
            post
            for platform in sorted(self.world.graphs)
            for process, number in self._numbers(author, day, platform)
            for slot in range(number)
            if (post := self._post(author, day, platform, process, slot)) is not None
        ]
        posts.sort(key=lambda post: post.order)
        made: Counter[int] = Counter()
        for post in posts:
            made[post.platform] += 1
            post.ordinal = made[post.platform]
        return posts

    def _numbers(self, author: int, day: int, platform: int) -> list[tuple[int, int]]:
        """(process, number of posts) of an author on a day on a platform."""
        name = PLATFORMS[platform]
        parameters = self.parameters["platforms"][name]
        posting = self.parameters["posting"]
        factor = day_factor(self.design, day, parameters)
        c = self.streams.draw("post_counts", self.world.draw_number(author), day, platform)
        if author == self.world.employees:
            return [(PAGE, poisson_inversion(unit(c[0]), parameters["page_posts_per_week"] / 7 * factor))]
        if self.people.people[author].left:
            return []
        share = posting["organic_platforms"][name]
        numbers = []
        if self.world.sharer[author]:
            rate = posting["organic_company_posts_per_month"] * PER_MONTH
            numbers.append((ORGANIC_COMPANY, poisson_inversion(unit(c[0]), rate * share * factor)))
        rate = posting["other_posts_per_month"] * PER_MONTH * self.world.social_activity[author]
        numbers.append((ORGANIC_OTHER, poisson_inversion(unit(c[1]), rate * share * factor)))
        settings = self.design.settings(day)
        drive = self.people.posting_rate(author, settings) if settings is not None else None
        if settings is not None and drive is not None:
            rate = settings.posts_per_week / 7 * drive * settings.platforms[platform]
            number = poisson_inversion(unit(c[2]), rate * factor)
            self.program_posts[author, day] = self.program_posts.get((author, day), 0) + number
            numbers.append((PROGRAM, number))
        return numbers

    def _post(self, author: int, day: int, platform: int, process: int, slot: int) -> Post | None:
        """The post, or None if it is displaced."""
        identity = post_identity(self.world.draw_number(author), day, platform, process, slot)
        p = self.streams.draw("post_attributes", identity)
        if process in (ORGANIC_COMPANY, ORGANIC_OTHER) and unit(p[1]) < self._displacement(author, day):
            self.displaced.append(day)
            return None
        post = Post(
            number=-1,
            author=author,
            platform=platform,
            day=day,
            minute=480 + math.floor(600 * unit(p[0])),
            process=process,
            slot=slot,
            identity=identity,
            company=self._company(process, day, unit(p[1])),
            own_words=unit(p[3]) < self._own_words(author, process, day),
        )
        if post.company:
            self._fill_item(post, unit(p[2]))
        return post

    def _displacement(self, author: int, day: int) -> float:
        k = sum(self.program_posts.get((author, day - back), 0) for back in range(1, 8))
        return float(1 - (1 - self.parameters["posting"]["displacement"]) ** k)

    def _company(self, process: int, day: int, uniform: float) -> bool:
        settings = self.design.settings(day)
        if process == PROGRAM and settings is not None:
            return uniform < settings.company_content_fraction
        return process != ORGANIC_OTHER

    def _own_words(self, author: int, process: int, day: int) -> float:
        content, settings = self.parameters["content"], self.design.settings(day)
        if process == PAGE:
            return 0.0
        if process != PROGRAM or settings is None:
            return float(content["organic_own_words"])
        plain = settings.own_words if settings.own_words >= 0 else content["own_words"]
        return self.people.own_words(plain, author)

    def _mix(self, post: Post) -> Parameters:
        content = self.parameters["content"]
        if post.process == PROGRAM:
            begin = self.design.program_begin
            settings = self.design.settings(max(begin, offer_day(post.item, begin, content)))
            if settings is not None and settings.mix != NO_MIX:
                return dict(zip(KINDS, settings.mix, strict=True))
        chosen: Parameters = content["page_mix" if post.process == PAGE else "program_mix"]
        return chosen

    def _fill_item(self, post: Post, uniform: float) -> None:
        content = self.parameters["content"]
        if post.process == PROGRAM:
            post.item = take_item(uniform, *live_items(post.day, self.design.program_begin, content))
        else:
            post.item = 2**63 + post.identity
        if post.item not in self._items:
            self._items[post.item] = draw_item(
                self.streams, post.item, self._mix(post), post.process == PAGE, content
            )
        item = self._items[post.item]
        post.kind, post.promotional = item.kind, item.promotional
        post.link, post.deal, post.call_to_action = item.link, item.deal, item.call_to_action
        post.appeal_visibility = item.appeal_visibility
        post.appeal_engage, post.appeal_reshare = item.appeal_engage, item.appeal_reshare
        post.authenticity = authenticity(item.kind, post.own_words, content)
        if post.author < self.world.employees:
            of_program = post.process == PROGRAM
            post.authenticity = self.people.authenticity(post.authenticity, post.author, of_program)
            settings = self.design.settings(post.day)
            if of_program and settings is not None:
                uniform = unit(self.streams.draw("negative_posts", post.identity)[0])
                post.negative = uniform < self.people.negative(post.author, settings)
