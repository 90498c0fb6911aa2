"""The trace: an append-only chain of what was changed and seen, and by whom under a pseudonym."""
