"""Today, in the programme's zone: the only place that asks the clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def today(zone: str, environment: Mapping[str, str], stated: str = "") -> date:
    """The stated day, else SOURCE_DATE_EPOCH, else the clock; a moment is turned into a day in `zone`.

    Raises ValueError for a stated day or an epoch that is none.
    """
    if stated:
        return date.fromisoformat(stated)
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(ZoneInfo(zone)).date()
