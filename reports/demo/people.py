"""Bringing in a demo space: tenant, organisations, people and accounts."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress

from core.access.roles import Role
from core.models import Tenant, User
from core.operations.membership import grant_role
from core.operations.tenant import create_tenant
from core.queries.tenant import root_scope
from core.rules.text import mask_for_search
from partnerships.models import Partnership, PartnershipMember
from reports.demo.story import Account, Space
from stakeholders.models import Affiliation, Stakeholder, StakeholderMap
from stakeholders.operations.stakeholder import add_person_to_organisation, add_stakeholder, change_stakeholder

# The demo runs on one machine and says its passwords on the screen.
PASSWORD = "telaio demo space"  # noqa: S105 - meant to be known


@dataclass
class Cast:
    """Who is who in a space being brought in."""

    space: Space
    tenant: Tenant
    coordinator: User
    deputy: User
    evaluator: User
    organisations: dict[str, Stakeholder] = field(default_factory=dict)
    people: dict[str, Stakeholder] = field(default_factory=dict)
    heads: dict[str, Stakeholder] = field(default_factory=dict)
    members: dict[tuple[str, str], PartnershipMember] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    # The map of who matters that belongs to a partnership, by its slug.
    maps: dict[str, StakeholderMap] = field(default_factory=dict)
    accounts: list[dict[str, str]] = field(default_factory=list)

    def who_commits(self, organisation: str) -> Stakeholder:
        """The person who may commit for an organisation."""
        return self.heads.get(organisation) or self.people[organisation]


def address(name: str, space: Space) -> str:
    """A person's invented address, under the top-level domain reserved for examples (RFC 2606)."""
    return f"{mask_for_search(name).replace(' ', '.')}@{space.slug}.example"


def make_user(account: Account, space: Space) -> User:
    """The account of a person of the demo."""
    email = address(account.name, space)
    if found := User.objects.filter(email=email).first():
        return found
    user = User.objects.create_user(email, PASSWORD, name=account.name, language=space.language)
    # Whoever starts the demo vouches for the invented addresses.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def found_space(space: Space) -> tuple[Tenant, dict[str, User]]:
    """Create the tenant with its accounts; returns them by role."""
    users = {account.role: make_user(account, space) for account in space.accounts}
    tenant = create_tenant(
        name=space.name,
        slug=space.slug,
        by=users["tenant_admin"],
        admin=users["tenant_admin"],
        about=space.about,
        default_language=space.language,
        brand_colour=space.colour,
        time_zone=space.time_zone,
        currency=space.currency,
        contact_email=f"ciao@{space.slug}.example" if space.language == "it" else f"hello@{space.slug}.example",
    )
    return tenant, users


def bring_in_people(cast: Cast, users: dict[str, User]) -> None:
    """Organisations with the people who speak for them, roles that hold everywhere, and links to accounts."""
    for org in cast.space.organisations:
        cast.organisations[org.key] = add_stakeholder(
            name=org.name,
            sector=org.sector,
            subtype=org.subtype,
            place=org.place,
            language=cast.space.language,
            by=cast.coordinator,
        )
        if org.person:
            cast.people[org.key] = _bring_in_person(cast, org.key, org.person)
        if org.head:
            cast.heads[org.key] = _bring_in_person(cast, org.key, org.head)
    for account in cast.space.accounts:
        if not account.partnership and account.role != Role.TENANT_ADMIN:
            grant_role(user=users[account.role], role=Role(account.role), scope=root_scope(), by=None)
        if account.organisation:
            change_stakeholder(stakeholder=cast.people[account.organisation], by=None, user=users[account.role])
            cast.people[account.organisation].refresh_from_db()
        cast.accounts.append(
            {
                "tenant": cast.tenant.slug,
                "role": account.role,
                "name": account.name,
                "email": users[account.role].email,
                "password": PASSWORD,
                "start_url": f"/s/{cast.tenant.slug}/",
            }
        )


def _bring_in_person(cast: Cast, organisation: str, name: str) -> Stakeholder:
    affiliation: Affiliation = add_person_to_organisation(
        organisation=cast.organisations[organisation], name=name, email=address(name, cast.space), by=cast.coordinator
    )
    person: Stakeholder = affiliation.person
    change_stakeholder(stakeholder=person, by=None, language=cast.space.language)
    return person
