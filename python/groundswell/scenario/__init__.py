"""The schema: the one place where parameters, defaults, units and sources are documented."""

from groundswell.scenario.audience import Audience, AudienceAffinity, AudiencePool
from groundswell.scenario.awareness import Awareness
from groundswell.scenario.content import (
    ClickMultiplier,
    Content,
    EngageMultiplier,
    PageMix,
    ProgramMix,
    ReshareMultiplier,
)
from groundswell.scenario.feed import Feed
from groundswell.scenario.platform import Facebook, Instagram, Platform, Platforms, X
from groundswell.scenario.platform_groups import PlatformMix, Presence, WeekdayWeights
from groundswell.scenario.posting import Credibility, OrganicPlatforms, Posting
from groundswell.scenario.program import ActiveAdvocates, Program, ProgramPlatforms
from groundswell.scenario.scenario import Scenario, parameters
from groundswell.scenario.segments import segments
from groundswell.scenario.workforce import SeniorityMultiplier, Workforce

__all__ = [
    "ActiveAdvocates",
    "Audience",
    "AudienceAffinity",
    "AudiencePool",
    "Awareness",
    "ClickMultiplier",
    "Content",
    "Credibility",
    "EngageMultiplier",
    "Facebook",
    "Feed",
    "Instagram",
    "OrganicPlatforms",
    "PageMix",
    "Platform",
    "PlatformMix",
    "Platforms",
    "Posting",
    "Presence",
    "Program",
    "ProgramMix",
    "ProgramPlatforms",
    "ReshareMultiplier",
    "Scenario",
    "SeniorityMultiplier",
    "WeekdayWeights",
    "Workforce",
    "X",
    "parameters",
    "segments",
]
