"""Are these rows one person? Standardise, candidates, compare, weigh, cluster, explain (design: the matcher)."""
