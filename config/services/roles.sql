-- The four roles of a Telaio database. Run once as superuser; running it again changes nothing.
-- Passwords are set apart from this file (embedded servers have none; deployments take them from secret files).
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'telaio_owner') THEN
    CREATE ROLE telaio_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'telaio_app') THEN
    CREATE ROLE telaio_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'telaio_backup') THEN
    CREATE ROLE telaio_backup LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE BYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'telaio_search') THEN
    CREATE ROLE telaio_search NOLOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE BYPASSRLS;
  END IF;
END
$$;
-- The owner may give functions away to the search role, and never becomes it by itself.
GRANT telaio_search TO telaio_owner WITH INHERIT FALSE, SET TRUE;
