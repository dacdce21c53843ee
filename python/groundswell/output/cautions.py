"""What the numbers are not evidence for; shipped with every result that leaves the notebook."""

BEFORE_RELYING = (
    "No experiment links employee advocacy to awareness, pipeline or revenue.",
    "Platform figures (who sees a post, who reacts) drift by tens of percent a year.",
    (
        "How far the audiences of a company's employees overlap is an assumption; how many different people are "
        "reached depends on it."
    ),
)
NOT_EVIDENCE = (
    *BEFORE_RELYING,
    (
        "What happens after the first viewer (reactions that show a post to others, reshares) rests on few published "
        "figures."
    ),
    "No study follows content to hires and back to more sharing; that loop is not simulated here.",
    "Of mandates, and of how much of the content is about the company, only the direction of the effect is known.",
    "Numbers of single employees tell nobody apart where they rest on columns that were drawn and not given.",
)

NOT_SIMULATED = (
    (
        "Employees who are stated to be active keep posting until they leave; people who are invited join, tire, rest "
        "and drop out."
    ),
    "Who leaves the company is not replaced: nobody is hired.",
    "Only the platforms that are on exist, each as a feed of posts: no groups, search, messages, ads or video.",
    "Nobody connects with or follows anybody because of a post.",
    "Sales and hiring are not simulated yet, so no return stands beside the cost.",
    (
        "Intervals of tables hold luck and differences between generated companies (worlds), with every input at its "
        "stated value; what happens when inputs vary is said apart."
    ),
)
