"""The sample rows beside a client's configuration, ``samples/*.yaml``, read and checked."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import Field, ValidationError

from mastersync.config.mistakes import Mistake, Place, did_you_mean, mistakes_error, shown
from mastersync.config.refusals import mistakes_of
from mastersync.config.values import CanonicalName, Path, Strict, SystemName, Text
from mastersync.config.yaml_document import Document, read_document
from mastersync.domain.targets.model import TargetPolicy
from mastersync.domain.targets.samples import Sample

FOLDER = "samples"
CODES = ("code_unknown", "too_long", "not_a_number", "expression_failed")


class ExpectedProblemConfig(Strict):
    """A value that should keep the record waiting."""

    system: SystemName = Field(description="The target.")
    path: Path = Field(description="Path in it.")
    code: Annotated[str, Field(pattern=f"^({'|'.join(CODES)})$")] = Field(
        description="Why: code_unknown, too_long, not_a_number or expression_failed."
    )


class SampleConfig(Strict):
    """A golden record, and what should come of it."""

    name: Text = Field(description="What it shows, as a sentence.")
    golden: dict[CanonicalName, Annotated[str, Field(max_length=500)]] = Field(
        description="Canonical field: value in its normal form."
    )
    targets: dict[SystemName, dict[Path, str | None]] = Field(
        default_factory=dict,
        description="By system: path to value; nothing after the colon means emptied.",
    )
    problems: tuple[ExpectedProblemConfig, ...] = Field(
        default=(), description="Values that should keep it waiting."
    )
    partly: bool = Field(default=False, description="Look only at the paths that are named.")


class SamplesFile(Strict):
    """A file of samples."""

    samples: tuple[SampleConfig, ...] = Field(min_length=1, description="One after the other.")


def load_samples(folder: FilePath, targets: Mapping[str, TargetPolicy]) -> list[Sample]:
    """Return the samples of a client's folder, file by file; [] when there are none.

    Raises:
        ConfigError: with every mistake of the files; a system or path that is not written is one.
    """
    found: list[Sample] = []
    mistakes: list[Mistake] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        document = read_document(path)
        try:
            file = SamplesFile.model_validate(document.root)
        except ValidationError as error:
            mistakes += mistakes_of(error, document, SamplesFile)
            continue
        for place, sample in enumerate(file.samples):
            mistakes += _strangers(sample, document, targets, place=("samples", place))
            line = document.line_of(("samples", place))
            found.append(_sample(sample, where=f"{shown(path)}:{line}"))
    if mistakes:
        raise mistakes_error(mistakes)
    return found


def _sample(config: SampleConfig, *, where: str) -> Sample:
    return Sample(
        name=config.name,
        where=where,
        golden=config.golden,
        targets=config.targets,
        problems=frozenset((one.system, one.path, one.code) for one in config.problems),
        partly=config.partly,
    )


def _strangers(
    sample: SampleConfig,
    document: Document,
    targets: Mapping[str, TargetPolicy],
    *,
    place: Place,
) -> list[Mistake]:
    """Return what a sample expects of systems and paths that nothing is written to."""
    named: list[tuple[Place, str, str | None]] = []
    for system, paths in sample.targets.items():
        named += [((*place, "targets", system), system, None)]
        named += [((*place, "targets", system, path), system, path) for path in paths]
    for number, one in enumerate(sample.problems):
        named.append(((*place, "problems", number), one.system, one.path))
    found = []
    for where, system, path in named:
        if system not in targets:
            if path is None or where[-2] == "problems":
                what = f"nothing is written to '{system}'."
                found.append(document.mistake(where, what, did_you_mean(system, targets)))
        elif path is not None:
            paths_of_it = [wanted.path for wanted in targets[system].mapping]
            if path not in paths_of_it:
                what = f"'{path}' of '{system}' is not written."
                found.append(document.mistake(where, what, did_you_mean(path, paths_of_it)))
    return found
