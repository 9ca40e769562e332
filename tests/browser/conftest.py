from tests.browser.fixtures import demo, language, page_as, say, space_slug, windows

__all__ = ["demo", "language", "page_as", "say", "space_slug", "windows"]
