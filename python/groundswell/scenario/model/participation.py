"""How people answer a program: joining, tiring, dropping out, what mandates do. Spec: docs/MODEL.md 2b."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Spec

SIGN_OF_SUPPORT = "[4.22]: sign; assumption: size"
SIGN_OF_COERCION = "[4.14]: sign; assumption: size"


def _weight(what: str, prior: str, source: str = SIGN_OF_SUPPORT) -> Spec:
    return Spec(f"Weight of {what} in the log enrollment rate", "log rate per unit", prior, source,
                at_least=-20, at_most=20)  # fmt: skip


def _weekly(what: str, prior: str = "LN(default, .5)", source: str = "[4.6]", tag: str = "evidence") -> Spec:
    return Spec(what, "events a week", prior, source, tag, at_least=0, at_most=50)


def _share(what: str, prior: str, source: str = "assumption", tag: str = "assumption", unit: str = "share") -> Spec:
    return Spec(what, unit, prior, source, tag, at_least=0, at_most=1)


class Participation(Group):
    """Enrollment, dormancy, motivation, fatigue, coercion. Active advocates know none of it."""

    address = ("participation",)
    enrollment_rate: Annotated[
        float,
        _weekly("Enrollment rate of an invited person, every weighted quantity at its zero", "LN(default, .7)",
                "calibrated: target 18; [4.4] [4.5] [4.6] [4.7]", "chosen in prototypes"),
    ] = 0.025  # fmt: skip
    enroll_satisfaction: Annotated[
        float, _weight("satisfaction less 1/2", "U(.5, 1.5)", "[4.15]: sign; assumption: size")
    ] = 1.0
    enroll_willingness: Annotated[float, _weight("willingness less 1/2", "U(1, 3)")] = 2.0
    enroll_leadership: Annotated[float, _weight("visible leadership (default ln 1.4)", "U(.17, .5)")] = (
        0.33647223662121295
    )
    enroll_peers: Annotated[float, _weight("the active share of the own department", "U(.5, 1.5)")] = 1.0
    enroll_trained: Annotated[float, _weight("training (1 for four hours, at most 2)", "U(.25, .75)")] = 0.5
    enroll_ease: Annotated[float, _weight("ease of the tool", "U(.15, .45)")] = 0.3
    pull_half_life_weeks: Annotated[float, Spec(
        "Half-life of the pull of an invitation on enrollment, from the invitation or the latest relaunch on", "weeks",
        "U(2, 10)", "[4.6]: sign; assumption: size", "assumption", above=0, at_most=1_000)] = 4.0  # fmt: skip
    pull_floor: Annotated[
        float, _share("What is left of the pull of an invitation in the end; 1: it does not fade", "U(.05, .5)",
                      "calibrated: target 18; [4.6]", "chosen in prototypes", unit="factor")
    ] = 0.1  # fmt: skip
    no_guidelines: Annotated[
        float, _share("Enrollment without guidelines, relative", "U(.4, 1)", SIGN_OF_SUPPORT, unit="factor")
    ] = 0.7
    no_champion: Annotated[
        float, _share("Enrollment without a champion, relative", "U(.6, 1)", SIGN_OF_SUPPORT, unit="factor")
    ] = 0.8
    dormancy: Annotated[float, _weekly("Active members who fall dormant, at motivation 1")] = 0.03
    return_rate: Annotated[float, _weekly("Dormant members who come back")] = 0.03
    drop_out: Annotated[float, _weekly("Members who drop out for good, at motivation 1")] = 0.01
    novelty_half_life_weeks: Annotated[
        float,
        Spec("Half-life of the half of motivation that is novelty", "weeks", "U(4, 16)", "[4.6]", "evidence",
             at_least=0.1, at_most=10_000),
    ] = 8.0  # fmt: skip
    recognition_responders: Annotated[
        float, _share("People who respond to recognition", "U(.05, .3)", "[4.12]; calibrated: target 20", "evidence")
    ] = 0.2
    recognition_motivation: Annotated[
        float,
        Spec("Motivation that recognition at strength 1 adds for responders", "motivation", "U(1, 7)",
             "[4.10] [4.11] [4.12]; calibrated: target 20",
             "evidence", at_least=0, at_most=100),
    ] = 2.5  # fmt: skip
    motivation_after_removal: Annotated[
        float,
        _share("What is left of responders' own motivation once recognition is removed", "U(.3, .8)",
               "[4.10]; calibrated: target 20", "evidence"),
    ] = 0.5  # fmt: skip
    feedback: Annotated[
        float,
        Spec("Motivation per log unit of responses relative to expected ones; 0: responses do not motivate",
             "motivation", "U(0, .5)", at_least=0, at_most=10),
    ] = 0.2  # fmt: skip
    money_crowding_out: Annotated[
        float,
        Spec("Change of motivation per unit of money, relative", "share per unit", "U(-.3, 0)",
             "[4.13]: sign of intentions", "evidence", at_least=-1, at_most=1),
    ] = -0.1  # fmt: skip
    access_blocked_posting: Annotated[
        float, _share("Posting where access to social sites is blocked, relative", "U(.2, .8)", unit="factor")
    ] = 0.5
    fatigue_half_life_days: Annotated[
        float, Spec("Half-life of fatigue", "days", "U(7, 30)", at_least=0.1, at_most=10_000)
    ] = 14.0
    fatigue_step: Annotated[
        float, _share("Fatigue that a program post adds, as part of what is left to 1", "U(.02, .1)")
    ] = 0.05
    training_authenticity: Annotated[
        float,
        Spec("Authenticity that training adds (four hours; at most twice that)", "factor", "U(0, .1)",
             SIGN_OF_SUPPORT, at_least=0, at_most=5),
    ] = 0.05  # fmt: skip
    training_own_words: Annotated[
        float,
        _share("Share of program posts in own words that training adds (four hours; at most twice that)", "U(0, .3)",
               SIGN_OF_SUPPORT),
    ] = 0.1  # fmt: skip
    coerced_willingness: Annotated[
        float, _share("Willingness under which a mandated member is coerced", "U(.2, .6)", SIGN_OF_COERCION)
    ] = 0.4
    coerced_authenticity: Annotated[
        float,
        _share(
            "Authenticity of program posts of the coerced, relative",
            "U(.3, .9)",
            SIGN_OF_COERCION,
            unit="factor",
        ),
    ] = 0.6
    coerced_satisfaction: Annotated[
        float, _share("Loss of satisfaction of the coerced", "U(.05, .15)", SIGN_OF_COERCION)
    ] = 0.1
    negative_posts: Annotated[
        float,
        _share("Program posts of the coerced that turn against the company", "U(.005, .05)", "[4.2]; assumption: size",
               unit="probability"),
    ] = 0.02  # fmt: skip
    negative_posts_without_guidelines: Annotated[
        float,
        _share("Program posts that turn against the company for want of taste, without guidelines", "U(0, .002)",
               unit="probability"),
    ] = 0.0005  # fmt: skip
    amplification_reshare: Annotated[
        float, _share("Amplified page posts that are reshared too", "U(.05, .6)", unit="probability")
    ] = 0.2
    amplification_hours: Annotated[
        float,
        Spec("Longest delay of the amplification of a page post (even law)", "hours", "U(2, 24)",
             at_least=0.1, at_most=24),
    ] = 8.0  # fmt: skip
