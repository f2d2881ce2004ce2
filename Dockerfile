# The image that serves requests and does jobs. Built in one stage, run from another: no compiler, no pip, no development tools.
FROM python:3.13.12-slim-bookworm AS build
COPY requirements.txt requirements-saml.txt requirements-telemetry.txt requirements-mcp.txt requirements-grpc.txt /build/
# docker build --build-arg SAML=yes: with what single sign-on by SAML needs.
ARG SAML=no
# docker build --build-arg TELEMETRY=yes: with what SENTRY_DSN and OTEL_EXPORTER_OTLP_ENDPOINT need.
ARG TELEMETRY=no
# docker build --build-arg MCP=yes: with what `manage.py mcp` needs.
ARG MCP=no
# docker build --build-arg GRPC=yes: with what `manage.py grpc` needs.
ARG GRPC=no
RUN python -m venv --without-pip /venv \
 && install() { python -m pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check --require-hashes -r "$1"; } \
 && install /build/requirements.txt \
 && if [ "$SAML" = yes ]; then install /build/requirements-saml.txt; fi \
 && if [ "$TELEMETRY" = yes ]; then install /build/requirements-telemetry.txt; fi \
 && if [ "$MCP" = yes ]; then install /build/requirements-mcp.txt; fi \
 && if [ "$GRPC" = yes ]; then install /build/requirements-grpc.txt; fi
WORKDIR /app
COPY . ./
# Style sheets and pictures are part of a release.
# hadolint ignore=SC2046
RUN /venv/bin/python -m tools.as_production manage.py collectstatic --noinput \
 && /venv/bin/python -m compileall -q $(/venv/bin/python -m tools.packages) \
 && rm -r tools

FROM python:3.13.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/workix --create-home workix \
 && python -m pip uninstall --yes --quiet --root-user-action ignore pip
COPY --from=build /venv /venv
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=workix.settings \
    WORKIX_ENV=production \
    WORKIX_VAR=/var/lib/workix \
    WORKIX_BIND=0.0.0.0:8000
USER 10001
EXPOSE 8000
# Ready means that the database answers too. The worker serves no requests, and asks otherwise (docker-compose.yml).
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/health/ready'); sys.exit(c.getresponse().status != 200)"]
CMD ["gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi"]
# What it was made of, and not when: the same source gives the same labels (make image).
ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="Workix" \
      org.opencontainers.image.description="A platform of many organizations, each behind a database role of its own" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
