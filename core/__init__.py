"""Tenancy, people and roles, audit, files, jobs, mail, documents and the web kit: what every other app stands on."""
