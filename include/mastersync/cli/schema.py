"""``mastersync schema``: the JSON Schema of client.yaml."""

import typer

from mastersync.config.json_schema import json_schema


def schema() -> None:
    """Print the JSON Schema of client.yaml, for completion in your editor.

    The sample clients name docs/client.schema.json in their first line; renew it with:
    mastersync schema > docs/client.schema.json
    """
    typer.echo(json_schema(), nl=False)
