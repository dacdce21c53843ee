"""Generated companies and audiences: the cache of them, who a rule picks, how audiences overlap."""
