"""The close of business, which is when a day's deadline passes (law 1 of the law of time)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Hours:
    """When business closes, and where."""

    closing: time = time(17, 30)
    zone: ZoneInfo = SHANGHAI

    def close_of(self, day: date) -> datetime:
        """Return the moment at which business closes on `day`."""
        return datetime.combine(day, self.closing, self.zone)

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment as the clocks here show it."""
        return moment.astimezone(self.zone)

    def day_of(self, moment: datetime) -> date:
        """Return the day on which an aware moment falls here."""
        return self.local(moment).date()
