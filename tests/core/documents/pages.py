"""HTML and pictures for the tests of this folder."""

import io

import PIL.Image


def page(body: str, *, head: str = "", lang: str = ' lang="it"', title: str = "<title>Prova</title>") -> str:
    return f"<!doctype html><html{lang}><head><meta charset='utf-8'>{title}{head}</head><body>{body}</body></html>"


def _pixel() -> bytes:
    target = io.BytesIO()
    PIL.Image.new("RGB", (3, 3), (10, 120, 90)).save(target, "PNG")
    return target.getvalue()


PIXEL = _pixel()
