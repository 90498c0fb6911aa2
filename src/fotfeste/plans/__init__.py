"""What plans say: documents to passages, search, codes, coverage, and what is forgotten; no figures, no server."""
