"""How a group is spoken to: whole sentences in its language, with dates, money and time left.

A sentence is written in the code in English, with named fields, and is looked up in the
catalogue of the group's language: `speech.say("Task {number} is closed.", number=5)`. One that
stands in a table is marked with `sentence(...)`, so that the extractor finds it. What has no
translation yet is said in English.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, get_currency_name

from handlers.texts.catalogue import load_sentences
from policy.hours import Hours

YUAN = "CNY"
_WAN, _YI = Decimal(10**4), Decimal(10**8)


def sentence(msgid: str) -> str:
    """Marks a sentence that is said later, for the extractor."""
    return msgid


@dataclass(frozen=True)
class Speech:
    """A language, and the day on which it is spoken.

    `locale` is zh_Hans, zh_Hant or en; `today` the local day; `hours` the close of business.
    """

    locale: str
    today: date
    hours: Hours = field(default_factory=Hours)

    def say(self, msgid: str, /, **fields: object) -> str:
        """One sentence, its fields filled in as they are."""
        return self._form(msgid, 0).format(**fields) if fields else self._form(msgid, 0)

    def say_many(self, singular: str, plural: str, n: int, /, **fields: object) -> str:
        """One sentence about `n` things, which is also a field of it."""
        wording = self._form(singular, 1, plural) if n != 1 else self._form(singular, 0)
        return wording.format(n=n, **fields)

    def _form(self, msgid: str, position: int, otherwise: str = "") -> str:
        forms = load_sentences(self.locale).get(msgid)
        if forms is None:
            return otherwise or msgid
        return forms[min(position, len(forms) - 1)]

    def join(self, parts: Iterable[object]) -> str:
        """5、6、7"""
        return self.say(", ").join(str(part) for part in parts)

    # Days and hours

    def day(self, day: date, beside: date | None = None) -> str:
        """11月26日 周四; with its year where that is neither this year nor that of `beside`."""
        if day.year in (self.today.year, beside.year if beside else None):
            return self._date(day, self.say("EEE d MMM"))
        return self.full_day(day)

    def full_day(self, day: date) -> str:
        """2026年11月26日 周四, for what is to be checked."""
        return self._date(day, self.say("EEE d MMM y"))

    def plain_day(self, day: date) -> str:
        """11月26日, for what lies in the past or stands beside a weekday."""
        if day.year == self.today.year:
            return self._date(day, self.say("d MMM"))
        return self._date(day, self.say("d MMM y"))

    def span(self, first: date, last: date) -> str:
        """10月1日至7日, 9月30日至10月2日, or the one day."""
        if first == last:
            return self.plain_day(first)
        if (first.year, first.month) == (last.year, last.month):
            return self.say("{first} to {last}", first=self.plain_day(first), last=self._of(last))
        return self.say("{first} to {last}", first=self.plain_day(first), last=self.plain_day(last))

    def month(self, day: date) -> str:
        """2026年11月"""
        return self._date(day, self.say("MMMM y"))

    def clock(self, moment: time | datetime) -> str:
        """17:30; of a moment the local time."""
        local = self.hours.local(moment) if isinstance(moment, datetime) else moment
        return format_time(local, "HH:mm", locale=self._locale)

    def moment(self, moment: datetime) -> str:
        """今天 09:05, or 11月26日 周四 09:05."""
        day = self.hours.day_of(moment)
        if day == self.today:
            return self.say("today {time}", time=self.clock(moment))
        return self.say("{day} {time}", day=self.day(day), time=self.clock(moment))

    def limit(self, day: date) -> str:
        """11月26日 周四 17:30: a limit passes at the close of business."""
        return self.say("{day} {time}", day=self.day(day), time=self.clock(self.hours.closing))

    def left(self, days: int) -> str:
        """还剩 3 个工作日, or 今天到期 when none is left."""
        if days <= 0:
            return self.say("due today")
        return self.say_many("{n} working day left", "{n} working days left", days)

    def late(self, days: int) -> str:
        """逾期 2 个工作日"""
        return self.say_many("{n} working day overdue", "{n} working days overdue", days)

    # Money

    def money(self, amount: int | Decimal, currency: str | None = None) -> str:
        """5.2亿元, 9300万元, 800万美元: exact, and the shortest that is."""
        exact = Decimal(amount)
        if self._locale.language != "zh":
            pattern, code = "¤#,##0.##", currency or YUAN
            return format_currency(exact, code, pattern, self._locale, currency_digits=False)
        return sorted(self._in_units(exact, currency or YUAN), key=len)[0]

    def _in_units(self, amount: Decimal, currency: str) -> list[str]:
        """The ways to write an amount, the largest unit first."""
        name = self._currency(currency)
        written = [self.say("{amount}{currency}", amount=_grouped(amount), currency=name)]
        if abs(amount) >= _WAN:
            wan = _plain(amount / _WAN)
            written.insert(0, self.say("{amount} × 10⁴ {currency}", amount=wan, currency=name))
        if abs(amount) >= _YI:
            yi = _plain(amount / _YI)
            written.insert(0, self.say("{amount} × 10⁸ {currency}", amount=yi, currency=name))
        return written

    def _currency(self, code: str) -> str:
        return self.say("yuan") if code == YUAN else get_currency_name(code, locale=self._locale)

    def _of(self, day: date) -> str:
        return self._date(day, self.say("d"))

    def _date(self, day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.locale)


def _plain(amount: Decimal) -> str:
    """Digits without an exponent and without zeros at the end."""
    return f"{amount.normalize():f}"


def _grouped(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"
