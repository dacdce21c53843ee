"""The schema: the one place where parameters, defaults, units and sources are documented."""

from groundswell.scenario.model.audience import Audience, AudienceAffinity, AudiencePool
from groundswell.scenario.model.awareness import Awareness
from groundswell.scenario.model.content import (
    ClickMultiplier,
    Content,
    EngageMultiplier,
    PageMix,
    ProgramMix,
    ReshareMultiplier,
)
from groundswell.scenario.model.costs import Costs
from groundswell.scenario.model.feed import Feed
from groundswell.scenario.model.participation import Participation
from groundswell.scenario.model.platform import Facebook, Instagram, Platform, Platforms, X
from groundswell.scenario.model.platform_groups import PlatformMix, Presence, WeekdayWeights
from groundswell.scenario.model.posting import Credibility, OrganicPlatforms, Posting
from groundswell.scenario.model.retention import Retention
from groundswell.scenario.model.workforce import SeniorityMultiplier, Workforce
from groundswell.scenario.program.program import ActiveAdvocates, Change, Program, ProgramPlatforms
from groundswell.scenario.program.selection import ReadinessWeights, Selection, Wave
from groundswell.scenario.scenario import Scenario, parameters
from groundswell.scenario.segments import segments

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
