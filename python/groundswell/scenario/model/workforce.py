"""Employees: laws of the attributes that the analyst did not give. Spec: docs/MODEL.md 2, Employees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import numpy as np

from groundswell.company.columns import ATTRIBUTES
from groundswell.errors import Problem
from groundswell.scenario.schema.base import Group, Spec


def _ratio(level: str) -> Spec:
    return Spec(f"Connections of {level} relative to an individual contributor", "factor", "±20 %",
                "[3.3]: ratios only", "evidence", above=0, at_most=100)  # fmt: skip


class SeniorityMultiplier(Group):
    """Connections by seniority, relative to an individual contributor."""

    address = ("workforce", "seniority_multiplier")
    individual: Annotated[float, _ratio("individual contributors")] = 1.0
    senior: Annotated[float, _ratio("senior staff")] = 1.0
    manager: Annotated[float, _ratio("managers")] = 1.2
    director: Annotated[float, _ratio("directors")] = 1.4
    executive: Annotated[float, _ratio("executives")] = 2.2


def _correlation(what: str, prior: str, source: str = "assumption", tag: str = "assumption") -> Spec:
    return Spec(f"Correlation of {what} (Gaussian copula)", "correlation", prior, source, tag, at_least=-1, at_most=1)


def _log_sd(what: str, prior: str, source: str = "assumption", tag: str = "assumption") -> Spec:
    return Spec(f"Log-sd of {what} (lognormal, mean 1)", "log-sd", prior, source, tag, at_least=0, at_most=5)


class Workforce(Group):
    """Laws of employees' attributes; what the company gives replaces them."""

    address = ("workforce",)
    seniority_multiplier: SeniorityMultiplier = SeniorityMultiplier()
    sales_multiplier: Annotated[
        float, Spec("Connections of sales staff, × those of others", "factor", "U(1.2, 2.5)", above=0, at_most=100)
    ] = 1.4
    recruiter_multiplier: Annotated[
        float,
        Spec("Connections of recruiters, × those of others", "factor", "U(1.2, 2.5)", "[3.5]", "evidence",
             above=0, at_most=100),
    ] = 2.0  # fmt: skip
    social_activity_log_sd: Annotated[float, _log_sd("social activity", "U(.5, 1.2)")] = 0.8
    persuasion_log_sd: Annotated[float, _log_sd("persuasion", "U(.2, .8)")] = 0.5
    susceptibility_log_sd: Annotated[float, _log_sd("employees' susceptibility", "U(.2, .8)")] = 0.5
    corr_connections_activity: Annotated[
        float, _correlation("log connections with social activity", "N(.3, .15)", "[8.5] [8.6]; assumption: size")
    ] = 0.3
    corr_connections_persuasion: Annotated[
        float, _correlation("log connections with persuasion", "N(0, .15)", "[8.6]", "evidence")
    ] = 0.0
    corr_activity_persuasion: Annotated[
        float, _correlation("activity with persuasion (named alternative: -.2)", "N(0, .15)")
    ] = 0.0
    corr_persuasion_susceptibility: Annotated[
        float, _correlation("persuasion with susceptibility", "N(-.2, .15)", "[8.5]", "evidence")
    ] = -0.2
    corr_skill_activity: Annotated[float, _correlation("sales skill with social activity", "U(0, .5)")] = 0.25
    corr_satisfaction_belief: Annotated[float, _correlation("satisfaction with product belief", "U(0, .7)")] = 0.5
    corr_satisfaction_willingness: Annotated[float, _correlation("satisfaction with willingness", "U(0, .7)")] = 0.4

    def correlation(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return the 9 × 9 correlation matrix of the copula, in the order of ``ATTRIBUTES``."""
        pairs = {
            ("connections", "social_activity"): self.corr_connections_activity,
            ("connections", "persuasion"): self.corr_connections_persuasion,
            ("social_activity", "persuasion"): self.corr_activity_persuasion,
            ("persuasion", "susceptibility"): self.corr_persuasion_susceptibility,
            ("sales_skill", "social_activity"): self.corr_skill_activity,
            ("satisfaction", "product_belief"): self.corr_satisfaction_belief,
            ("satisfaction", "willingness"): self.corr_satisfaction_willingness,
        }
        matrix = np.eye(len(ATTRIBUTES))
        for (a, b), value in pairs.items():
            i, j = ATTRIBUTES.index(a), ATTRIBUTES.index(b)
            matrix[i, j] = matrix[j, i] = value
        return matrix

    def _broken_rules(self) -> Iterable[Problem]:
        smallest = float(np.linalg.eigvalsh(self.correlation())[0])
        if smallest < 1e-6:
            names = [name for name in type(self).model_fields if name.startswith("corr_")]
            values = ", ".join(f"{name} {getattr(self, name):g}" for name in names)
            rule = f"the correlations must form a positive definite matrix; smallest eigenvalue {smallest:.3g}"
            yield Problem((), values, rule)
