"""What is offered to fewer than see its owner goes out of the text a search looks in (domain 0.3)."""

from django.db import connection, migrations, models

from core.rules.text import mask_for_search
from core.tenancy.context import write_database_tenant

# As the model's values when this was written.
PARTNERS = 2
FACTS = ("name", "aliases", "place", "province", "subtype", "tax_code", "vat_number", "email")
KEPT_BACK = """
UPDATE stakeholders_asset asset SET is_kept_back = true FROM stakeholders_stakeholder owner
WHERE asset.tenant_id = %(tenant)s AND owner.tenant_id = asset.tenant_id AND owner.id = asset.owner_id
  AND asset.visibility < CASE WHEN owner.kind = 'person' THEN greatest(owner.visibility, %(partners)s) ELSE owner.visibility END
RETURNING owner.id
"""


def take_out_of_search(apps, schema_editor):
    """Write anew the text of everybody who offers something not told to all; a space at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    for tenant_id in apps.get_model("core", "Tenant").objects.order_by("id").values_list("id", flat=True):
        write_database_tenant(str(tenant_id))
        with connection.cursor() as cursor:
            cursor.execute(KEPT_BACK, {"tenant": tenant_id, "partners": PARTNERS})
            owners = {owner_id for (owner_id,) in cursor.fetchall()}
        for owner in apps.get_model("stakeholders", "Stakeholder").objects.filter(tenant_id=tenant_id, pk__in=owners):
            _write_anew(apps, owner)
    write_database_tenant("")


def _write_anew(apps, owner):
    emails = apps.get_model("stakeholders", "ContactPoint").objects.filter(stakeholder_id=owner.pk, kind="email")
    numbers = apps.get_model("stakeholders", "Identifier").objects.filter(stakeholder_id=owner.pk)
    offered = apps.get_model("stakeholders", "Asset").objects.filter(owner_id=owner.pk, is_kept_back=False)
    words = [
        *(getattr(owner, name) for name in FACTS),
        *owner.territories,
        *emails.order_by("id").values_list("value", flat=True),
        *numbers.order_by("id").values_list("value", flat=True),
        *offered.exclude(offered="no").order_by("id").values_list("title", flat=True),
    ]
    # A record merged into another is found by nothing.
    if owner.merged_into_id is None:
        owner.search_text = " ".join(filter(None, map(mask_for_search, words))) or owner.sort_name
        owner.save(update_fields=["search_text"])


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0005_mail_calendar"),
        ("stakeholders", "0008_strengths"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="is_kept_back",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(condition=models.Q(("is_kept_back", True)), fields=["tenant"], name="asset_kept_back"),
        ),
        migrations.RunPython(take_out_of_search, migrations.RunPython.noop),
    ]
