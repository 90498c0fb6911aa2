"""The weighing of a round: every version of what people chose, none of them overwritten."""
