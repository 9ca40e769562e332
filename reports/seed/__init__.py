"""Many rows quickly, for measurements: the database writes them itself, as the app role and inside each tenant."""
