"""Faults that change no condition: texts, numbers and marks that carry safety, changed, swapped or dropped.

A fault is said by the ids of what it touches, not by its words, so that texts may be written better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening.rulefiles.model.texts import NAMING

Step = tuple[str, ...]
"""`set ID VALUE`, `drop ID` or `swap ID ID`; the value is a text, or true."""


@dataclass(frozen=True)
class SilentFault:
    """A fault by its name, what is done, and what a mistake that is told must name."""

    name: str
    steps: tuple[Step, ...]
    told: str


def fault(name: str, *step: str, told: str = "") -> SilentFault:
    """A fault of one step; what is told names the thing touched, its last member left out where that is no text."""
    return SilentFault(name, (step,), told or step[1])


RED = "questions.red_flags.options"
URGENT = "rules.urgent.grounds"

EMERGENCIES = (
    fault("warning signs interrupt no more", "drop", f"{URGENT}.red_flag_now.interrupt", told="now_interrupts"),
    fault("yellow eyes interrupt no more", "drop", f"{URGENT}.red_flag_today.interrupt", told="today_interrupts"),
    fault("warning signs wait until today", "set", f"{URGENT}.red_flag_now.speed", "today", told="now_interrupts"),
    fault("infected fluid waits until today", "set", f"{URGENT}.infected_fluid.speed", "today", told="now_interrupts"),
    fault("an infection interrupts no more", "drop", f"{URGENT}.infected_fluid.interrupt", told="now_interrupts"),
    fault("children are told at the end", "drop", "rules.not_covered.grounds.under_18.interrupt", told="children"),
    fault("two numbers have no speed", "drop", f"{URGENT}.bilirubin_and_inr.speed", told="today_interrupts"),
    fault("a wrong number in Malaysia", "set", "emergency.numbers.malaysia.number", "998", told="emergency_numbers"),
    SilentFault(
        "the numbers of two countries are swapped",
        (("swap", "emergency.numbers.malaysia.number", "emergency.numbers.singapore.number"),),
        "emergency_numbers",
    ),
    fault("a country is left out", "drop", "emergency.numbers.indonesia", told="indonesia"),
    fault("the mobile number is another", "set", "emergency.numbers.malaysia.note", "From a mobile phone use 110."),
    fault("elsewhere nobody is called", "set", "emergency.elsewhere", "In any other country, wait for your doctor."),
    fault("the signs are other ones", "set", "emergency.signs", "Do you feel tired?"),
    fault("the form comes before the call", "set", "emergency.instead", "Fill this in first."),
    fault("unsure calls for help now", "set", "emergency.unsure", "now", told="emergency"),
    fault("the two speeds swap headings", "swap", "emergency.speeds.now.title", "emergency.speeds.today.title"),
    fault("a step drives to the hospital", "set", "emergency.speeds.now.steps.2", "Drive yourself to the hospital."),
    fault("the last step is gone", "drop", "emergency.speeds.now.steps.3"),
    fault("the slower speed stands first", "swap", "emergency.speeds.1", "emergency.speeds.2", told='"emergency"'),
)
ANSWERS = (
    fault("two warning signs are swapped", "swap", f"{RED}.vomit_blood.text", f"{RED}.jaundice_fast.text"),
    fault("a sign says the opposite", "set", f"{RED}.breathless.text", "No trouble breathing"),
    fault("none of these goes with others", "drop", f"{RED}.none.exclusive", told='"none"'),
    fault("signs count for months", "set", "questions.red_flags.text", "Did any of this happen in the last 7 months?"),
    fault("the help excuses signs", "set", "questions.red_flags.help", "Leave it out if it comes and goes."),
    fault(
        "fluid now and never are swapped",
        "swap",
        "questions.ascites.options.now.text",
        "questions.ascites.options.never.text",
    ),
    fault("a complication is repeated wrongly", "set", "questions.ascites.options.now.repeat", "No"),
    fault("stages are swapped", "swap", "questions.stage.options.F1.text", "questions.stage.options.F4.text"),
    fault(
        "what was told is swapped",
        "swap",
        "questions.told.options.none.text",
        "questions.told.options.cirrhosis_late.text",
    ),
    fault("cancer is asked otherwise", "set", "questions.cancer.text", "Are you worried about cancer?"),
    fault("labels of two numbers are swapped", "swap", "questions.albumin.label", "questions.platelets.label"),
    fault(
        "printed ranges are swapped",
        "swap",
        "questions.bilirubin.units.umol/L.printed_range",
        "questions.bilirubin.units.mg/dL.printed_range",
        told="ranges may be swapped",
    ),
    fault("a unit has another name", "set", "questions.albumin.units.g/dL.label", "g/L", told="is a spelling of"),
    fault(
        "an unusual number passes",
        "drop",
        "questions.bilirubin.units.mg/dL.unusual_above",
        told="questions.bilirubin.units.mg/dL",
    ),
    fault("the question about units is another", "set", "questions.bilirubin.unit_question", "Which range is lower?"),
    fault("numbers are not read back", "drop", "pages.scan.read_back", told="read_back"),
    fault("a clinical code is another", "set", f"{RED}.black_stool.codes.1.code", "8765009", told=f"{RED}.black_stool"),
)
RESULTS = (
    fault("urgent answers may be shared", "set", "categories.urgent.share", "true", told="never_sent_to_a_clinic"),
    fault("no sign may be shared", "set", "categories.no_sign.share", "true", told="never_sent_to_a_clinic"),
    fault("urgent looks calm", "set", "categories.urgent.tone", "calm", told="categories.urgent"),
    fault("not covered overrides nothing", "drop", "categories.not_covered.overrides", told="categories.not_covered"),
    fault(
        "urgent headings are swapped",
        "swap",
        "categories.urgent.headings.now.text",
        "categories.urgent.headings.today.text",
    ),
    fault(
        "a heading is shown for less",
        "set",
        "categories.urgent.headings.now.when",
        'holds("red_flag_now")',
        told="categories.urgent.headings.now",
    ),
    fault(
        "headings of two parts are swapped",
        "swap",
        "categories.fibrosis.headings.heading.text",
        "categories.decompensated.headings.heading.text",
    ),
    fault("names of two parts are swapped", "swap", "categories.fibrosis.name", "categories.decompensated.name"),
    fault("urgent has a step less", "drop", "categories.urgent.next_steps.help", told="categories.urgent"),
    fault("a step stops medicines", "set", "categories.urgent.next_steps.medicines.text", "Stop your medicines."),
    fault(
        "reasons are swapped",
        "swap",
        "rules.decompensated.grounds.fluid.because",
        "rules.decompensated.grounds.brain.because",
    ),
    fault(
        "what is open is swapped",
        "swap",
        "rules.decompensated.grounds.fluid.open",
        "rules.decompensated.grounds.bleeding.open",
    ),
    fault(
        "a heading of the undetermined is sure",
        "set",
        "undetermined.kinds.several.headings.sections.text",
        "You have {sections}",
    ),
    fault("two answers that disagree fit", "set", "undetermined.kinds.disagree.headings.told.text", "All is fine"),
    fault("a note to act informs", "set", "notes.today.kind", "information", told="has no time frame"),
    fault(
        "a note is told to the clinic alone",
        "set",
        "notes.see_doctor_soon.audience",
        "clinic",
        told="notes.see_doctor_soon",
    ),
    SilentFault(
        "nobody calls first",
        (("drop", "notes.see_doctor_soon.call_first"), ("drop", "notes.see_doctor_soon.in_short")),
        "notes.see_doctor_soon",
    ),
    fault("nobody calls first, and it has a label", "drop", "notes.see_doctor_soon.call_first", told="call_first"),
    fault(
        "a note says to wait", "set", "notes.today.text", "You are not sure about the warning signs. Wait some days."
    ),
    fault(
        "treatment may be stopped", "set", "shared.always.blocks.stop.text", "Stop any treatment because of this page."
    ),
)
GUARDS = (
    fault("it is medical advice", "set", "disclaimer", "This is medical advice."),
    fault("the limit is gone", "drop", "limit"),
    fault("it finds diseases", "set", "regulatory_statement", "This service finds diseases."),
    fault("cells are shown to heal", "set", "short_answer.tested.text", "It is shown to remove scars for good."),
    fault("staff may say that it works", "drop", "staff.never_say.works", told='"staff"'),
    fault("a word is banned no more", "drop", "banned.phrases.1", told='"banned"'),
    fault("a ground cites nothing", "drop", f"{URGENT}.red_flag_today.sources", told="everything_cites_a_source"),
    fault("a ground cites another source", "set", f"{URGENT}.red_flag_today.sources.1", "guide", told="red_flag_today"),
    fault("a note cites nothing", "drop", "notes.today.sources", told="everything_cites_a_source"),
    fault("a claim cites nothing", "drop", "claims.early_best.sources", told="everything_cites_a_source"),
    fault("a claim has another label", "set", "claims.early_best.label", "not_enough", told="claims.early_best"),
    fault("a label says something else", "set", "claim_labels.not_shown.text", "Shown"),
    fault("a source counts as confirmed", "set", "sources.liver_trust.confirmed", "true", told="sources.liver_trust"),
    fault("a judgement is asked no more", "drop", f"{URGENT}.red_flag_now.review", told="red_flag_now"),
    fault("a guarantee is gone", "drop", "guarantees.red_flag_is_urgent", told="guarantees.red_flag_is_urgent"),
    fault("a guarantee promises less", "drop", "guarantees.unsure_event_is_never_milder.never.1", told="unsure_event"),
    fault(
        "a guarantee speaks of less", "drop", "guarantees.now_interrupts.grounds.2", told="guarantees.now_interrupts"
    ),
)
FAULTS = (*EMERGENCIES, *ANSWERS, *RESULTS, *GUARDS)


def with_fault(data: Any, seeded: SilentFault) -> None:
    """Put a fault into the data of a rule file."""
    for verb, name, *more in seeded.steps:
        parent, key = _place(data, name)
        if verb == "drop":
            assert key in parent if isinstance(parent, dict) else len(parent) > 1
            del parent[key]
        elif verb == "swap":
            other, other_key = _place(data, more[0])
            assert parent[key] != other[other_key]
            parent[key], other[other_key] = other[other_key], parent[key]
        else:
            value: object = True if more[0] == "true" else more[0]
            assert not isinstance(parent, dict) or parent.get(key) != value
            parent[key] = value


def _place(data: Any, name: str) -> tuple[Any, Any]:
    """What holds a member, and the key or index under which it does; a page's questions are named without it."""
    holder: Any = {**data, "questions": [question for page in data["pages"] for question in page["questions"]]}
    *way, last = name.split(".")
    if not way:
        return data, last
    for step in way:
        holder = holder[_key(holder, step)]
    return holder, _key(holder, last)


def _key(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return step
    names = [
        next((item[member] for member in NAMING if member in item), "") if isinstance(item, dict) else ""
        for item in holder
    ]
    return names.index(step) if step in names else int(step) - 1
