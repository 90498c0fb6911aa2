"""Long work in the background: one interface to submit, follow, cancel."""
