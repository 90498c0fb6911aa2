"""Running an installation: backup, restore, checks, health, metrics, logs."""
