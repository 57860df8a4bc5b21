"""Faults put into the grounds and the order of the liver rules, each with the guarantee or case that must catch it.

Every edit is old text, which stands in the file once, and new text in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.cases import LIVER

Edit = tuple[str, str]
TEXT = LIVER.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Fault:
    """A fault by its name, the text that becomes another, and what catches it."""

    name: str
    old: str
    new: str
    guarantee: str = ""
    case: str = ""
    more: tuple[Edit, ...] = ()
    """Other edits without which the rule file would not load."""


def rule(category: str) -> str:
    """The text of one rule."""
    start = TEXT.index(f"  - category: {category}\n    grounds:")
    return TEXT[start : TEXT.index("\n\n", start) + 2]


def swapped(first: str, second: str) -> Edit:
    """Two rules that follow each other, the other way round."""
    return rule(first) + rule(second), rule(second) + rule(first)


NOW_SIGNS = '"confusion", "severe_pain", "breathless", "collapse", "fever_fluid")\n        because'
LOW_COUNTS = "definitely(platelets < 150) or definitely(albumin < 35) or ("

DROPPED = (
    Fault(
        "black stool is no warning sign any more",
        '"vomit_blood", "black_stool", ' + NOW_SIGNS,
        '"vomit_blood", ' + NOW_SIGNS,
        guarantee="red_flag_is_urgent",
    ),
    Fault(
        "yellow eyes that came fast are mistaken for a sign that was seen",
        'when: any_of(red_flags, "jaundice_fast")',
        'when: any_of(red_flags, "seen")',
        guarantee="red_flag_is_urgent",
    ),
    Fault(
        "fluid in the past is no complication",
        'when: ascites in {"now", "past"}\n',
        'when: ascites == "now"\n',
        guarantee="event_is_decompensated",
    ),
    Fault(
        "confusion now is no complication",
        'when: he in {"now", "past"}\n',
        'when: he == "past"\n',
        guarantee="no_sign_is_never_given_with",
    ),
    Fault(
        "bleeding in the last months is no complication",
        'when: bleed in {"recent", "past"}\n',
        'when: bleed == "past"\n',
        guarantee="event_is_decompensated",
    ),
    Fault(
        "an infection of the belly fluid is no complication",
        'when: definitely(any_of(other_comp, "sbp"))',
        'when: definitely(any_of(other_comp, "kidney_liver"))',
        case="An infection of the belly fluid is a complication",
    ),
    Fault(
        "Child-Pugh class C is left out",
        'when: definitely(child_pugh in {"B", "C"})',
        'when: definitely(child_pugh == "B")',
        case="Child-Pugh class C is a complication, and clinics may turn the person away",
    ),
    Fault(
        "being listed for a transplant is left out",
        'when: definitely(transplant_talk in {"listed", "told_need"})',
        'when: definitely(transplant_talk == "told_need")',
        guarantee="no_sign_is_never_given_with",
    ),
    Fault(
        "varices are no cirrhosis in which jaundice counts",
        ' or bleed == "varices_no_bleed"\n  - id: points_to_complications',
        "\n  - id: points_to_complications",
        guarantee="unsure_jaundice_in_cirrhosis",
    ),
    Fault(
        "low platelets are no warning",
        LOW_COUNTS,
        "definitely(albumin < 35) or (",
        case="A warning alone makes no section",
    ),
    Fault(
        "a transplant that is not possible is no warning",
        ' or definitely(transplant_talk == "not_possible")\n    review',
        "\n    review",
        guarantee="no_sign_is_never_given_with",
    ),
    Fault(
        "cirrhosis of which nothing more was said is left out",
        '"cirrhosis_late", "cirrhosis_unknown"})\n  - id',
        '"cirrhosis_late"})\n  - id',
        guarantee="told_worse_is_never_milder",
    ),
    Fault(
        "F3 to F4 counts as no cirrhosis",
        'definitely(stage in {"F3_F4", "F4"})',
        'definitely(stage == "F4")',
        guarantee="no_sign_is_never_given_with",
    ),
)
COMPARED = (
    Fault(
        "> for >= in the scan of cirrhosis",
        "definitely(lsm >= 15) and not",
        "definitely(lsm > 15) and not",
        case="A scan of 15.0 is early cirrhosis by a scan number alone",
    ),
    Fault(
        ">= for > in the bilirubin that needs a doctor's eye first",
        'cirrhosis and definitely(bilirubin > 51.3) and jaundice != "now_blocked" and\n      (jaundice',
        'cirrhosis and definitely(bilirubin >= 51.3) and jaundice != "now_blocked" and\n      (jaundice',
        case="With cirrhosis a bilirubin of 51.3 needs no doctor's eye first",
    ),
    Fault(
        "a blood number announces complications again",
        "when: cirrhosis and definitely(meld >= 15)\n",
        "when: cirrhosis and (definitely(meld >= 15) or number_first)\n",
        guarantee="no_blood_number_is_a_complication",
    ),
    Fault(
        "a harmless cause explains any bilirubin",
        '(jaundice != "now_harmless" or definitely(bilirubin >= 85))',
        'jaundice != "now_harmless"',
        guarantee="unexplained_bilirubin_gives_no_part",
    ),
    Fault(
        "fibrosis is given where the number comes first",
        "when: scan_fibrosis and not number_first\n",
        "when: scan_fibrosis\n",
        guarantee="unexplained_bilirubin_gives_no_part",
    ),
    Fault(
        "<= for < in the age of adults",
        "when: age < 18\n",
        "when: age <= 18\n",
        case="At 18 the age is no ground any more",
    ),
    Fault(
        "<= for >= in the MELD of complications",
        "when: cirrhosis and definitely(meld >= 15)\n",
        "when: cirrhosis and definitely(meld <= 15)\n",
        guarantee="higher_meld_is_never_milder",
    ),
    Fault(
        "< for >= in the INR that needs help today",
        "definitely(bilirubin >= 85) and definitely(inr_used >= 1.5)",
        "definitely(bilirubin >= 85) and definitely(inr_used < 1.5)",
        guarantee="higher_inr_is_never_milder",
    ),
    Fault(
        "> for < in the albumin that warns",
        LOW_COUNTS,
        LOW_COUNTS.replace("albumin <", "albumin >"),
        case="An albumin of 3.2 g/dL is below 35 g/L and a warning",
    ),
    Fault(
        "9.0 for 8.0 in the scan of scars",
        "lsm > 7.0 if viral else lsm >= 8.0",
        "lsm > 7.0 if viral else lsm >= 9.0",
        guarantee="no_sign_is_never_given_with",
    ),
    Fault(
        "the cut-offs with and without hepatitis are swapped",
        "lsm > 7.0 if viral else lsm >= 8.0",
        "lsm >= 8.0 if viral else lsm > 7.0",
        case="With another cause a scan of 7.9 is clear",
    ),
    Fault(
        "a limit is typed in mg/dL where umol/L are stored",
        "definitely(bilirubin >= 85) and definitely(inr_used",
        "definitely(bilirubin >= 5) and definitely(inr_used",
        case="A bilirubin of 84.9 with a high INR is not urgent",
    ),
)
SWAPPED = (
    Fault(
        "what is not covered goes before what is urgent",
        *swapped("urgent", "not_covered"),
        guarantee="red_flag_is_urgent",
    ),
    Fault(
        "early cirrhosis goes before complications",
        *swapped("decompensated", "early_cirrhosis"),
        guarantee="event_is_decompensated",
    ),
    Fault(
        "fibrosis goes before early cirrhosis",
        *swapped("early_cirrhosis", "fibrosis"),
        guarantee="stiffer_is_never_milder",
    ),
    Fault(
        "complications go before what is not covered",
        *swapped("not_covered", "decompensated"),
        guarantee="unsure_cancer_gives_no_stage",
    ),
)
JOINED = (
    Fault(
        "or for and: an infection alone is urgent",
        'ascites == "now" and definitely(any_of(other_h',
        'ascites == "now" or definitely(any_of(other_h',
        case="Fluid in the past with an infection now is not urgent",
    ),
    Fault(
        "a lost not: what stands against it is needed for it",
        'definitely(told in {"none", "liver_no_scar"}) and not held_back',
        'definitely(told in {"none", "liver_no_scar"}) and held_back',
        guarantee="jaundice_of_the_liver_is_a_sign",
    ),
    Fault(
        "stage F0 reassures whatever stands against it",
        'when: definitely(stage == "F0") and not held_back',
        'when: definitely(stage == "F0")',
        guarantee="unsure_jaundice_is_a_sign",
    ),
    Fault(
        "a scan of cirrhosis counts only where it is set aside",
        "definitely(lsm >= 15) and not scan_set_aside",
        "definitely(lsm >= 15) and scan_set_aside",
        guarantee="inflammation_can_be_milder",
    ),
)

SAYS_SOMETHING: Edit = (
    "and nothing said about scarring\n            means_unsure: true\n",
    "and nothing said about scarring\n",
)
"""So that the answer is no other way to say "I'm not sure", whatever a condition makes of it."""
TOLD = (
    Fault(
        "everybody is told to ask for a transplant team",
        "soon.\n        when: not transplant_told and category",
        "soon.\n        when: category",
        guarantee="no_one_told_of_a_transplant_has_to_ask",
    ),
    Fault(
        "the note on a transplant team is for everybody again",
        'when: category == "decompensated" and not transplant_told\n',
        'when: category == "decompensated"\n',
        guarantee="no_one_told_of_a_transplant_has_to_ask",
    ),
    Fault(
        "the waiting list is no word on a transplant",
        'is: definitely(transplant_talk in {"listed", "told_need",',
        'is: definitely(transplant_talk in {"told_need",',
        guarantee="no_one_told_of_a_transplant_has_to_ask",
    ),
    Fault(
        "a mild stage is told beside complications that are open",
        "not possibly(more_than_mild) and\n",
        "not definitely(more_than_mild) and\n",
        guarantee="mild_is_not_told_beside_more",
    ),
    Fault(
        "a mild stage is told beside a stiff liver",
        ' or scan_scar or scan_watch or\n      definitely(fib4 > 2.67) or definitely(stage in {"F2"',
        ' or scan_watch or\n      definitely(fib4 > 2.67) or definitely(stage in {"F2"',
        guarantee="mild_is_not_told_beside_more",
    ),
    Fault(
        "clinics are told of stem cells where help is needed",
        'when: category != "urgent" and definitely(any_of(situation, "maybe_pregnant"))',
        'when: definitely(any_of(situation, "maybe_pregnant"))',
        guarantee="no_stem_cells_where_help_is_needed",
    ),
    Fault(
        "nothing serious need be there, though complications may be",
        '              not may_be("urgent") and not may_be("decompensated") and not may_be("early_cirrhosis") and\n',
        '              not may_be("urgent") and not may_be("early_cirrhosis") and\n',
        guarantee="nothing_serious_is_not_told_too_soon",
    ),
    Fault(
        "nothing serious need be there where nothing is known, though complications may be",
        '>-\n            not may_be("urgent") and not may_be("decompensated") and not may_be("early_cirrhosis") and\n',
        '>-\n            not may_be("urgent") and not may_be("early_cirrhosis") and\n',
        guarantee="nothing_serious_is_not_told_too_soon",
    ),
    Fault(
        "something like fluid leaves fluid in the past out",
        "leaves_open: [now, past, never]\n            means_unsure: true\n\n  - id: he",
        "leaves_open: [now, never]\n\n  - id: he",
        guarantee="told_unsure_is_as_unsure",
    ),
    Fault(
        "nothing said about scarring is a doctor's word on it",
        'is: known(told) and not definitely(told == "scarring_not_said")',
        "is: known(told)",
        guarantee="told_unsure_is_as_unsure",
        more=(SAYS_SOMETHING,),
    ),
    Fault(
        "nothing said about scarring is no scarring",
        'definitely(told in {"none", "liver_no_scar"}) and not held_back',
        'definitely(told in {"none", "scarring_not_said", "liver_no_scar"}) and not held_back',
        guarantee="told_unsure_is_as_unsure",
        more=(SAYS_SOMETHING,),
    ),
)

FAULTS = (*DROPPED, *COMPARED, *SWAPPED, *JOINED, *TOLD)
