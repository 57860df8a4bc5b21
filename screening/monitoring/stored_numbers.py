"""Numbers that stand in the store, found out when they are asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from screening.config.pace import Pace
from screening.storage.store import NOT_USABLE, Store
from screening.storage.upkeep.operation import Operation, operation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredNumbers:
    """Of a store; where it cannot be used, that alone."""

    store: Store | None
    """None: sharing is off."""
    pace: Pace

    def collect(self) -> Iterator[Metric]:
        """The numbers now."""
        if self.store is None:
            return
        try:
            with self.store.reading() as transaction:
                found_out = operation(transaction)
        except NOT_USABLE as error:
            log.error("no metrics of the store: %s", error)  # noqa: TRY400 - no trace: it may name values
            yield GaugeMetricFamily("screening_store_usable", "Whether the database and its keys can be used.", 0)
            return
        yield GaugeMetricFamily("screening_store_usable", "Whether the database and its keys can be used.", 1)
        yield _notices(found_out)
        yield from self._gauges(found_out)

    def _gauges(self, found_out: Operation) -> Iterator[Metric]:
        gauges = {
            "promises_passed": ("Submissions that wait past the answer they were promised.", found_out.passed_promises),
            "clock_disagrees": ("Whether the clock is wrong, so that sharing waits.", found_out.clock_disagrees),
            "deletion_held": ("Whether nothing is deleted until somebody looks.", found_out.deletion_held),
            "sharing_turns_this_hour": ("Turns at sending taken in this hour.", found_out.turns_this_hour),
            "sharing_turns_hourly": ("Turns at sending that there are in an hour.", self.pace.hourly),
        }
        for name, (meaning, number) in gauges.items():
            yield GaugeMetricFamily(f"screening_{name}", meaning, int(number))
        if found_out.backed_up_at:
            meaning = "When a backup was written last, in seconds since 1970; missing where none is known of."
            moment = found_out.backed_up_at.timestamp()
            yield GaugeMetricFamily("screening_last_backup_timestamp_seconds", meaning, moment)


def _notices(found_out: Operation) -> Metric:
    family = GaugeMetricFamily("screening_notices", "Notices not accepted yet, by event.", labels=["event", "state"])
    for event, count in found_out.notices.items():
        family.add_metric([event, "waiting"], count.waiting)
        family.add_metric([event, "failed"], count.failed)
    return family
