"""Words of the list of measures: what a program adds, and titles for people who do not read identifiers."""
