"""Who may do what: permissions, roles as named sets of permissions, and the viewer of a request."""
