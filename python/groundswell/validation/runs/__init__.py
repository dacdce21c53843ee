"""What the runs of one world give: the numbers and samples behind the targets, one part of them a module."""
