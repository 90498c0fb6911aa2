"""The tag library ``fotfeste``."""
