"""Which needs residents speak of, and how many messages say so."""

from core.access.viewer import Viewer
from core.rules.bilingual import spoken
from core.web.space import space_url
from engagement.models import Theme
from engagement.queries.theme import theme_list
from goals.models import Need
from goals.queries.need import needs_visible_to
from goals.voices import Voice


def voices_of_need(viewer: Viewer, need: Need) -> list[Voice]:
    """The themes a viewer may read in which residents speak of a need; spam and what was taken back do not count."""
    slug = need.partnership.slug
    return [
        Voice(
            spoken(theme, "heard"),
            space_url("theme_detail", slug=slug, theme_id=theme.pk),
            theme.voices,  # type: ignore[attr-defined]  # annotated by theme_list
        )
        for theme in theme_list(viewer, need.partnership).filter(need_links__need=need)
    ]


def needs_of_theme(viewer: Viewer, theme: Theme) -> list[Need]:
    """The needs residents speak of in a theme, as far as a viewer sees them."""
    return list(needs_visible_to(viewer).filter(theme_links__theme=theme))


def needs_to_tie(viewer: Viewer, theme: Theme) -> list[tuple[Need, bool]]:
    """The needs of the theme's partnership that a viewer sees, each with whether the theme speaks of it."""
    chosen = set(theme.need_links.values_list("need_id", flat=True))
    rows = needs_visible_to(viewer).filter(partnership=theme.partnership_id)
    return [(need, need.pk in chosen) for need in rows]
