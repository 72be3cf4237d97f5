"""The JSON Schema of client.yaml, for completion and checks in an editor."""

import json

from mastersync.config.client import ClientConfig


def json_schema() -> str:
    """Return the schema (draft 2020-12) as it is kept in docs/client.schema.json."""
    schema = ClientConfig.model_json_schema()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "mastersync client",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
