"""Programs that compile public statistics into the embedded data set."""
