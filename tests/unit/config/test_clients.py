import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
import yaml

from mastersync.config.clients import load_client, policy_version
from mastersync.config.json_schema import json_schema
from mastersync.config.rules import client_rules
from mastersync.config.schedules import list_clients
from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.release import ReleaseRules
from mastersync.domain.golden.model import BlankPolicy
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, line_of, write_client

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES = PROJECT / "include" / "clients"


def mistakes(tmp_path, text):
    with pytest.raises(ConfigError) as caught:
        load_client(write_client(tmp_path, text))
    return caught.value.facts["mistakes"]


def test_a_guard_set_to_zero_lets_nothing_through(tmp_path):
    zero = "guards: { max_updates: 0, max_creates: 0, max_mails: 0, max_money: 0 }"
    text = GOOD.replace("guards: { max_updates: 10, max_creates: 0, max_mails: 0 }", zero)

    guards = client_rules(load_client(write_client(tmp_path, text))).guards

    assert (guards.max_updates, guards.max_money, guards.max_clears) == (0, 0, None)


def test_a_client_says_what_may_leave_when(tmp_path):
    text = GOOD.replace(
        "guards: { max_updates: 10,",
        "release: approve\nhold: { push: 15 }\n"
        "guards: { targets: { crm: { max_creates: 0 } }, max_updates: 10,",
    )

    rules = client_rules(load_client(write_client(tmp_path, text)))

    assert (rules.release.policy, rules.release.delivers) == ("approve", True)
    assert rules.release.hold[EffectKind.PUSH] == timedelta(minutes=15)
    assert rules.guards.targets["crm"].max_creates == 0
    assert client_rules(load_client(write_client(tmp_path))).release == ReleaseRules(
        hold=dict.fromkeys(EffectKind, timedelta(0))
    )


def test_a_good_client_becomes_rules(tmp_path):
    rules = client_rules(load_client(write_client(tmp_path)))

    assert rules.client_id == "acme"
    assert rules.systems["crm"].mapping == {
        "name": "name",
        "email": "mail",
        "payment_terms": "terms",
    }
    assert rules.survivorship.rule_for("address").trust == ("shop",)
    assert rules.survivorship.rule_for("name").trust == ("crm", "shop")
    assert rules.targets.keys() == {"crm"}
    assert rules.tables["terms"] == {"NET30": "N30"}
    assert rules.guards.max_updates == 10
    assert (rules.credit, rules.confirmation) == (None, None)
    by_path = {field.path: field for field in rules.targets["crm"].mapping}
    assert by_path["label"].expression({"name": "Acme"}) == "ACME"
    assert by_path["name"].max_length == 40


def test_survivorship_in_depth_becomes_a_policy(tmp_path):
    text = GOOD.replace(
        "  trust: [crm, shop]\n",
        "  trust: [crm, shop, customer]\n"
        "  blanks: clear_if_trusted\n"
        "  confirmed_for_days: 700\n"
        "  confirmed_for_days_by_segment: { gold: 90 }\n",
        1,
    ).replace(
        "address: { trust: [shop] }",
        "address: { trust: [shop], on_conflict: ticket, confirmed_for_days: 365, blanks: ignore }\n"
        "    bank: { on_conflict: ticket, conflict_between: [crm, shop] }",
    )

    policy = client_rules(load_client(write_client(tmp_path, text))).survivorship

    assert policy.rule_for("name").blanks is BlankPolicy.CLEAR_IF_TRUSTED
    assert policy.rule_for("address").blanks is BlankPolicy.IGNORE
    assert policy.rule_for("address").conflict_between == ("shop",)
    assert policy.rule_for("bank").conflict_between == ("crm", "shop")
    assert policy.rule_for("name").conflict_between == ()
    assert policy.confirmed_days("phone", segment="GOLD") == 90
    assert policy.confirmed_days("phone", segment="OTHER") == 700
    assert policy.confirmed_days("address", segment="GOLD") == 365


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (
            ("      email: mail", "      emial: mail"),
            "systems.crm.fields.emial",
            ("there is no field 'emial'.", "Did you mean 'email'?"),
        ),
        (
            ("client_id: acme", "client_id: acne"),
            "client_id",
            ("the folder is called 'acme'.", "Rename"),
        ),
        (
            ("acme__crm", "other__crm"),
            "systems.crm.connection",
            ("does not belong to this client", "acme__"),
        ),
        (
            ("kind: files", "kind: fils"),
            "systems.shop.kind",
            ("no such kind of system", "Did you mean 'files'?"),
        ),
        (
            ("schedule: 0 6 * * *", "schedule: 0 25 * * *"),
            "schedule",
            ("can never be right", "@daily"),
        ),
        (("schedule: 0 6 * * *", "schedule: hourly"), "schedule", ("no schedule", "cron")),
        (("Europe/London", "Europe/Londn"), "time_zone", ("no time zone", "Europe/London")),
        (("default_country: GB", "default_country: UK"), "default_country", ("no country", "GB")),
        (
            ("trust: [crm, shop]", "trust: [crm, shopp]"),
            "survivorship.trust.1",
            ("there is no system 'shopp'.", "Did you mean 'shop'?"),
        ),
        (
            ("    address: {", "    street: {"),
            "survivorship.by_field.street",
            ("survives with its group", "Write 'address'"),
        ),
        (
            ("address: { trust: [shop] }", "address: { on_conflict: ticket, trust: [slop] }"),
            "survivorship.by_field.address.trust.0",
            ("there is no system 'slop'.", "Did you mean 'shop'?"),
        ),
        (
            ("address: { trust: [shop] }", "address: { conflict_between: [crm, shop] }"),
            "survivorship.by_field.address",
            ("nobody is asked", "on_conflict: ticket"),
        ),
        (
            (
                "address: { trust: [shop] }",
                "address: { on_conflict: ticket, conflict_between: [crm] }",
            ),
            "survivorship.by_field.address",
            ("one system alone cannot disagree.", "another"),
        ),
        (
            ("address: { trust: [shop] }", "address: { blanks: clear }"),
            "survivorship.by_field.address.blanks",
            ("not one of the choices", "clear_if_explicit"),
        ),
        (
            ("address: { trust: [shop] }", "address: { confirmed_for_days: 0 }"),
            "survivorship.by_field.address.confirmed_for_days",
            ("too small", "1 or more"),
        ),
        (
            ("code_table: terms", "code_table: trems"),
            "systems.crm.write.fields.terms.code_table",
            ("there is no code table 'trems'.", "Did you mean 'terms'?"),
        ),
        (
            ("name | upper", "name.__class__"),
            "systems.crm.write.fields.label.expression",
            ("Attributes", ""),
        ),
        (
            ("max_length: 40", "max_lenght: 40"),
            "systems.crm.write.fields.name.max_lenght",
            ("there is no setting 'max_lenght'.", "Did you mean 'max_length'?"),
        ),
        (("max_updates: 10", "max_updates: many"), "guards.max_updates", ("no number", "digits")),
        (("max_updates: 10", "max_updates: -1"), "guards.max_updates", ("too small", "0 or more")),
        (
            ("max_mails: 0", "max_clears_share: 1.5, max_mails: 0"),
            "guards.max_clears_share",
            ("too large", "1.0 or less"),
        ),
        (
            ("max_mails: 0", "max_money: plenty, max_mails: 0"),
            "guards.max_money",
            ("no number", "digits"),
        ),
        (
            ("max_mails: 0", "max_mails: 0, targets: { crm: { max_clears: -1 } }"),
            "guards.targets.crm.max_clears",
            ("too small", "0 or more"),
        ),
        (
            ("max_mails: 0", "max_mails: 0, targets: { erp: { max_clears: 1 } }"),
            "guards.targets.erp",
            ("there is no system 'erp'.", "crm"),
        ),
        (
            ("guards:", "release: aprove\nguards:"),
            "release",
            ("not one of the choices", "Did you mean 'approve'?"),
        ),
        (
            ("guards:", "hold: { push: -5 }\nguards:"),
            "hold.push",
            ("too small", "0 or more"),
        ),
        (("guards:", "enabled: perhaps\nguards:"), "enabled", ("neither", "true")),
        (("update: true", "update: perhaps"), "systems.crm.write.update", ("neither", "true")),
        (
            ("update: true", "create: true"),
            "systems.crm.write",
            ("'create' needs 'reference_field'", "twice"),
        ),
        (
            ("style: page,", "style: pages,"),
            "systems.crm.read.paging.style",
            ("not one of the choices", "Did you mean 'page'?"),
        ),
        (
            ("retention_days: 365\n", ""),
            "retention_days",
            ("this is missing", "Add 'retention_days"),
        ),
        (("retention_days: 365", "retention_days:"), "retention_days", ("nothing is given", "")),
        (
            ("    fields: { name: Name }", "    fields: name"),
            "systems.shop.fields",
            ("must be a section", ""),
        ),
        (("trust: [crm, shop]", "trust: crm"), "survivorship.trust", ("must be a list", "")),
        (
            ("ann@example.com", "ann(at)example.com"),
            "people.line_manager.email",
            ("no email address", ""),
        ),
        (("people:", "poeple:"), "poeple", ("there is no setting", "Did you mean 'people'?")),
    ],
)
def test_a_mistake_is_told_with_line_place_and_remedy(tmp_path, edit, place, words):
    (good, bad), (what, how) = edit, words
    text = GOOD.replace(good, bad, 1)
    found = {mistake.place: mistake for mistake in mistakes(tmp_path, text)}

    assert place in found
    mistake = found[place]
    assert what in mistake.what
    assert how in mistake.how
    if bad:
        assert mistake.line == line_of(text, bad) or place == "systems.crm.write"
    assert str(mistake).startswith(f"{tmp_path}/acme/client.yaml:{mistake.line}: {place}: ")


def test_all_mistakes_are_told_at_once(tmp_path):
    text = (
        GOOD.replace("email: mail", "phnoe: mail")
        .replace("trust: [crm, shop]", "trust: [crm, shopp]")
        .replace("code_table: terms", "code_table: nope")
        .replace("max_creates: 0", "max_creates: x")
        .replace("name | upper", "name()")
    )

    with pytest.raises(ConfigError) as caught:
        load_client(write_client(tmp_path, text))
    assert len(caught.value.facts["mistakes"]) == 5
    assert "5 mistakes" in caught.value.problem
    assert "systems.crm.fields.phnoe: there is no field 'phnoe'." in caught.value.problem
    assert caught.value.next_step


def test_a_password_that_strayed_into_the_file_is_not_repeated(tmp_path):
    text = GOOD.replace("acme__crm", "https://me:hunter2@crm.example")

    assert all("hunter2" not in str(mistake) for mistake in mistakes(tmp_path, text))


@pytest.mark.parametrize("text", ["", "- 1\n", "just text\n", "~\n"])
def test_a_file_without_settings_is_refused(tmp_path, text):
    assert "settings" in mistakes(tmp_path, text)[0].what


def test_customers_asked_by_mail_need_an_address(tmp_path):
    text = GOOD.replace("      email: mail\n", "") + (
        "confirmation:\n  connection: acme__sendgrid\n  sender: a@example.com\n"
        "  sender_name: A\n  reply_to: a@example.com\n  fields: [name]\n  max_per_run: 5\n"
    )

    assert "no system has 'email'" in mistakes(tmp_path, text)[0].what


def test_the_agency_may_be_trusted_only_when_there_are_credit_checks(tmp_path):
    text = GOOD.replace("trust: [crm, shop]", "trust: [crm, creditsafe]")
    credit = (
        "credit:\n  connection: acme__creditsafe\n  countries: [GB]\n  price: 2\n  currency: GBP\n"
        "  budget_per_run: 11\n  budget_per_month: 20\n  purpose: p\n  authority: a\n"
    )

    assert mistakes(tmp_path, text)[0].place == "survivorship.trust.1"
    policy = load_client(write_client(tmp_path, text + credit)).credit_policy()
    assert policy is not None
    assert policy.max_orders_per_run == 5
    assert policy.client_country == "GB"
    assert policy.waits_when_unknown
    switched_off = load_client(write_client(tmp_path, text + credit + "  enabled: false\n"))
    assert switched_off.credit_policy() is None


def test_comments_and_layout_do_not_change_the_policy_version_and_settings_do(tmp_path):
    first = policy_version(load_client(write_client(tmp_path)))
    same = policy_version(load_client(write_client(tmp_path, f"# hello\n{GOOD}\n\n")))
    other = policy_version(
        load_client(write_client(tmp_path, GOOD.replace("max_updates: 10", "max_updates: 11")))
    )

    assert first == same
    assert first != other


@pytest.mark.parametrize("client", list_clients(SAMPLES))
def test_every_sample_client_is_right(client):
    config = load_client(SAMPLES / client)

    rules = client_rules(config)
    assert rules.confirmation is not None
    first_line = (SAMPLES / client / "client.yaml").read_text().splitlines()[0]
    named = first_line.removeprefix("# yaml-language-server: $schema=")
    assert (SAMPLES / client / named).resolve() == PROJECT / "docs" / "client.schema.json"


def test_there_are_four_sample_clients():
    assert list_clients(SAMPLES) == [
        "bright_bakery",
        "harbor_foods",
        "lumen_lending",
        "northwind_industrial",
    ]


def test_the_published_schema_is_the_one_of_the_code():
    published = (PROJECT / "docs" / "client.schema.json").read_text(encoding="utf-8")

    assert published == json_schema(), "run: mastersync schema > docs/client.schema.json"


@pytest.mark.parametrize("client", list_clients(SAMPLES))
def test_an_editor_with_the_schema_finds_nothing_wrong_in_a_sample(client):
    content = yaml.safe_load((SAMPLES / client / "client.yaml").read_text(encoding="utf-8"))

    jsonschema.validate(content, json.loads(json_schema()))


def test_an_editor_with_the_schema_finds_an_unknown_field():
    content = yaml.safe_load(GOOD)
    content["systems"]["crm"]["fields"]["phnoe"] = "x"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(json_schema()))


def test_the_schema_describes_every_setting():
    schema = json.loads(json_schema())

    def described(setting):
        section = setting.get("$ref", "").removeprefix("#/$defs/")
        return schema["$defs"].get(section, {}).get("description")

    sections = [schema, *schema["$defs"].values()]
    silent = [
        f"{section['title']}.{name}"
        for section in sections
        for name, setting in section.get("properties", {}).items()
        if not (setting.get("description") or described(setting))
    ]

    assert silent == []
