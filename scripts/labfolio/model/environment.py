"""What a result was computed on: written by `labfolio capture`, or by hand."""

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Tag

from labfolio.model.declared import Declared, optional
from labfolio.model.scalars import CalendarDate, GitId, Number, Seeds, Text, Whole, YesNo


class Hardware(Declared):
    """The machine, without anything that names it."""

    cpu: Text | None = optional("Processor.", "AMD EPYC 7763")
    cores: Whole | None = optional("Cores that the run could use.", "2")
    ram_gb: Number | None = optional("Memory in GiB.", "16")
    gpu: Text | None = optional("Graphics processor, if any.", "NVIDIA A100 40GB")


def _member(value: Any) -> str:
    return "[text]" if isinstance(value, str) else "[fields]"


_Packages = Annotated[
    Annotated[Text, Tag("[text]")] | Annotated[dict[str, Text], Tag("[fields]")], Discriminator(_member)
]


class Environment(Declared):
    """What a result was computed on."""

    python: Text | None = optional("Version of Python.", "3.11.7")
    os: Text | None = optional("Operating system.", "Debian GNU/Linux 12, x86_64")
    packages: _Packages | None = optional(
        "Versions by package, or the path of a lock file beside the entry.", "requirements.txt"
    )
    hardware: Hardware = optional("The machine.", None, Hardware())
    container: Text | None = optional("Image that it ran in.", "python:3.11-slim")
    config: Text | None = optional("Path of the configuration that was run.", "config.yaml")
    command: Text | None = optional("The command that was run.", "python run.py")
    commit: GitId | None = optional("The Git commit that was checked out.", "12e4567")
    dirty: YesNo | None = optional("Whether sources in the entry's folder differed from that commit.", "no")
    seeds: Seeds | None = optional("Seeds that were declared: how many, or which.", "10")
    wall_seconds: Number | None = optional("Time from start to end.", "12.5")
    cpu_seconds: Number | None = optional("Processor time of the run and its children.", "11.9")
    peak_mb: Number | None = optional("Largest memory of a process of the run, in MiB.", "210")
    finished: CalendarDate | None = optional("The day the run ended (UTC).", "2026-11-14")


class EnvironmentFile(Environment):
    """The JSON file; fields of other tools are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


EnvironmentSource = Annotated[
    Annotated[Text, Tag("[text]")] | Annotated[Environment, Tag("[fields]")], Discriminator(_member)
]
