"""The two narrow ways in which history may lose something: a person erased on request, and what is old."""

from django.db import migrations

# The app role may only add to history. These run as the owner of the tables, who is held by the same wall: they reach
# the tenant at work and nothing else. Both refuse what would make history a thing that can be tidied up.
FORGET_PERSON = """
CREATE FUNCTION forget_person_in_audit(person uuid, subjects uuid[], words text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE touched integer;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public.core_erasure WHERE tenant_id = public.current_tenant() AND person_id = person
  ) THEN
    RAISE EXCEPTION 'no erasure of this person is written down' USING ERRCODE = '42501';
  END IF;
  UPDATE public.core_auditevent SET subject_label = '', changes = '{}'
  WHERE tenant_id = public.current_tenant()
    AND (subject_label <> '' OR changes <> '{}')
    AND (subject_id = ANY (subjects) OR subject_label ILIKE ANY (words) OR changes::text ILIKE ANY (words));
  GET DIAGNOSTICS touched = ROW_COUNT;
  RETURN touched;
END
$$;
REVOKE ALL ON FUNCTION forget_person_in_audit(uuid, uuid[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_person_in_audit(uuid, uuid[], text[]) TO telaio_app;
"""
# Whatever it is asked, six months stay (Garante, 27 November 2008).
FORGET_OLD = """
CREATE FUNCTION forget_old_audit(until timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE gone integer;
BEGIN
  DELETE FROM public.core_auditevent
  WHERE tenant_id = public.current_tenant() AND at < least(until, now() - interval '183 days');
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION forget_old_audit(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_old_audit(timestamptz) TO telaio_app;
"""


class Migration(migrations.Migration):

    replaces = [
        ("core", "0004_erasures"),
    ]

    dependencies = [
        ("core", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(FORGET_PERSON, "DROP FUNCTION forget_person_in_audit(uuid, uuid[], text[])"),
        migrations.RunSQL(FORGET_OLD, "DROP FUNCTION forget_old_audit(timestamptz)"),
    ]
