"""Content items: kind, link, deal, call to action, appeal, and what wording does. Spec: docs/MODEL.md 3."""

from __future__ import annotations

from typing import Annotated

from groundswell.scenario.schema.base import Group, Mix, Spec

KINDS = ("story", "product", "press_release", "job", "third_party")


def _share(what: str, prior: str = "±30 %") -> Spec:
    return Spec(what, "share", prior, at_least=0, at_most=1)


def _factor(what: str, rows: str = "[4.16] [4.17] [1.27]", prior: str = "× LN(1, .2)") -> Spec:
    return Spec(what, "factor", prior, f"{rows}: signs; assumption: sizes", at_least=0, at_most=100)


def _authenticity(what: str) -> Spec:
    return Spec(f"Authenticity of {what}", "factor", "±20 %", "[1.14] [1.27]: signs; assumption: sizes",
                at_least=0, at_most=10)  # fmt: skip


_OF_VISIBILITY = "calibrated: target 26; file: facebook_brand_posts"


class ProgramMix(Mix):
    """Kinds of items of the program and of organic company posts; the shares sum to 1."""

    address = ("content", "program_mix")
    story: Annotated[float, _share("Program items that are stories", "Dirichlet, jointly")] = 0.25
    product: Annotated[float, _share("Program items about a product", "Dirichlet, jointly")] = 0.25
    press_release: Annotated[float, _share("Program items that are press releases", "Dirichlet, jointly")] = 0.10
    job: Annotated[float, _share("Program items that are job openings", "Dirichlet, jointly")] = 0.10
    third_party: Annotated[float, _share("Program items by third parties", "Dirichlet, jointly")] = 0.30


class PageMix(Mix):
    """Kinds of the page's posts; the shares sum to 1."""

    address = ("content", "page_mix")
    story: Annotated[float, _share("Page posts that are stories", "Dirichlet, jointly")] = 0.1
    product: Annotated[float, _share("Page posts about a product", "Dirichlet, jointly")] = 0.4
    press_release: Annotated[float, _share("Page posts that are press releases", "Dirichlet, jointly")] = 0.2
    job: Annotated[float, _share("Page posts that are job openings", "Dirichlet, jointly")] = 0.1
    third_party: Annotated[float, _share("Page posts of third-party articles", "Dirichlet, jointly")] = 0.2


class EngageMultiplier(Group):
    """Engagement by kind of item."""

    address = ("content", "engage_multiplier")
    story: Annotated[float, _factor("Engagement with stories")] = 1.2
    product: Annotated[float, _factor("Engagement with product posts")] = 0.85
    press_release: Annotated[float, _factor("Engagement with press releases")] = 0.7
    job: Annotated[float, _factor("Engagement with job openings")] = 0.8
    third_party: Annotated[float, _factor("Engagement with third-party articles")] = 1.0


class ClickMultiplier(Group):
    """Clicks by kind of item."""

    address = ("content", "click_multiplier")
    story: Annotated[float, _factor("Clicks on stories")] = 0.9
    product: Annotated[float, _factor("Clicks on product posts")] = 1.1
    press_release: Annotated[float, _factor("Clicks on press releases")] = 0.9
    job: Annotated[float, _factor("Clicks on job openings")] = 1.3
    third_party: Annotated[float, _factor("Clicks on third-party articles")] = 1.0


class ReshareMultiplier(Group):
    """Reshares by kind of item."""

    address = ("content", "reshare_multiplier")
    story: Annotated[float, _factor("Reshares of stories")] = 1.2
    product: Annotated[float, _factor("Reshares of product posts")] = 0.8
    press_release: Annotated[float, _factor("Reshares of press releases")] = 0.6
    job: Annotated[float, _factor("Reshares of job openings")] = 0.9
    third_party: Annotated[float, _factor("Reshares of third-party articles")] = 1.1


class Content(Group):
    """Supply and law of content items, and what readers make of them."""

    address = ("content",)
    program_mix: ProgramMix = ProgramMix()
    page_mix: PageMix = PageMix()
    link_share: Annotated[float, _share("Items with a link")] = 0.6
    deal_share: Annotated[float, _share("Items that offer a deal")] = 0.05
    call_to_action_share: Annotated[float, _share("Items with a call to action")] = 0.2
    own_words: Annotated[float, _share("Program posts written in the author's own words")] = 0.5
    organic_own_words: Annotated[
        float, _share("Organic company posts written in the author's own words", "U(.7, 1)")
    ] = 1.0
    items_per_week: Annotated[
        float, Spec("Program items offered a week", "items a week", "U(2, 20)", at_least=0.01, at_most=1_000)
    ] = 5.0
    item_life_days: Annotated[
        int, Spec("How long an item is offered", "days", "U(7, 60)", at_least=1, at_most=365, count=True)
    ] = 28
    appeal_engage_log_sd: Annotated[
        float,
        Spec(
            "Log-sd of an item's appeal for engagement and clicks (mean 1)",
            "log-sd",
            "U(.5, 1)",
            "prototypes",
            "chosen in prototypes",
            at_least=0,
            at_most=3,
        ),
    ] = 0.78
    appeal_reshare_log_sd: Annotated[
        float,
        Spec(
            "Log-sd of an item's appeal for reshares (mean 1)",
            "log-sd",
            "U(1.2, 2.2)",
            "prototypes: target 5; calibrated: target 4",
            "chosen in prototypes",
            at_least=0,
            at_most=3,
        ),
    ] = 1.8
    appeal_correlation: Annotated[
        float,
        Spec(
            "Correlation of the log appeals for engagement and for reshares",
            "correlation",
            "U(.4, .9)",
            "prototypes",
            "chosen in prototypes",
            at_least=-1,
            at_most=1,
        ),
    ] = 0.7
    appeal_visibility_log_sd: Annotated[
        float,
        Spec(
            "Log-sd of how widely a feed spreads an employee's post, compared with the others (mean 1)",
            "log-sd",
            "U(.8, 1.6)",
            _OF_VISIBILITY,
            "chosen in prototypes",
            at_least=0,
            at_most=2,
        ),
    ] = 1.2
    appeal_visibility_page_log_sd: Annotated[
        float,
        Spec(
            "The same of the page's posts",
            "log-sd",
            "U(.7, 1.5)",
            _OF_VISIBILITY,
            "chosen in prototypes",
            at_least=0,
            at_most=2,
        ),
    ] = 1.1
    appeal_visibility_correlation: Annotated[
        float,
        Spec(
            "Correlation of the log appeals for visibility and for engagement per view",
            "correlation",
            "U(-.95, -.4)",
            _OF_VISIBILITY,
            "chosen in prototypes",
            at_least=-1,
            at_most=1,
        ),
    ] = -0.8
    engage_multiplier: EngageMultiplier = EngageMultiplier()
    click_multiplier: ClickMultiplier = ClickMultiplier()
    reshare_multiplier: ReshareMultiplier = ReshareMultiplier()
    deal_engage: Annotated[float, _factor("Engagement with a deal", "[4.17] [1.27]")] = 0.85
    deal_click: Annotated[float, _factor("Clicks on a deal", "[4.17] [1.27]")] = 1.4
    deal_reshare: Annotated[float, _factor("Reshares of a deal", "[4.17] [1.27]")] = 0.7
    call_to_action_engage: Annotated[float, _factor("Engagement with a call to action")] = 0.9
    call_to_action_click: Annotated[float, _factor("Clicks on a call to action")] = 1.5
    authenticity_own_story: Annotated[float, _authenticity("a story in own words")] = 1.2
    authenticity_own_words: Annotated[float, _authenticity("any other post in own words")] = 1.0
    authenticity_press_release: Annotated[float, _authenticity("a verbatim press release")] = 0.65
    authenticity_verbatim: Annotated[float, _authenticity("any other verbatim post")] = 0.8
