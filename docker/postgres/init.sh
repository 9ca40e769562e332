#!/bin/sh
# Run once by the Postgres image on an empty volume: the four roles, their passwords from secret files, the database.
set -eu
secrets=${SECRETS_FOLDER:-/run/secrets}
roles=${ROLES_FILE:-/telaio/roles.sql}

psql --no-psqlrc --set ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres <<SQL
\i $roles
\set owner_password \`cat $secrets/owner_password\`
\set app_password \`cat $secrets/app_password\`
\set backup_password \`cat $secrets/backup_password\`
ALTER ROLE telaio_owner PASSWORD :'owner_password';
ALTER ROLE telaio_app PASSWORD :'app_password';
ALTER ROLE telaio_backup PASSWORD :'backup_password';
SELECT 'CREATE DATABASE telaio OWNER telaio_owner TEMPLATE template0 ENCODING ''UTF8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'telaio') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE telaio FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE telaio TO telaio_app;
GRANT CONNECT ON DATABASE telaio TO telaio_backup;
SQL
