# One image for every service: Airflow with mastersync installed, its DAGs, plugins and SQL.
FROM python:3.11-slim-bookworm

# Airflow's own images use this user and this group, so that mounted directories keep working.
RUN useradd --uid 50000 --gid 0 --create-home --home-dir /home/airflow airflow

WORKDIR /opt/mastersync
ENV AIRFLOW_HOME=/opt/airflow \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    PATH=/opt/venv/bin:$PATH \
    VIRTUAL_ENV=/opt/venv

COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir uv \
    && uv pip sync --no-cache --require-hashes requirements.lock

COPY pyproject.toml README.md ./
COPY include include
COPY dags dags
COPY plugins plugins
RUN uv pip install --no-cache --no-deps --editable . \
    && install --directory --owner=airflow --group=0 --mode=0775 \
        /opt/airflow /opt/airflow/logs /var/lib/mastersync

USER 50000:0
CMD ["mastersync", "--help"]
