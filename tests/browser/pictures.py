"""Pictures of every page, for people to look at: ``python -m tests.browser.pictures OUT_DIR``.

Each page of each person is taken at 390 px in light and 1280 px in dark in one language, the other way round in the
other, and put together on sheets of six. ``TELAIO_RUNNING_DEMO`` names the data folder of a demo that runs.
"""

import argparse
import os
import re
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

import django
from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright

SIZES = {"it": ((1280, "light"), (390, "dark")), "en": ((390, "light"), (1280, "dark"))}
TALLEST, HEIGHTS = 2600, {1280: 900, 390: 844}
# Columns, rows, and how wide and tall a picture is at most.
PER_SHEET = {1280: (3, 2, 640, 700), 390: (6, 1, 300, 1300)}


def name_of(route: str) -> str:
    """A route as a file name."""
    plain = re.sub(r"<\w+:(\w+)>", r"\1", route.removeprefix("/s/<slug:tenant>"))
    return re.sub(r"[^\w]+", "-", plain).strip("-") or "start"


def take(page: Page, url: str, target: Path, *, width: int, theme: str) -> Path:
    """One picture, as long as the page but no longer than three screens."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": max(tall, 300)})
    return target


def sheets(pictures: list[Path], out: Path, *, width: int, name: str) -> Iterator[Path]:
    """Several pictures on one, each with its name."""
    columns, rows, wide, tall = PER_SHEET[width]
    for number, batch in enumerate(batched(pictures, columns * rows)):
        small = [Image.open(path).convert("RGB") for path in batch]
        for picture in small:
            picture.thumbnail((wide, 100_000))
        lines = [small[at : at + columns] for at in range(0, len(small), columns)]
        depths = [min(max(picture.height for picture in line), tall) + 24 for line in lines]
        sheet = Image.new("RGB", (columns * (wide + 10), sum(depths)), "#888")
        for place, picture in enumerate(small):
            left, top = place % columns * (wide + 10), sum(depths[: place // columns])
            sheet.paste(picture.crop((0, 0, wide, min(picture.height, tall))), (left, top + 18))
            ImageDraw.Draw(sheet).text((left + 4, top + 3), batch[place].stem, fill="white")
        target = out / f"sheet-{name}-{number}.png"
        sheet.save(target)
        yield target


def main() -> None:
    """Take all pictures into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="a person, such as coordinator or public")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.browser.people import PEOPLE, PUBLIC, Explorer
    from tests.browser.running_demo import start_demo
    from tests.browser.windows import Windows, open_chromium
    from tests.browser.words import SPACE

    demo = start_demo()
    try:
        with sync_playwright() as playwright:
            windows = Windows(open_chromium(playwright), demo.base_url, demo.signed_in)
            explorer = Explorer(demo, windows)
            for language, who in PEOPLE:
                if options.only and who != options.only:
                    continue
                account = None if who == PUBLIC else demo.account(who, SPACE[language])
                with windows.window(account=account, language=language) as page:
                    for width, theme in SIZES[language]:
                        folder = options.out / f"{who}-{language}-{width}-{theme}"
                        folder.mkdir(parents=True, exist_ok=True)
                        taken = [
                            take(page, url, folder / f"{name_of(route)}.png", width=width, theme=theme)
                            for route, url in sorted(explorer.pages(language, who).items())
                        ]
                        list(sheets(taken, options.out, width=width, name=folder.name))
    finally:
        if demo.launcher:
            demo.stop()


if __name__ == "__main__":
    main()
