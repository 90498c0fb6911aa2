"""The yearly meeting with each municipality: what to ask, chosen from figures and replies, and what was heard."""
