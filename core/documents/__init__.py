"""Documents made from HTML (PDF/UA-1) and from Markdown.

Importing this package must not import Django: the child process that renders starts from it and has to start fast.
"""
