"""Searching a register under row-level security, counting it from an index alone, and two facts of an import."""

from django.db import migrations, models

# The tenant is a word of every indexed text, so a search in a small tenant does not walk through the others' rows.
DOCUMENT = "to_tsvector('simple'::regconfig, 'tenant' || tenant_id::text || ' ' || search_text)"
INDEX = f"CREATE INDEX stakeholder_by_words ON stakeholders_stakeholder USING gin ({DOCUMENT}) WITH (fastupdate = off)"

# Text search is not leakproof, so under row-level security no index would serve it. This function stands beside the
# wall instead: it runs as a role nobody can sign in as, compares with current_tenant() itself, and tells ids only.
# Only the index of words is left to the planner: walking the names or the table, which it prefers for frequent words
# and for a register imported a minute ago, reads the words of every row (195 ms against 31 among 100,000).
FUNCTION = f"""
CREATE FUNCTION search_stakeholders(words text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_indexscan = off SET enable_seqscan = off
AS $$
DECLARE
  tenant integer := public.current_tenant();
  wanted tsquery := to_tsquery('simple', (
    SELECT string_agg('''' || translate(word, '''\\', '  ') || ''':*', ' & ') FROM unnest(words) AS word WHERE btrim(word) <> ''
  ));
BEGIN
  IF wanted IS NULL OR numnode(wanted) = 0 THEN
    RETURN;
  END IF;
  wanted := to_tsquery('simple', 'tenant' || tenant::text) && wanted;
  RETURN QUERY
    SELECT id FROM public.stakeholders_stakeholder
    WHERE tenant_id = tenant AND {DOCUMENT} @@ wanted
    ORDER BY sort_name, id
    LIMIT least(most, 10000);
END
$$;
REVOKE ALL ON FUNCTION search_stakeholders(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_stakeholders(text[], integer) TO telaio_app;
GRANT USAGE, CREATE ON SCHEMA public TO telaio_search;
ALTER FUNCTION search_stakeholders(text[], integer) OWNER TO telaio_search;
REVOKE CREATE ON SCHEMA public FROM telaio_search;
GRANT SELECT (id, tenant_id, sort_name, search_text) ON stakeholders_stakeholder TO telaio_search;
"""
DROP = """
REVOKE SELECT (id, tenant_id, sort_name, search_text) ON stakeholders_stakeholder FROM telaio_search;
DROP FUNCTION search_stakeholders(text[], integer);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0001_initial"),
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="stakeholder", name="stakeholder_by_name"),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(fields=["tenant", "sort_name", "id"], include=["visibility"], name="stakeholder_by_name"),
        ),
        migrations.AddField(
            model_name="stakeholderimport", name="mended_count", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="stakeholderimport", name="leaves_out_bad_rows", field=models.BooleanField(default=False)
        ),
        migrations.RunSQL(INDEX, "DROP INDEX stakeholder_by_words"),
        migrations.RunSQL(FUNCTION, DROP),
    ]
