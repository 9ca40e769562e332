"""Which tests share a worker, and with it what is costly to start; what is slow begins first."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# Folders and files whose tests stay together, in the order they begin and stand; other tests stay with their file.
TOGETHER = {
    # Each of these two shares a demo: what changes it, and what looks at all of it before it is spoilt.
    "journeys": ("tests/conformance/test_demo_report.py", "tests/journeys/"),
    "browser": ("tests/browser/", "tests/conformance/test_api_fuzz.py"),
    "deployment": ("tests/deployment/",),
}
# Files of few tests that take long: each test goes where there is room, early.
APART = tuple(f"tests/architecture/test_{name}.py" for name in ("matrix", "opening", "canaries", "foreign_choices"))


def scope_of(nodeid: str) -> str:
    """The name tests share that run one after another on one worker."""
    path = nodeid.partition("::")[0]
    if path in APART:
        return nodeid
    return next((name for name, places in TOGETHER.items() if path.startswith(places)), path)


def place_in_line(nodeid: str) -> int:
    """Where a test stands among those that stay together; others keep their places before them."""
    path = nodeid.partition("::")[0]
    line = [place for places in TOGETHER.values() for place in places]
    return next((number for number, place in enumerate(line, 1) if path.startswith(place)), 0)


def turn_of(scope: str) -> int:
    """When tests of this name begin: the lower the earlier."""
    names = [*TOGETHER]
    if scope in names:
        return names.index(scope)
    return len(names) + (not scope.startswith(APART))


class Scheduling(LoadScopeScheduling):
    """Hands out tests by these names.

    Written here because the marks the library has for it are lost between its present version and that of pytest: a
    test's id no longer takes the group's name, and each worker started a demo of its own.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=turn_of), last=False)
        super()._assign_work_unit(node)
