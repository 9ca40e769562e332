"""Getting about with the keyboard alone."""

from playwright.sync_api import Page

NAME_OF_FOCUSED = """() => {
  const found = document.activeElement;
  if (!found || found === document.body) return null;
  const labels = [...(found.labels ?? [])].map((label) => label.innerText);
  const words = [found.getAttribute("aria-label"), ...labels, found.innerText, found.value].filter(Boolean).join(" ");
  const box = found.getBoundingClientRect();
  const style = getComputedStyle(found);
  const around = getComputedStyle(found.closest("label") ?? found);
  const marked = [style, around].some((one) => one.outlineStyle !== "none" || one.boxShadow !== "none");
  const inside = box.bottom > 0 && box.top < innerHeight;
  return { words, marked, inside };
}"""


def tab_to(page: Page, words: str, *, most: int = 80) -> None:
    """Press Tab until the element with these words has the focus; each stop on the way must show that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(NAME_OF_FOCUSED)
        if focused is None:
            continue
        assert focused["marked"], f"no focus ring on {focused['words']!r}"
        assert focused["inside"], f"the focused element is out of sight: {focused['words']!r}"
        if words in focused["words"]:
            return
    raise AssertionError(f"{most} tabs did not reach {words!r}")
