"""The real files give the numbers that are published with them (README of each set)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from groundswell.validation import real_files, tails
from groundswell.validation.real_files import DataFolder
from groundswell.validation.runs import college

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FOLDER = DataFolder(DATA)
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not there"),
]


def test_every_set_is_there() -> None:
    assert [name for name in real_files.FILES if FOLDER.missing(name)] == []


def test_facebook_brand_posts() -> None:
    """Medians 1.76, .05, .12; nine posts in ten reach less than .31 of the fans."""
    posts = FOLDER.read("facebook_brand_posts", "posts.csv")
    columns = (posts[name] for name in ("reach", "impressions", "engaged_users", "page_total_likes"))
    found = real_files.post_shape(*columns)
    assert found.impressions_per_reach[0] == pytest.approx(1.76, abs=0.005)
    assert found.reach_per_follower == pytest.approx((0.05, 0.31), abs=0.01)
    assert found.engaged_per_reach[0] == pytest.approx(0.12, abs=0.005)


def test_cascades_christianity() -> None:
    """Published .82 and .70 along the direction of the edges; without it somewhat more of both."""
    adoptions = real_files.christianity(FOLDER)
    assert adoptions.users == 2897
    assert len(np.unique(adoptions.cascade)) == 587
    found = real_files.neighbor_excess(adoptions, np.random.default_rng(4), shuffles=3)
    assert 0.82 <= found.share <= 0.90
    assert 0.70 <= found.shuffled <= 0.80
    assert 0.08 <= found.excess <= 0.15


def test_news_tweet_cascade_sizes() -> None:
    """About 2.5; the package powerlaw 2.0.0 gives 2.4805 (Fit(discrete=True, xmin=100, estimate_discrete=False))."""
    sizes = FOLDER.read("news_tweet_cascade_sizes", "sizes.csv.gz")["size"].to_numpy()
    assert tails.exponent(sizes, 100).alpha == pytest.approx(2.4805, abs=0.001)


def test_aarhus() -> None:
    """124 friendships among 61 people; a quarter of those who work together, 7 % of all pairs."""
    layers = real_files.aarhus(FOLDER)
    assert (len(layers.group), len(layers.work), len(layers.facebook)) == (61, 194, 124)
    assert sum(not name for name in layers.group) == 6
    together, apart = real_files.friends_share(layers.facebook, 61, set(layers.work))
    assert together == pytest.approx(0.26, abs=0.01)
    assert apart < 0.07


def test_college_msg() -> None:
    """1,899 people, 59,835 messages in 193 days: 1,350 of them send one; the last days are not a whole week."""
    sent = real_files.messages(FOLDER)
    assert len(sent.sender) == 59_714
    assert sent.day.max() == 7 * college.WEEKS - 1
    assert sent.senders_by_week().argmax() == 5
    found = college.activity(sent)
    assert found["gini"] == pytest.approx(0.715, abs=0.002)
    assert found["own_left"] < 0.1
