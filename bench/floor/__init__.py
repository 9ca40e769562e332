"""The floor: what a bare Django project costs for the same kind of page under the same walls."""
