# One image for web, worker and beat: docker-compose.yml says which process each container runs.
FROM python:3.13-slim-trixie

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
# Libraries of WeasyPrint, and the programs of manage.py backup (as new as the server in docker-compose.yml).
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 portal

WORKDIR /portal
COPY requirements.txt requirements-node.txt package.json package-lock.json ./
COPY bin ./bin
# First what rarely changes: packages, cached by Docker as long as the hashed lists stay the same.
RUN python bin/install.py --only-packages
COPY . .
RUN python bin/install.py --no-debian \
 && PRODUCTION=1 ALLOWED_HOSTS=build SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built \
    STATIC_ROOT=/portal/staticfiles .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf node_modules \
 && mkdir -p /data && chown portal:portal /data

ENV PATH=/portal/.venv/bin:$PATH PRODUCTION=1 STATIC_ROOT=/portal/staticfiles \
    VAR_DIR=/data/var MEDIA_ROOT=/data/files XDG_CACHE_HOME=/tmp PORT=8000
USER portal
VOLUME /data
EXPOSE 8000
CMD ["honcho", "start", "web"]
