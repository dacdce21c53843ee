"""How the columns of a table become fields: cells, stated transformations, words of headers, what looks odd."""
