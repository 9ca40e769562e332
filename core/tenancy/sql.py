"""The function row-level security compares with, as text for core's first migration."""

# STABLE lets one InitPlan answer for a whole statement; raising makes a forgotten tenant an error, never "0 rows".
CURRENT_TENANT_SQL = """
CREATE FUNCTION current_tenant() RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE tenant text := pg_catalog.current_setting('app.tenant_id', true);
BEGIN
  IF tenant IS NULL OR tenant = '' THEN
    RAISE EXCEPTION 'no tenant is set' USING ERRCODE = '42501';
  END IF;
  RETURN tenant::integer;
END
$$;
REVOKE ALL ON FUNCTION current_tenant() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_tenant() TO telaio_app, telaio_backup, telaio_search;
"""
DROP_CURRENT_TENANT_SQL = "DROP FUNCTION current_tenant()"
