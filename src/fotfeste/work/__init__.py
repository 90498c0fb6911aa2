"""The rules of the work itself: stages of a round, deadlines, calendar files, tasks, drafts; pure values and functions."""
