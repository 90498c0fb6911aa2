"""The real settings, for processes of their own: the data folder and the database come from the environment."""

from fotfeste.web.project.settings import *  # noqa: F403
