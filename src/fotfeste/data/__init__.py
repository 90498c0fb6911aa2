"""The embedded data set; built by the programs in `tools/`."""
