"""The shared workspace: a Django project that shows, stores and guards, and computes nothing itself."""
