"""Random bits of docs/RANDOMNESS.md, in plain Python integers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WORD = 0xFFFFFFFF
LONG = 0xFFFFFFFFFFFFFFFF
TAG = 0x47535754

DECISIONS = {
    "unprompted_sharers": 10,
    "active_advocates": 11,
    "post_counts": 20,
    "post_attributes": 21,
    "item_attributes": 22,
    "item_appeal": 23,
    "views": 24,
    "enrollment": 25,
    "dormancy": 26,
    "exits": 27,
    "recognition_responders": 28,
    "tenure": 29,
    "amplification": 30,
    "negative_posts": 31,
}

Block = tuple[int, int, int, int]
Key = tuple[int, int]


def philox(counter: Block, key: Key) -> Block:
    """Ten rounds of Philox4x32 (Salmon et al. 2011)."""
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(10):
        left = a * 0xD2511F53
        right = c * 0xCD9E8D57
        a, b, c, d = (right >> 32) ^ b ^ k0, right & WORD, (left >> 32) ^ d ^ k1, left & WORD
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return a, b, c, d


def unit(bits: int) -> float:
    """The uniform in (0, 1) of 32 random bits."""
    return (bits + 0.5) / 2.0**32


class Streams:
    """The draws of one (seed, world, replicate)."""

    def __init__(self, seed: int, world: int, replicate: int) -> None:
        self._seed: Key = (seed & WORD, seed >> 32)
        self._world = world
        self._replicate = replicate
        self._keys: dict[str, Key] = {}

    def key(self, decision: str) -> Key:
        if decision not in self._keys:
            counter = (self._world, self._replicate, DECISIONS[decision], TAG)
            self._keys[decision] = philox(counter, self._seed)[:2]
        return self._keys[decision]

    def draw(self, decision: str, entity: int, step: int = 0, index: int = 0) -> Block:
        return philox((entity & WORD, entity >> 32, step, index), self.key(decision))

    def view_key(self, identity: int, step: int = 0, index: int = 0) -> int:
        """The 64-bit key of the draws over the viewers of a post (step 0), or of an act on it."""
        words = self.draw("views", identity, step, index)
        return words[0] + (words[1] << 32)


def mix64(z: int) -> int:
    z ^= z >> 30
    z = (z * 0xBF58476D1CE4E5B9) & LONG
    z ^= z >> 27
    z = (z * 0x94D049BB133111EB) & LONG
    return z ^ (z >> 31)


def combine(a: int, b: int) -> int:
    """One number of two."""
    return mix64(mix64((a + 0x9E3779B97F4A7C15) & LONG) ^ b)


def view_hash(key: int, viewer: int) -> int:
    """32 bits that decide whether a viewer is a candidate for a post."""
    x = (viewer * 0x9E3779B1) & WORD
    x ^= key & WORD
    x ^= x >> 16
    x = (x * 0x7FEB352D) & WORD
    x ^= key >> 32
    x ^= x >> 15
    x = (x * 0x846CA68B) & WORD
    return x ^ (x >> 16)


def view_hashes(key: int, viewers: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """view_hash of a whole row, for speed only; a test compares the two."""
    x = viewers * np.uint32(0x9E3779B1)
    x ^= np.uint32(key & WORD)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= np.uint32(key >> 32)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def view_word(key: int, viewer: int, word: int) -> int:
    """64 bits about one view: word 0 delay and attention, 1 engage and click, 2 reshare and mute."""
    z = (key ^ ((viewer * 0xD6E8FEB86659FD93) & LONG)) + (word + 1) * 0x9E3779B97F4A7C15
    return mix64(z & LONG)


def low(word: int) -> int:
    return word & WORD


def high(word: int) -> int:
    return word >> 32
