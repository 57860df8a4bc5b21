"""Faults put into what the liver rules make of answers: of not sure, of what is not asked, and of exceptions."""

from __future__ import annotations

from tests.analysis.seeded_faults import Fault

FEW_CHECKED = "(known(alt) or known(ast) or known(ggt))"
ANY_CHECKED = """(known(alt) or known(ast) or known(ggt) or known(platelets) or
          known(bilirubin) or known(albumin) or known(inr))"""

UNSURE = (
    Fault(
        "a special situation made lenient",
        "strict: true\n        text: Is one of these true now?",
        "text: Is one of these true now?",
        guarantee="unsure_cancer_gives_no_stage",
        more=(
            ('when: any_of(situation, "pregnant")', 'when: definitely(any_of(situation, "pregnant"))'),
            ('when: any_of(situation, "breastfeeding")', 'when: definitely(any_of(situation, "breastfeeding"))'),
            ('when: any_of(situation, "transplanted")', 'when: definitely(any_of(situation, "transplanted"))'),
        ),
    ),
    Fault(
        "unchecked bleeding may be veins that never bled, and not bleeding",
        "leaves_open: [past, never]",
        "leaves_open: [varices_no_bleed, never]",
        guarantee="unsure_event_is_never_milder",
    ),
    Fault(
        "unchecked jaundice is never from the liver",
        "leaves_open: [now_liver, now_harmless]",
        "leaves_open: [now_blocked, now_harmless]",
        guarantee="unsure_jaundice_is_a_sign",
    ),
    Fault(
        "definitely for possibly: not knowing the cause reads scans as no virus does",
        'is: possibly(any_of(cause, "hbv", "hcv"))',
        'is: definitely(any_of(cause, "hbv", "hcv"))',
        guarantee="unknown_cause_is_never_milder",
    ),
    Fault(
        "possibly for definitely: an unknown class is a complication",
        'when: definitely(child_pugh in {"B", "C"})',
        'when: possibly(child_pugh in {"B", "C"})',
        guarantee="told_worse_is_never_milder",
    ),
    Fault(
        "possibly for definitely: an unknown bilirubin warns",
        "definitely(bilirubin > 51.3) or definitely(inr_used",
        "possibly(bilirubin > 51.3) or definitely(inr_used",
        case="A blocked bile duct with a clear scan withholds nothing",
    ),
)
ASKED = (
    Fault(
        "a wrong default: an infected belly where nobody asked",
        "if_not_asked: none",
        "if_not_asked: sbp",
        guarantee="veins_are_never_milder",
    ),
    Fault(
        "a wrong default: listed for a transplant where nobody asked",
        "if_not_asked: not_discussed",
        "if_not_asked: listed",
        guarantee="told_worse_is_never_milder",
    ),
    Fault(
        "a hidden question: the stage, but for those who were told that the liver is fine",
        'ask_if: not definitely(told == "none")',
        'ask_if: definitely(told == "none")',
        guarantee="told_worse_is_never_milder",
    ),
    Fault(
        "a hidden question: the age of a blood test without liver enzymes",
        ANY_CHECKED,
        FEW_CHECKED,
        guarantee="context_changes_no_category",
    ),
    Fault(
        "a hidden question: the talk of a transplant where nothing was told",
        "ask_if: definitely(reported) or not told_of_scarring",
        "ask_if: definitely(reported)",
        case="Being told to need a transplant counts as a complication",
    ),
    Fault(
        "a hidden question: the age of a scan, which is asked only without one",
        '"no"}) and known(lsm)\n',
        '"no"}) and not known(lsm)\n',
        case="A scan of over a year ago is old",
    ),
)
EXCEPTED = (
    Fault(
        "a lost exception: the INR counts with a blood thinner",
        'unknown if definitely(any_of(other_health, "blood_thinner")) else inr',
        "inr",
        guarantee="blood_thinner_can_be_milder",
    ),
    Fault(
        "a lost exception: an old blood test calls for help today",
        ' and\n          not definitely(labs_age in {"1to6m", "6to12m", "gt12m"})',
        "",
        guarantee="older_blood_test_can_be_milder",
    ),
    Fault(
        "a lost exception: a harmless cause does not explain bilirubin",
        'jaundice in {"now_blocked", "now_harmless"}',
        'jaundice == "now_blocked"',
        case="With a harmless cause a bilirubin of 51.3 is explained",
    ),
    Fault(
        "a lost exception: a blocked bile duct does not set the scan aside",
        'is: flare or jaundice == "now_blocked"',
        "is: flare",
        case="Not sure about jaundice keeps open whether the scan counts",
    ),
    Fault(
        "a lost exception: FIB-4 is worked out in strong inflammation",
        "unknown if age < 35 or flare else",
        "unknown if age < 35 else",
        case="An AST of 201 is strong inflammation, with which no FIB-4 is worked out",
    ),
    Fault(
        "one exception too many: a weak heart sets the scan aside",
        'is: flare or jaundice == "now_blocked"',
        'is: flare or jaundice == "now_blocked" or definitely(any_of(other_health, "heart_failure"))',
        guarantee="context_changes_no_category",
    ),
    Fault(
        "FIB-4 decides where it should not",
        "when: told_cirrhosis and not number_first\n",
        "when: told_cirrhosis and not definitely(fib4 < 1.3)\n",
        guarantee="fib4_decides_no_stage",
    ),
    Fault(
        "a transplanted liver hides the section underneath",
        "a liver transplant\n        otherwise: true",
        "a liver transplant",
        case="After a liver transplant the guide is not about the person",
    ),
)

FAULTS = (*UNSURE, *ASKED, *EXCEPTED)
