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
from groundswell.scenario.costs import Costs
from groundswell.scenario.feed import Feed
from groundswell.scenario.participation import Participation
from groundswell.scenario.platform import Facebook, Instagram, Platform, Platforms, X
from groundswell.scenario.platform_groups import PlatformMix, Presence, WeekdayWeights
from groundswell.scenario.posting import Credibility, OrganicPlatforms, Posting
from groundswell.scenario.program import ActiveAdvocates, Change, Program, ProgramPlatforms
from groundswell.scenario.retention import Retention
from groundswell.scenario.scenario import Scenario, parameters
from groundswell.scenario.segments import segments
from groundswell.scenario.selection import ReadinessWeights, Selection, Wave
from groundswell.scenario.workforce import SeniorityMultiplier, Workforce

__all__ = [
    "ActiveAdvocates",
    "Audience",
    "AudienceAffinity",
    "AudiencePool",
    "Awareness",
    "Change",
    "ClickMultiplier",
    "Content",
    "Costs",
    "Credibility",
    "EngageMultiplier",
    "Facebook",
    "Feed",
    "Instagram",
    "OrganicPlatforms",
    "PageMix",
    "Participation",
    "Platform",
    "PlatformMix",
    "Platforms",
    "Posting",
    "Presence",
    "Program",
    "ProgramMix",
    "ProgramPlatforms",
    "ReadinessWeights",
    "ReshareMultiplier",
    "Retention",
    "Scenario",
    "Selection",
    "SeniorityMultiplier",
    "Wave",
    "WeekdayWeights",
    "Workforce",
    "X",
    "parameters",
    "segments",
]
