"""``mastersync migrate``: the store's schema, its roles, and the clients that it knows."""

import typer

from mastersync.config.settings import Settings, load_settings


def migrate() -> None:
    """Bring the store up to date: schema, roles, and a login role for every client folder.

    `mastersync up` does it by itself; elsewhere run it after each update and each new client.

    \b
    Example:
      MASTERSYNC_STORE_URL=postgresql+psycopg://admin:...@db/mastersync mastersync migrate
    """
    settings = load_settings()
    from mastersync.wiring.stores import store_url

    clients = prepare_store(settings, admin_url=store_url(settings))
    typer.echo(f"The store is up to date; it knows {len(clients)} client(s).")


def prepare_store(settings: Settings, *, admin_url: str) -> list[str]:
    """Migrate, then register every client folder; returns the clients. Safe to run again."""
    from mastersync.store import migrate as migrations
    from mastersync.wiring.stores import register_all

    migrations.migrate(admin_url=admin_url, secret_key=settings.key)
    return register_all(settings)
