"""The four figures above the charts of the overview, what they are about, and the periods to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from screening.storage.statistics.arrivals import REACHED, Arrivals, Fate, Overdue, by_fate
from screening.storage.statistics.period import Period
from screening.storage.statistics.small_counts import percent
from screening.wording.desk.overview_times import days_late
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it is and a remark."""

    name: str
    number: str
    remark: str
    is_warm: bool = False


def figures(arrivals: Arrivals, overdue: Overdue, at: datetime, language: Language) -> tuple[Figure, ...]:
    """What a manager looks for first."""
    say, fates, earliest = language.gettext, by_fate(arrivals), overdue.promised_at
    total, kept = sum(fates.values()), fates[Fate.AS_PROMISED]
    share = percent(kept, total)
    left = total - sum(fates[fate] for fate in REACHED)
    of = say("%(number)s of %(total)s", number=kept, total=total)
    of_all = say("%(share)s %% of all that came", share=share) if share is not None else say("too few for a share")
    still = language.ngettext("%(number)s is still in time", "%(number)s are still in time", fates[Fate.IN_TIME])
    late, since = "–", say("since the promise passed") if earliest else say("no promise has passed")
    if earliest:
        late = language.ngettext("%(number)s day late", "%(number)s days late", days_late(earliest, at))
    return (
        Figure(say("Reached as promised"), of, of_all),
        Figure(
            say("Promise passed, whenever sent"),
            str(overdue.number),
            language.ngettext("%(number)s of them nobody has", "%(number)s of them nobody has", overdue.nobodys),
            overdue.number > 0,
        ),
        Figure(say("Not reached, so far"), say("%(number)s of %(total)s", number=left, total=total), still),
        Figure(say("Oldest that waits"), late, since),
    )


def head(arrivals: Arrivals, period: Period, language: Language) -> str:
    """What is counted, in one sentence."""
    return language.gettext(
        "Sent from %(first)s to %(last)s: %(number)s. Nothing here is about one person.",
        first=language.date(period.first),
        last=language.date(period.today),
        number=sum(by_fate(arrivals).values()),
    )


def periods(weeks: Iterable[int], language: Language) -> tuple[tuple[int, str], ...]:
    """Periods to choose from, by their weeks."""
    return tuple((number, language.gettext("The last %(weeks)s weeks", weeks=number)) for number in weeks)
