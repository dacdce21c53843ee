"""Who leaves the company. Spec: docs/MODEL.md 2b, Exits."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Spec


class Retention(Group):
    """Exit hazard by tenure and satisfaction, such that a company without a program has its stated turnover."""

    address = ("retention",)
    turnover_per_year: Annotated[
        float,
        Spec("Employees who leave within a year, without a program; 0: nobody leaves", "share a year",
             "by company; U(.08, .35)", "[7.21]", "evidence", at_least=0, at_most=0.95),
    ] = 0.19  # fmt: skip
    satisfaction_slope: Annotated[
        float,
        Spec("Fall of the log exit hazard per unit of satisfaction", "log rate per unit", "U(0, 3)",
             at_least=-20, at_most=20),
    ] = 1.0  # fmt: skip
    early_exit: Annotated[
        float,
        Spec("What a newcomer's exit hazard has above that of an old hand, relative", "factor", "U(0, 3)",
             at_least=0, at_most=100),
    ] = 1.0  # fmt: skip
    early_exit_half_life_years: Annotated[
        float, Spec("Half-life, over tenure, of a newcomer's excess", "years", "U(.3, 3)", at_least=0.01, at_most=100)
    ] = 1.0
    tenure_mean_years: Annotated[
        float,
        Spec("Mean tenure of people whose hire date is missing (exponential law)", "years", "LN(4, .5)",
             at_least=0.01, at_most=100),
    ] = 4.0  # fmt: skip
    coerced_exit: Annotated[
        float,
        Spec("Exit hazard of the coerced, relative", "factor", "U(1, 1.8)", "[4.14]: sign; assumption: size",
             at_least=0, at_most=100),
    ] = 1.2  # fmt: skip
