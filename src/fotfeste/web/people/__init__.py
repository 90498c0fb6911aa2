"""People and what they are: accounts, memberships, invitations, sign-in."""
