"""Today, in the programme's zone: the only place that asks the clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime


def today(zone: str, environment: Mapping[str, str], stated: str = "") -> date:
    """The stated day, else SOURCE_DATE_EPOCH, else the clock; a moment is turned into a day in `zone`.

    Raises ValueError for a stated day or an epoch that is none.
    """
    if stated:
        return date.fromisoformat(stated)
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    if zone == "UTC":
        return moment.date()
    # Finding out where zones are kept loads how Python was compiled.
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone)).date()
