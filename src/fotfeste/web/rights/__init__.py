"""Rights, declared once: which role may do what with which object."""
