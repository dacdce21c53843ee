"""The schema: the one place where parameters, defaults, units and sources are documented."""

from groundswell.scenario.audience import Audience, AudienceAffinity, AudienceMix, AudiencePool
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
from groundswell.scenario.platform import Platform, Platforms, WeekdayWeights
from groundswell.scenario.posting import Credibility, Posting
from groundswell.scenario.program import ActiveAdvocates, Program
from groundswell.scenario.scenario import Scenario, parameters
from groundswell.scenario.segments import segments
from groundswell.scenario.workforce import SeniorityMultiplier, Workforce

__all__ = [
    "ActiveAdvocates",
    "Audience",
    "AudienceAffinity",
    "AudienceMix",
    "AudiencePool",
    "Awareness",
    "ClickMultiplier",
    "Content",
    "Credibility",
    "EngageMultiplier",
    "Feed",
    "PageMix",
    "Platform",
    "Platforms",
    "Posting",
    "Program",
    "ProgramMix",
    "ReshareMultiplier",
    "Scenario",
    "SeniorityMultiplier",
    "WeekdayWeights",
    "Workforce",
    "parameters",
    "segments",
]
