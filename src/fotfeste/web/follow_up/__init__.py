"""What became of a recommendation: requests, council decisions, settlement so far, and what needs attention."""
