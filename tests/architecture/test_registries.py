import re

from tests.architecture.messages import APPS, ROOT

DEFINED = re.compile(r"^def (register_(?!own\b)\w+|job)\(", re.MULTILINE)
LISTED = re.compile(r"^\| `([a-z_.]+)` \|", re.MULTILINE)


def test_readme_lists_every_registry():
    defined = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".registry")
            defined |= {f"{module}.{name}" for name in DEFINED.findall(path.read_text())}
    listed = {name for name in LISTED.findall((ROOT / "README.md").read_text()) if "." in name}
    assert listed == defined
