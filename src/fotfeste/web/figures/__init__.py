"""New figures from the sources: fetched or handed in, looked at, and approved or put aside by a person."""
