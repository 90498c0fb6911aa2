"""What the templates of this app use."""
