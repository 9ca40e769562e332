"""What a kit is made of."""

from dataclasses import dataclass

from core.rules.bilingual import spoken


@dataclass(frozen=True)
class KitRole:
    """A part an organisation or person plays."""

    code: str
    name_en: str
    name_it: str

    @property
    def name(self) -> str:
        """The role in the page's language."""
        return spoken(self, "name")


@dataclass(frozen=True)
class KitTask:
    """A task with its days counted from the start of the partnership; negative ones come before it."""

    code: str
    title_en: str
    title_it: str
    due: int
    starts: int | None = None


@dataclass(frozen=True)
class KitClause:
    """A clause of the agreement; ``{name}``, ``{purpose}`` and ``{territory}`` are filled in its text."""

    title_en: str
    title_it: str
    text_en: str
    text_it: str


@dataclass(frozen=True)
class Kit:
    """A template of a partnership. ``version`` grows with every change of its content (R-P2)."""

    code: str
    version: int
    name_en: str
    name_it: str
    sentence_en: str
    sentence_it: str
    roles: tuple[KitRole, ...] = ()
    tasks: tuple[KitTask, ...] = ()
    clauses: tuple[KitClause, ...] = ()
    is_light: bool = False

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return spoken(self, "name")

    @property
    def sentence(self) -> str:
        """When to use it, in the page's language."""
        return spoken(self, "sentence")
