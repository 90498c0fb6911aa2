"""A whole settlement year in the browser, chapter by chapter; the people and the places are made up for it."""
