"""Which of a target's paths may be shown in full follows from what is written there."""

import pytest

from mastersync.config.targets import TargetFieldConfig
from mastersync.domain.targets.model import TargetPolicy


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ({"field": "city"}, True),
        ({"field": "date_of_birth"}, False),
        ({"constant": "GB123456789"}, True),
        ({"expression": 'given_name ~ " " ~ surname'}, True),
        ({"expression": '"VAT " ~ (tax_id | upper)'}, False),
        ({"expression": 'city ~ "/" ~ iban'}, False),
    ],
)
def test_a_path_is_open_unless_something_sensitive_goes_into_it(
    said: dict[str, str], *, is_open: bool
) -> None:
    mapping = (TargetFieldConfig.model_validate(said).to_target_field("a.path"),)
    target = TargetPolicy(system="erp", create=True, update=True, mapping=mapping)

    assert ("a.path" in target.open_paths) is is_open
