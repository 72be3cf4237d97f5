"""The samples of a client, run by ``mastersync check``: which fail, and in what."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from mastersync.config.client import ClientConfig
from mastersync.config.samples import load_samples
from mastersync.domain.targets.samples import Difference, Sample, differences_of


@dataclass(frozen=True, kw_only=True)
class SamplesRun:
    """How many samples there are, and those that came out otherwise."""

    count: int
    failed: Sequence[tuple[Sample, Sequence[Difference]]]

    @property
    def words(self) -> str:
        if not self.count:
            return "none: write some into samples/*.yaml"
        passed = self.count - len(self.failed)
        return f"{passed} of {self.count} pass" if self.failed else f"{self.count} pass"


def run_samples(folder: Path, config: ClientConfig) -> SamplesRun:
    """Run the samples of a client's folder.

    Raises:
        ConfigError: with every mistake of their files.
    """
    targets, tables = config.target_policies(), config.target_tables()
    samples = load_samples(folder, targets)
    outcomes = [(sample, differences_of(sample, targets, tables)) for sample in samples]
    return SamplesRun(count=len(samples), failed=[outcome for outcome in outcomes if outcome[1]])


def show_failed(run: SamplesRun) -> None:
    """Print each difference: where it is expected, what, and what comes instead."""
    for sample, differences in run.failed:
        count = "1 difference" if len(differences) == 1 else f"{len(differences)} differences"
        heading = f"{sample.where}: {sample.name}: {count}"
        typer.secho(heading, fg=typer.colors.RED, err=True)
        for one in differences:
            because = f"   [{one.because}]" if one.because else ""
            typer.echo(f"    {one.system} {one.path}", err=True)
            typer.echo(f"      - expected  {one.expected}", err=True)
            typer.echo(f"      + got       {one.got}{because}", err=True)


def samples_as_json(run: SamplesRun) -> Mapping[str, Any]:
    return {
        "count": run.count,
        "failed": [
            {
                "sample": sample.name,
                "where": sample.where,
                "differences": [asdict(one) for one in differences],
            }
            for sample, differences in run.failed
        ],
    }
