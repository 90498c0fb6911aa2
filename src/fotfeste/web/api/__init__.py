"""The open pages as data: a documented, versioned API."""
