"""Numbers that stand in the store, found out when they are asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from screening.config.pace import Pace
from screening.storage.store import NOT_USABLE, Store
from screening.storage.upkeep.operating_state import OperatingState, operating_state

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
                state = operating_state(transaction)
        except NOT_USABLE as error:
            log.error("no metrics of the store: %s", error)  # noqa: TRY400 - no trace: it may name values
            yield GaugeMetricFamily("screening_store_usable", "Whether the database and its keys can be used.", 0)
            return
        yield GaugeMetricFamily("screening_store_usable", "Whether the database and its keys can be used.", 1)
        yield _notices(state)
        yield from self._gauges(state)

    def _gauges(self, state: OperatingState) -> Iterator[Metric]:
        gauges = {
            "promises_passed": ("Submissions that wait past the answer they were promised.", state.passed_promises),
            "clock_disagrees": ("Whether the clock is wrong, so that sharing waits.", state.clock_disagrees),
            "deletion_held": ("Whether nothing is deleted until somebody looks.", state.deletion_held),
            "sharing_turns_this_hour": ("Turns at sending taken in this hour.", state.turns_this_hour),
            "sharing_turns_hourly": ("Turns at sending that there are in an hour.", self.pace.hourly),
        }
        for name, (meaning, number) in gauges.items():
            yield GaugeMetricFamily(f"screening_{name}", meaning, int(number))
        if state.backed_up_at:
            meaning = "When a backup was written last, in seconds since 1970; missing where none is known of."
            moment = state.backed_up_at.timestamp()
            yield GaugeMetricFamily("screening_last_backup_timestamp_seconds", meaning, moment)


def _notices(state: OperatingState) -> Metric:
    family = GaugeMetricFamily("screening_notices", "Notices not accepted yet, by event.", labels=["event", "state"])
    for event, count in state.notices.items():
        family.add_metric([event, "waiting"], count.waiting)
        family.add_metric([event, "failed"], count.failed)
    return family
