"""Three walls between tenants: the manager, row-level security, and composite foreign keys (docs/adr/0002)."""
