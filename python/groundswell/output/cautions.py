"""What the numbers are not evidence for; shipped with every result that leaves the notebook."""

NOT_EVIDENCE = (
    "No experiment links employee advocacy to awareness, pipeline or revenue.",
    "Platform figures (who sees a post, who reacts) drift by tens of percent a year.",
    "How far the audiences of a company's employees overlap is an assumption.",
    "What later hops add rests on few published figures; sizes of cascades are tuned to them (docs/PARAMETERS.md).",
    "No study closes the loop from content to hires to advocates; the loop is not simulated here.",
    "Mandates and the mix of content are known in sign only.",
    "Values per person that rest on imputed columns do not distinguish people.",
)

NOT_SIMULATED = (
    "Active advocates keep posting as long as they are employed: only people who are invited join, tire and drop out.",
    "Seats of people who leave stay empty: nobody is hired.",
    "Platforms that are off do not exist; each is a feed of posts: no groups, search, messages, ads or video.",
    "Ties do not change within a run: nobody connects with or follows anybody because of a post.",
    "Sales and hiring are not simulated yet; costs are those of the program alone.",
    "Intervals of tables hold luck and worlds; inputs are at their stated values, and drawn apart from them.",
)
