"""What the system tells people by reading across apps: start pages, reminders and impact reports."""
