"""Statistics: figures with marks and bounds, the embedded data set, the store and the indicators."""
