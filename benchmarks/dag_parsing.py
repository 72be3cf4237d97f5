"""Measure what it costs Airflow to parse the DAGs of many clients.

    python benchmarks/dag_parsing.py [--clients 500]

Airflow's DAG processor parses a DAG file again and again, and gives up on one that takes longer
than ``[core] dagbag_import_timeout`` (30 s). A task's process parses it once, for one DAG. Each
line is a fresh process; importing Airflow itself is not counted.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TIMEOUT_SECONDS = 30.0  # Airflow's default
CONTEXT = "_AIRFLOW_PARSING_CONTEXT_DAG_ID"


def write_clients(folder: Path, count: int) -> None:
    """Write as many clients, each like the smallest sample."""
    sample = (PROJECT / "include" / "clients" / "bright_bakery" / "client.yaml").read_text("utf-8")
    for number in range(count):
        client_id = f"client_{number:04}"
        client = folder / client_id
        client.mkdir()
        text = re.sub(r"(?m)^client_id: .*$", f"client_id: {client_id}", sample)
        (client / "client.yaml").write_text(text, "utf-8")


def parse(file: Path) -> None:
    """Parse one DAG file, and print what it cost; runs in a process of its own."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415 (only in the child)

    wall, cpu = time.perf_counter(), time.process_time()
    bag = DagBag(file, safe_mode=False, bundle_name="dags-folder")
    result = {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "dags": len(bag.dags),
        "errors": len(bag.import_errors),
    }
    print(json.dumps(result))


def measure(file: str, *, clients_dir: Path, dag_id: str = "") -> dict[str, float]:
    """Parse in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as home:
        environment = {
            **os.environ,  # noqa: TID251 (what a process that we start gets from ours)
            "AIRFLOW_HOME": home,
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            "MASTERSYNC_CLIENTS_DIR": str(clients_dir),
        }
        if dag_id:
            environment[CONTEXT] = dag_id
        answer = subprocess.run(  # noqa: S603 (this file, with our own arguments)
            [sys.executable, __file__, "--parse", str(PROJECT / "dags" / file)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print the table; exit 1 when the file of all clients takes too long to parse."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--parse", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.parse:
        parse(options.parse)
        return
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as folder:
        clients_dir = Path(folder)
        write_clients(clients_dir, options.clients)
        lines = {
            "client_sync.py, all DAGs": measure("client_sync.py", clients_dir=clients_dir),
            "client_sync.py, one DAG": measure(
                "client_sync.py", clients_dir=clients_dir, dag_id="client_sync__client_0042"
            ),
            "client_files.py": measure("client_files.py", clients_dir=clients_dir),
        }
    print(
        f"{options.clients} clients{'':17} DAGs   errors   CPU s   wall s   of {TIMEOUT_SECONDS} s"
    )
    for what, found in lines.items():
        share = found["wall"] / TIMEOUT_SECONDS
        print(
            f"{what:26} {found['dags']:6.0f} {found['errors']:8.0f} {found['cpu']:7.2f}"
            f" {found['wall']:8.2f} {share:8.1%}"
        )
    if any(found["errors"] or found["wall"] > TIMEOUT_SECONDS for found in lines.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
