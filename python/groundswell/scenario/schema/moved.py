"""Addresses of earlier versions whose parameter is elsewhere now."""

from __future__ import annotations

MOVED = {
    "workforce.connections_mean": "platforms.linkedin.connections_mean",
    "workforce.connections_log_sd": "platforms.linkedin.connections_log_sd",
    "audience.mix": "platforms.linkedin.mix",
    "audience.activity_shape": "platforms.linkedin.activity_shape",
    "audience.connections_per_follower": "platforms.linkedin.connections_per_follower",
}


def moved_to(address: str) -> str | None:
    """Return the address of today for an earlier one, a part of a group included; None for any other."""
    for old, new in MOVED.items():
        if address == old or address.startswith(f"{old}."):
            return new + address[len(old) :]
    return None
