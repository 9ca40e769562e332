"""Finding what is offered beside row-level security, as stakeholders are found (docs/adr/0004)."""

from django.db import migrations

DOCUMENT = "to_tsvector('simple'::regconfig, replace(' ' || search_text, ' ', ' t' || tenant_id::text || 'x'))"
INDEX = f"CREATE INDEX asset_by_words ON stakeholders_asset USING gin ({DOCUMENT}) WITH (fastupdate = off)"

# As ``search_stakeholders``: compares with current_tenant() itself, tells ids only, and looks in indexes alone. Without
# words it tells all of a kind; what is refused is never told.
FUNCTION = f"""
CREATE FUNCTION search_assets(words text[], of_kind text, every boolean, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_seqscan = off
AS $$
DECLARE
  tenant integer := public.current_tenant();
  wanted tsquery := to_tsquery('simple', (
    SELECT string_agg(
      '''' || 't' || tenant::text || 'x' || translate(word, '''\\', '  ') || ''':*',
      CASE WHEN every THEN ' & ' ELSE ' | ' END
    )
    FROM unnest(words) AS word WHERE btrim(word) <> ''
  ));
BEGIN
  IF wanted IS NULL OR numnode(wanted) = 0 THEN
    RETURN QUERY
      SELECT id FROM public.stakeholders_asset
      WHERE tenant_id = tenant AND kind = of_kind AND offered <> 'no'
      ORDER BY CASE offered WHEN 'yes' THEN 0 WHEN 'maybe' THEN 1 ELSE 2 END, id DESC
      LIMIT least(most, 10000);
    RETURN;
  END IF;
  RETURN QUERY
    SELECT id FROM public.stakeholders_asset
    WHERE tenant_id = tenant AND {DOCUMENT} @@ wanted AND (of_kind = '' OR kind = of_kind) AND offered <> 'no'
    ORDER BY CASE offered WHEN 'yes' THEN 0 WHEN 'maybe' THEN 1 ELSE 2 END, id DESC
    LIMIT least(most, 10000);
END
$$;
REVOKE ALL ON FUNCTION search_assets(text[], text, boolean, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_assets(text[], text, boolean, integer) TO telaio_app;
GRANT USAGE, CREATE ON SCHEMA public TO telaio_search;
ALTER FUNCTION search_assets(text[], text, boolean, integer) OWNER TO telaio_search;
REVOKE CREATE ON SCHEMA public FROM telaio_search;
GRANT SELECT (id, tenant_id, kind, offered, search_text) ON stakeholders_asset TO telaio_search;
"""
DROP = """
REVOKE SELECT (id, tenant_id, kind, offered, search_text) ON stakeholders_asset FROM telaio_search;
DROP FUNCTION search_assets(text[], text, boolean, integer);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("stakeholders", "0004_reach_of_partnerships"),
    ]

    operations = [
        migrations.RunSQL(INDEX, "DROP INDEX asset_by_words"),
        migrations.RunSQL(FUNCTION, DROP),
    ]
