"""The API's frame: who calls, what is denied, how errors and pages look."""
