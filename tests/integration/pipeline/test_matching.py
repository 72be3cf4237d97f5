"""Records that are one customer, may be, or are not."""

from mastersync.domain.tickets.model import TicketKind
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.store.unit import PostgresUnit
from mastersync.usecases.resolve_ticket import Answer, PairVerdict, resolve_ticket
from outsiders import holds
from pipelines import Pipeline, company
from stores import SECRET

# The same name at the same place under another registration number: only a person can say.
TWIN = company("aldgate", registration_number="08213457")


def customers(pipeline: Pipeline) -> dict[tuple[str, str], str]:
    """Source record to its customer, of the links in force."""
    found = pipeline.rows(
        "SELECT system, source_key, customer_id FROM link"
        " JOIN source_record USING (client_id, record_id) WHERE ended_at IS NULL"
    )
    return {(system, key): customer for system, key, customer in found}


def decide(pipeline: Pipeline, verdict: PairVerdict) -> None:
    """An operator clears the one review ticket at the desk."""
    database = Database(role_url(pipeline.test_store.url, DESK_ROLE, secret_key=SECRET))
    with database.begin(clients=["acme"]) as session:
        desk = PostgresTicketDesk(session)
        (ticket,) = desk.list_open(kind=TicketKind.REVIEW)
        resolve_ticket(
            ticket,
            Answer(by="ann", note="looked", verdict=verdict),
            desk=desk,
            unit=PostgresUnit(session, "acme"),
            now=pipeline.clock(),
        )
    database.close()


def test_the_same_company_in_two_systems_is_one_customer(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate", name="ALDGATE FOUNDRY LIMITED"))
    pipeline.crm.put("b", **company("brixton"))

    counts = pipeline.sync()

    linked = customers(pipeline)
    assert linked["crm", "a"] == linked["erp", "x"] != linked["crm", "b"]
    assert counts["match"] == {"linked": 1, "new_customers": 2}


def test_it_is_recognised_too_when_it_comes_in_a_later_run(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.set_rules(targets={})
    pipeline.sync()
    pipeline.erp.put("x", **company("aldgate"))

    pipeline.sync()

    linked = customers(pipeline)
    assert linked["crm", "a"] == linked["erp", "x"]
    (evidence,) = pipeline.rows("SELECT evidence ->> 'sentence' FROM link WHERE rule <> 'new'")
    assert evidence[0].startswith("Same company")


def test_a_new_customer_carries_the_search_that_found_no_other(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))

    pipeline.sync()

    ((evidence,),) = pipeline.rows("SELECT search_evidence FROM customer")
    assert evidence["keys_searched"] > 3
    assert evidence["candidates_found"] == 0


def doubtful(pipeline: Pipeline) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.put("b", **TWIN)
    counts = pipeline.sync()
    assert counts["versions"] == {"review_waiting": 1}


def test_a_doubtful_record_waits_with_a_ticket_and_the_run_goes_on(pipeline: Pipeline) -> None:
    doubtful(pipeline)
    pipeline.crm.put("c", **company("cobham"))

    counts = pipeline.sync()

    assert counts["versions"] == {"applied": 1}
    assert pipeline.tickets() == ["review:crm:b"]
    assert pipeline.states("crm", "b") == ["waiting"]
    ((next_step,),) = pipeline.rows("SELECT next_step FROM ticket")
    assert "mastersync decide acme same crm:b crm:a --reason" in next_step


def test_the_verdict_same_links_it_in_the_next_run(pipeline: Pipeline) -> None:
    doubtful(pipeline)
    decide(pipeline, PairVerdict.SAME)

    pipeline.sync()

    linked = customers(pipeline)
    assert linked["crm", "a"] == linked["crm", "b"]
    assert pipeline.tickets() == []


def test_the_verdict_different_gives_it_a_customer_of_its_own_and_is_not_asked_again(
    pipeline: Pipeline,
) -> None:
    doubtful(pipeline)
    decide(pipeline, PairVerdict.DIFFERENT)
    pipeline.sync()
    pipeline.crm.put("b", phone="+442079460777")

    pipeline.sync()

    linked = customers(pipeline)
    assert linked["crm", "a"] != linked["crm", "b"]
    assert pipeline.tickets() == []


def test_a_doubt_that_the_source_removed_closes_its_ticket(pipeline: Pipeline) -> None:
    doubtful(pipeline)
    pipeline.crm.put("b", **company("dunmore"))

    pipeline.sync()

    assert pipeline.tickets() == []
    assert len(set(customers(pipeline).values())) == 2


def test_a_record_that_its_system_deleted_leaves_its_customer(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate", email="a@aldgate.example"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    pipeline.sync()
    assert pipeline.golden("erp", "x")["email"] == "a@aldgate.example"
    pipeline.crm.delete("a")

    pipeline.sync()

    assert ("crm", "a") not in customers(pipeline)
    assert pipeline.states("crm", "a")[-1] == "applied", "the deletion itself is accounted for"
    assert pipeline.rows("SELECT ended_reason FROM link WHERE ended_at IS NOT NULL") == [
        ("deleted at the source",)
    ]
    assert pipeline.rows(
        "SELECT count(*) FROM match_key JOIN source_record USING"
        " (client_id, record_id) WHERE system = 'crm'"
    ) == [(0,)]
    pipeline.sync()
    assert not any(write.key is None for write in pipeline.crm.writes), "nor is it created again"


def test_a_duplicate_deleted_in_a_system_does_not_cut_off_the_record_that_stays(
    pipeline: Pipeline,
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.erp.put("y", **company("aldgate"))
    pipeline.sync()
    pipeline.erp.delete("y")
    pipeline.sync()
    pipeline.crm.put("a", phone="+442079460999")

    pipeline.sync()

    assert holds(pipeline.erp, "x", "phone") == "+442079460999"
    assert not any(write.key is None for write in pipeline.erp.writes)


def test_the_last_record_deleted_leaves_an_empty_golden_record(pipeline: Pipeline) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.delete("a")

    pipeline.sync()
    pipeline.sync()

    newest = "SELECT fields FROM golden_version ORDER BY version_no DESC LIMIT 1"
    assert pipeline.rows(newest) == [({},)]


def test_a_record_that_comes_back_after_its_deletion_is_matched_anew(pipeline: Pipeline) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.delete("a")
    pipeline.sync()
    pipeline.crm.put("a", **company("aldgate"))

    pipeline.sync()

    linked = customers(pipeline)
    assert linked["crm", "a"] == linked["erp", "x"]


def test_a_deletion_of_what_was_never_usable_clears_its_ticket(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate", name=""))
    pipeline.sync()
    pipeline.crm.delete("a")

    pipeline.sync()

    assert pipeline.tickets() == []


def test_a_pin_wins_over_every_system_until_it_ends(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    pin(pipeline, "phone", "+442079460555")

    pipeline.sync()

    assert pipeline.golden("crm", "a")["phone"] == "+442079460555"
    assert holds(pipeline.crm, "a", "phone") == "+442079460555"
    assert holds(pipeline.erp, "x", "phone") == "+442079460555"
    pipeline.crm.put("a", phone="+442079460444")
    pipeline.sync()
    assert pipeline.golden("crm", "a")["phone"] == "+442079460555"
    assert holds(pipeline.crm, "a", "phone") == "+442079460555"


def pin(pipeline: Pipeline, field: str, value: str) -> None:
    pipeline.test_store.change(
        "INSERT INTO decision (client_id, kind, customer_id, field, value, author, reason,"
        f" decided_at) SELECT client_id, 'pin', customer_id, '{field}', '{value}', 'ann',"
        f" 'called', '{pipeline.clock()}' FROM customer"
    )
