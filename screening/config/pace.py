"""Settings of how fast people may send their answers: a network's burst and pace, and a bound for the deployment."""

from __future__ import annotations

from dataclasses import dataclass

from screening.config.environment import Environment

PACE_SETTINGS = {
    "SCREENING_PACE_BURST": (
        "How many may send their answers at once from one network (an IPv4 address, 64 bits of an IPv6 one). Default: "
        "10. Who comes after them is told when to press again; nobody is refused."
    ),
    "SCREENING_PACE_SECONDS": "Seconds from one to the next from there on. Default: 6.",
    "SCREENING_PACE_HOURLY": (
        "How many may send their answers in one hour, from wherever. Default: 1000. Where it is reached the log has an "
        "error."
    ),
}
"""Every setting of the pace with its meaning."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast answers are taken."""

    burst: int = 10
    """From one network at once: a ward, a class or a family all have one address."""
    seconds: int = 6
    """From one to the next once the burst is used up. With the defaults 610 an hour: less than `hourly`, so that no
    single network can use up what there is for all."""
    hourly: int = 1000
    """For the whole deployment, in each hour of the clock: more than any clinic answers, and little to keep."""


def read_pace(environment: Environment) -> Pace:
    """The pace that the settings give."""
    usual = Pace()
    return Pace(
        burst=environment.whole("SCREENING_PACE_BURST", default=usual.burst, least=1, most=1_000_000),
        seconds=environment.whole("SCREENING_PACE_SECONDS", default=usual.seconds, least=1, most=3600),
        hourly=environment.whole("SCREENING_PACE_HOURLY", default=usual.hourly, least=1, most=10_000_000),
    )
