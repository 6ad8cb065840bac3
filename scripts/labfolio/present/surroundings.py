"""What a result was run on and what it cost."""

from collections.abc import Iterable

from labfolio.model.entry import Entry
from labfolio.model.environment import Environment
from labfolio.model.front_matter import Evidence
from labfolio.model.wording import day_text, duration, number
from labfolio.present.edition import Edition
from labfolio.present.files import data_file
from labfolio.present.views.common import TitleField, as_date
from labfolio.present.views.evidence import Surroundings


def surroundings(edition: Edition, entry: Entry) -> Surroundings | None:
    """The environment and cost of an entry, None where nothing is known of them."""
    findings = edition.findings.get(entry.path)
    if findings is None or not isinstance(entry.front, Evidence):
        return None
    environment = findings.environment
    fields = [*_environment(environment), *_cost(entry.front, findings.seconds)]
    packages = environment.packages if environment else None
    if isinstance(packages, str):
        fields.append(TitleField(label="Packages", value=packages))
    if not fields and not packages:
        return None
    named = tuple(f"{name} {version}" for name, version in packages.items()) if isinstance(packages, dict) else ()
    data = data_file(edition, entry, findings.environment_path) if findings.environment_path else None
    return Surroundings(fields=tuple(fields), packages=named, data=data)


def _environment(environment: Environment | None) -> Iterable[TitleField]:
    if environment is None:
        return
    hardware = environment.hardware
    texts = (
        ("Python", environment.python),
        ("System", environment.os),
        ("Processor", hardware.cpu),
        ("Cores", str(hardware.cores) if hardware.cores is not None else None),
        ("Memory", f"{number(hardware.ram_gb)} GiB" if hardware.ram_gb is not None else None),
        ("Graphics", hardware.gpu),
        ("Container", environment.container),
        ("Configuration", environment.config),
        ("Run time", duration(environment.wall_seconds) if environment.wall_seconds is not None else None),
        ("Processor time", duration(environment.cpu_seconds) if environment.cpu_seconds is not None else None),
        ("Peak memory", f"{number(environment.peak_mb, 3)} MiB" if environment.peak_mb is not None else None),
    )
    yield from (TitleField(label=label, value=text) for label, text in texts if text)
    if environment.finished is not None:
        yield TitleField(label="Run on", value=day_text(environment.finished), date=as_date(environment.finished))


def _cost(front: Evidence, seconds: float | None) -> Iterable[TitleField]:
    """Measured seconds are summed; what the author typed is marked as stated."""
    cost = front.cost
    if seconds is not None and cost is not None:
        yield TitleField(label="Cost", value=f"{duration(seconds)} in all, summed from {cost.file}")
    if cost is not None:
        texts = (
            (cost.cpu_hours, "CPU hours"),
            (cost.gpu_hours, "GPU hours"),
            (cost.usd, "US dollars"),
            (cost.kwh, "kWh"),
        )
        for amount, unit in texts:
            if amount is not None:
                yield TitleField(label=unit, value=f"{number(amount)} (stated)")
