"""SMART goals: what shall change, for whom, by when, and the milestones on the way."""
