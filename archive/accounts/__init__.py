"""Who may do what: roles, the login, the second factor, and how long a session lasts."""
