"""`mastersync dedupe` as its users run it: a process, files in, files out."""

import contextlib
import csv
import json
import os
import pty
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from commands import run_command

SAMPLES = Path(__file__).resolve().parents[2] / "include" / "mastersync" / "sandbox" / "data"
RESTAURANTS = SAMPLES / "fodors_zagats.csv"
BAKERY = SAMPLES / "bright_bakery.csv"


def dedupe(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return run_command("dedupe", *map(str, arguments), cwd=folder)


def done(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    answer = dedupe(*arguments, folder=folder)
    assert answer.returncode == 0, answer.stderr
    return answer


def refused(*arguments: str | Path, folder: Path) -> list[str]:
    answer = dedupe(*arguments, folder=folder)
    assert answer.returncode == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    said = [line for line in answer.stderr.splitlines() if not line.startswith("  reading")]
    said = [line for line in said if not line.startswith("  recognising")]
    assert said[0].startswith("mastersync: ")
    assert len(said) == 2, said
    return said


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def clusters(path: Path) -> dict[str, str]:
    return {row["id"]: row["cluster"] for row in rows(path)}


def f1(found: dict[str, str], truth: dict[str, str]) -> float:
    def pairs(groups: Counter[object]) -> int:
        return sum(count * (count - 1) // 2 for count in groups.values())

    both = pairs(Counter((found[key], truth[key]) for key in truth))
    return 2 * both / (pairs(Counter(found.values())) + pairs(Counter(truth.values())))


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def split_by_source(folder: Path) -> tuple[Path, Path]:
    found = rows(RESTAURANTS)
    columns = ["id", "name", "addr", "city", "phone", "type"]
    paths = []
    for source in ("fodors", "zagats"):
        path = folder / f"{source}.csv"
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(row for row in found if row["source"] == source)
        paths.append(path)
    return paths[0], paths[1]


def truth_of(path: Path) -> dict[str, str]:
    return {row["id"]: row["cluster"] for row in rows(path)}


def test_real_restaurants_are_linked_one_to_one_across_two_files(tmp_path: Path) -> None:
    fodors, zagats = split_by_source(tmp_path)
    done(fodors, zagats, "--out", "clusters.csv", folder=tmp_path)
    found = clusters(tmp_path / "clusters.csv")
    assert f1(found, truth_of(RESTAURANTS)) > 0.95
    assert max(Counter(found.values()).values()) == 2


def test_customers_of_one_file_are_deduped_and_every_record_is_there_in_order(
    tmp_path: Path,
) -> None:
    done(BAKERY, "--out", "clusters.csv", folder=tmp_path)
    found = clusters(tmp_path / "clusters.csv")
    assert list(found) == [row["id"] for row in rows(BAKERY)]
    assert f1(found, truth_of(BAKERY)) > 0.9


def test_two_runs_write_the_same_to_the_byte(tmp_path: Path) -> None:
    names = ("clusters.csv", "pairs.csv", "review.csv", "report.html")
    options = [
        part
        for pair in zip(("--out", "--pairs", "--review", "--report"), names, strict=True)
        for part in pair
    ]
    written = []
    for _ in range(2):
        answer = done(BAKERY, *options, "--json", folder=tmp_path)
        written.append([answer.stdout, *((tmp_path / name).read_bytes() for name in names)])
    assert written[0] == written[1]


def test_pairs_say_why_and_agree_with_the_clusters(tmp_path: Path) -> None:
    done(
        BAKERY, "--out", "c.csv", "--pairs", "p.csv", "--review", "r.csv", "--sure", folder=tmp_path
    )
    found = clusters(tmp_path / "c.csv")
    pairs = rows(tmp_path / "p.csv")
    assert pairs
    assert set(pairs[0]) == {"id_a", "id_b", "score", "band", "why"}
    assert [pair["score"] for pair in pairs] == sorted((p["score"] for p in pairs), reverse=True)
    for pair in pairs:
        assert pair["why"].endswith(".")
        assert (found[pair["id_a"]] == found[pair["id_b"]]) == (pair["band"] == "same")
    asked = [(pair["id_a"], pair["id_b"]) for pair in pairs if pair["band"] == "review"]
    assert [(row["id_a"], row["id_b"]) for row in rows(tmp_path / "r.csv")] == asked


def test_json_is_all_that_standard_output_holds(tmp_path: Path) -> None:
    answer = done(BAKERY, "--out", "c.csv", "--json", folder=tmp_path)
    found = json.loads(answer.stdout)
    total = len(rows(BAKERY))
    assert found["records"] == total
    assert found["entities"] == len(set(clusters(tmp_path / "c.csv").values()))
    assert found["duplicates"] == found["records"] - found["entities"]
    assert sum(int(size) * count for size, count in found["sizes"].items()) == total
    assert 0.9 < found["estimate"]["precision"] <= 1
    columns = {one["column"]: one["field"] for one in found["files"][0]["columns"]}
    assert columns["name"] == "name"
    assert columns["cluster"] == ""
    assert found["written"] == {"out": "c.csv"}
    assert "reading bright_bakery.csv" in answer.stderr


def test_the_report_in_the_terminal_says_what_was_found_and_chosen(tmp_path: Path) -> None:
    printed = done(BAKERY, folder=tmp_path).stdout
    for words in ("Records", "Customers", "Duplicates", "Pairs to review", "Precision", "Recall"):
        assert words in printed
    assert "may say already which records are the same" in printed
    assert "Nothing was written" in printed
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_a_bar_shows_how_far_it_is(tmp_path: Path) -> None:
    ours, its = pty.openpty()
    data = tmp_path / "[b].csv"
    data.write_bytes(BAKERY.read_bytes())
    argv = [sys.executable, "-m", "mastersync.cli", "dedupe", str(data), "--json"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=its, env=environment) as process:
        os.close(its)
        assert process.stdout is not None
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end has closed
            while part := os.read(ours, 65_536):
                shown += part
        printed = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    assert json.loads(printed)["records"] == len(rows(BAKERY))
    assert b"\x1b[" in shown
    assert b"reading [b].csv" in shown


def test_a_german_excel_export_is_understood(tmp_path: Path) -> None:
    text = (
        "Kundennr;Firma;Straße;Hausnr;PLZ;Ort;Telefon\r\n"
        "1001;Bäckerei Müller GmbH;Hauptstraße;5;50667;Köln;0221 / 123456\r\n"
        "1002;Baeckerei Mueller;Hauptstr.;5;50667;Koeln;+49 221 123456\r\n"
        "1003;Autohaus Schröder KG;Ringweg;17;80331;München;089 998877\r\n"
    )
    (tmp_path / "kunden.csv").write_bytes(text.encode("cp1252"))
    answer = done("kunden.csv", "--out", "c.csv", "--json", folder=tmp_path)
    found = clusters(tmp_path / "c.csv")
    assert found["1001"] == found["1002"] != found["1003"]
    columns = {
        one["column"]: one["field"] for one in json.loads(answer.stdout)["files"][0]["columns"]
    }
    assert list(columns.values()) == [
        "id",
        "name",
        "street",
        "house_number",
        "postcode",
        "city",
        "phone",
    ]


def test_a_column_may_be_named(tmp_path: Path) -> None:
    write(
        tmp_path, "x.csv", "id,BEZ,REM", "1,Acme Bakery Ltd,x", "2,Acme Bakery Limited,y", "3,Zed,z"
    )
    answer = done(
        "x.csv", "--column", "name=bez", "--column", "ignore=REM", "--json", folder=tmp_path
    )
    columns = {one["column"]: one for one in json.loads(answer.stdout)["files"][0]["columns"]}
    assert columns["BEZ"]["field"] == "name"
    assert columns["BEZ"]["reason"] == "you said so"
    assert columns["REM"]["field"] == ""


def test_with_within_each_file_is_deduped_too(tmp_path: Path) -> None:
    rome = "Acme Bakery Ltd,12 High Street,Leeds,LS1 4AP,+44 113 496 0001"
    write(tmp_path, "a.csv", "id,name,street,city,postcode,phone", f"a1,{rome}", f"a2,{rome}")
    write(tmp_path, "b.csv", "id,name,street,city,postcode,phone", f"b1,{rome}")
    done("a.csv", "b.csv", "--within", "--out", "c.csv", folder=tmp_path)
    assert len(set(clusters(tmp_path / "c.csv").values())) == 1


def test_nothing_in_the_review_file_is_a_formula(tmp_path: Path) -> None:
    lines = [
        "id,name,street,city,phone",
        '=1,"=HYPERLINK(""http://evil.example"")",@SUM(A1),Leeds,+44 113 496 0001',
        '-2,"=HYPERLINK(""http://evil.example"")",5 High Street,Leeds,+44 113 496 0002',
    ]
    write(tmp_path, "x.csv", *lines)
    done("x.csv", "--review", "r.csv", "--out", "c.csv", folder=tmp_path)
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert len(cells) > 10
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert set(clusters(tmp_path / "c.csv")) == {"=1", "-2"}


def test_any_two_records_can_be_asked_about(tmp_path: Path) -> None:
    ids = [row["id"] for row in rows(RESTAURANTS)]
    same = ("f534", "z219")
    printed = done(RESTAURANTS, "--why", *same, folder=tmp_path).stdout
    assert printed.startswith("f534 and z219: ")
    assert "Same " in printed
    answer = done(RESTAURANTS, "--why", "f534", ids[-1], "--json", folder=tmp_path)
    why = json.loads(answer.stdout)["why"]
    assert why["band"] == "new"
    assert "never compared, because" in why["sentence"]
    assert (
        "There is no record with the id 'f5344'"
        in (refused(RESTAURANTS, "--why", "f5344", "f535", folder=tmp_path)[0])
    )


# Bad input.


def test_a_missing_file(tmp_path: Path) -> None:
    assert "There is no file nope.csv" in refused("nope.csv", folder=tmp_path)[0]


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").touch()
    assert "x.csv is empty" in refused("x.csv", folder=tmp_path)[0]


@pytest.mark.parametrize("lines", [["id,name"], ["id,name,city", "1,Acme,Rome"]])
def test_no_row_and_one_row_give_whole_files(tmp_path: Path, lines: Sequence[str]) -> None:
    write(tmp_path, "x.csv", *lines)
    options = ["--out", "c.csv", "--pairs", "p.csv", "--review", "r.csv", "--report", "r.html"]
    answer = done("x.csv", *options, "--json", folder=tmp_path)
    found = json.loads(answer.stdout)
    assert found["records"] == found["entities"] == len(lines) - 1
    assert len(rows(tmp_path / "c.csv")) == len(lines) - 1
    assert (tmp_path / "p.csv").read_text() == "id_a,id_b,score,band,why\n"
    assert "</html>" in (tmp_path / "r.html").read_text()


def test_ids_that_repeat_lack_or_clash_lose_no_row(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "id,name,city", "7,Acme,Rome", "7,Zed,Oslo", ",Quux,Bonn")
    write(tmp_path, "b.csv", "name,city", "Foo Bank,Bern", "Bar Club,Kiel")
    write(tmp_path, "c.csv", "id,name,city", "7,Last,Ghent")
    answer = done("a.csv", "b.csv", "c.csv", "--out", "out.csv", "--json", folder=tmp_path)
    assert list(clusters(tmp_path / "out.csv")) == ["a:7", "7#2", "row 3", "1", "2", "c:7"]
    notes = " ".join(json.loads(answer.stdout)["notes"])
    assert "b: no column is an id" in notes
    assert "a: 1 row with an id that a row before has (7)" in notes


def test_no_name_and_nothing_to_compare(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,email", "1,a@x.example", "2,a@x.example", "3,b@y.example")
    answer = done("x.csv", folder=tmp_path)
    assert "x: no column is taken for a name" in answer.stdout
    write(tmp_path, "y.csv", "a,b", "foo,bar", "baz,qux", "foo,qux")
    assert "There are: a, b" in refused("y.csv", folder=tmp_path)[1]


def test_ragged_rows_nul_characters_and_odd_text_go_through(tmp_path: Path) -> None:
    content = (
        "id,name,city,fax\n"
        "1,Acme Bakery Ltd,Leeds,\n"
        "2,Ac\u200bme Bakery\u00a0Ltd,Leeds,\n"
        "3,too,many,cells,here\n"
        "4,short\n"
        f"5,{'Long Name ' * 30},Oslo,\n"
        "6,ООО Ромашка 株式会社 Αθήνα,Москва,\n"  # noqa: RUF001 (mixed on purpose)
        "7,A\x00cme Bakery Ltd,Leeds,\n"
    )
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    answer = done("x.csv", "--out", "c.csv", "--report", "r.html", "--json", folder=tmp_path)
    found = clusters(tmp_path / "c.csv")
    assert list(found) == ["1", "2", "4", "5", "6", "7"]
    assert found["1"] == found["2"] == found["7"] != found["6"]
    result = json.loads(answer.stdout)
    notes = " ".join(result["notes"])
    assert "line 4 (5 cells)" in notes
    assert "line 5 (2 cells)" in notes
    assert "NUL characters are left out" in notes
    assert [row["first_line"] for row in result["files"][0]["ragged"]] == [4, 5]
    assert {one["column"]: one["reason"] for one in result["files"][0]["columns"]}["fax"] == (
        "empty in every row"
    )


def test_what_a_hundred_thousand_records_share_neither_stalls_nor_joins_them(
    tmp_path: Path,
) -> None:
    lines = (f"{n},Firm {n % 7919} of {n // 7919},Leeds,+44 113 496 0000" for n in range(100_000))
    write(tmp_path, "x.csv", "id,name,city,phone", *lines)
    done("x.csv", "--out", "c.csv", folder=tmp_path)
    assert max(Counter(clusters(tmp_path / "c.csv").values()).values()) < 20
    same = ["id,name,city", *(f"{n},Acme Ltd,Leeds" for n in range(100_000))]
    write(tmp_path, "y.csv", *same)
    done("y.csv", "--out", "d.csv", "--pairs", "p.csv", folder=tmp_path)
    assert len(rows(tmp_path / "d.csv")) == 100_000
    assert len(rows(tmp_path / "p.csv")) < 10 * 100_000


def test_brackets_in_headers_names_and_ids_are_no_markup(tmp_path: Path) -> None:
    lines = [
        "id,name,[/bold],city",
        "[/],[red]Acme[/red],a,Rome",
        "[b],[/]Zed,b,Oslo",
        "c,Q,a,Bonn",
    ]
    write(tmp_path, "[x].csv", *lines)
    answer = done("[x].csv", "--why", "[/]", "[b]", "--out", "[c].csv", folder=tmp_path)
    assert "[/] and [b]" in answer.stdout
    assert "Columns of [x]" in answer.stdout
    assert "[/bold]" in answer.stdout


def test_wrong_columns_and_fields(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,COMPANY_NAME,CITY", "1,Acme,Rome")
    said = refused("x.csv", "--column", "name=COMPANYNAM", folder=tmp_path)
    assert "Did you mean 'COMPANY_NAME'?" in said[0]
    assert "x has: id, COMPANY_NAME, CITY." in said[1]
    assert "Did you mean 'name'?" in refused("x.csv", "--column", "nam=CITY", folder=tmp_path)[0]
    both = ("--column", "name=CITY", "--column", "name=COMPANY_NAME")
    assert "Two columns of x are given as name" in refused("x.csv", *both, folder=tmp_path)[0]


def test_outputs_that_cannot_be_written_are_refused_before_the_work(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,name", "1,Acme")
    assert "there is no folder" in refused("x.csv", "--out", "no/c.csv", folder=tmp_path)[0]
    assert "would overwrite" in refused("x.csv", "--pairs", "x.csv", folder=tmp_path)[0]
    assert (tmp_path / "x.csv").read_text() == "id,name\n1,Acme\n"


def test_the_same_file_twice(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,name", "1,Acme")
    (tmp_path / "y.csv").symlink_to(tmp_path / "x.csv")
    assert "y.csv is the same file as x.csv" in refused("x.csv", "y.csv", folder=tmp_path)[0]


def test_a_precision_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    answer = dedupe("x.csv", "--precision", "1.5", folder=tmp_path)
    assert answer.returncode == 2


def test_no_data_is_printed_but_what_was_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,name,city", "1,Secretive Person,Rome", "2,Secretive Person,Rome")
    answer = done("x.csv", folder=tmp_path)
    assert "Secretive" not in answer.stdout + answer.stderr


def test_it_needs_no_settings_and_leaves_no_home(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    write(tmp_path, "x.csv", "id,name", "1,Acme", "2,Zed")
    argv = [sys.executable, "-m", "mastersync.cli", "dedupe", "x.csv"]
    answer = subprocess.run(
        argv, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=environment
    )
    assert answer.returncode == 0, answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
