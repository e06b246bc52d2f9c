"""Many sessions as one: the pure part, from Summaries to what a programme tells."""
