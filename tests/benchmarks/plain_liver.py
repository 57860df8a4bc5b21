"""The liver rules as one plainly written Python function: the baseline that deciding is measured against.

It takes the answers that the rules read (a code, a frozenset of ticked codes, a `Decimal`, None for
unknown) with every strict question settled, and returns the category. It knows nothing of the
expression language, and follows section 9 of the clinical document line by line.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

RED_FLAGS = {
    "vomit_blood",
    "black_stool",
    "confusion",
    "severe_pain",
    "breathless",
    "collapse",
    "fever_fluid",
    "jaundice_fast",
}
CIRRHOSIS = {"cirrhosis_early", "cirrhosis_late", "cirrhosis_unknown"}


def decide(a: dict[str, Any]) -> str:
    """The category of a settled answer set."""
    ascites, he, bleed, jaundice = a["ascites"], a["he"], a["bleed"], a["jaundice"]
    told = a["told"]
    stage = a["stage"] if told != "none" else None
    reported = (
        told in CIRRHOSIS
        or stage in ("F3_F4", "F4")
        or ascites in ("now", "past")
        or he in ("now", "past")
        or bleed != "never"
    )
    transplant_talk = a["transplant_talk"] if reported or told in (None, "scarring_not_said") else "not_discussed"
    other_comp = a["other_comp"] if reported else frozenset()
    child_pugh = a["child_pugh"] if reported else None
    meld = a["meld"] if reported else None

    papers = a["has_papers"] not in ("not_now", "no")
    lsm = a["lsm"] if papers else None
    alt = a["alt"] if papers else None
    ast = a["ast"] if papers else None
    platelets = a["platelets"] if papers else None
    bilirubin = a["bilirubin"] if papers else None
    albumin = a["albumin"] if papers else None
    inr = a["inr"] if papers else None
    any_lab = any(x is not None for x in (alt, ast, a["ggt"], platelets, bilirubin, albumin, inr))
    labs_age = a["labs_age"] if papers and any_lab else None

    if "blood_thinner" in a["other_health"]:
        inr = None

    if (
        not a["red_flags"].isdisjoint(RED_FLAGS)
        or (ascites == "now" and "infection_now" in a["other_health"])
        or (
            bilirubin is not None
            and bilirubin >= 85
            and inr is not None
            and inr >= Decimal("1.5")
            and labs_age not in ("1to6m", "6to12m", "gt12m")
        )
    ):
        return "urgent"

    age = a["age"]
    if (
        age < 18
        or not a["situation"].isdisjoint({"pregnant", "breastfeeding", "transplanted"})
        or a["cancer"] in ("liver_ever", "other_now", "being_checked")
    ):
        return "not_covered"

    cause = a["cause"]
    viral = "hbv" in cause or "hcv" in cause
    maybe_viral = viral or None in cause
    flare = (alt is not None and alt > 200) or (ast is not None and ast > 200)
    harmless_yellow = jaundice in ("now_blocked", "now_harmless")
    scan_set_aside = flare or jaundice == "now_blocked"
    scan_scar = lsm is not None and (lsm > 7 if viral else lsm >= 8)
    scan_watch = lsm is not None and lsm > 7 and maybe_viral
    scan_cirrhosis = lsm is not None and lsm >= 15 and not scan_set_aside
    cirrhosis = (
        told in CIRRHOSIS
        or stage in ("F3_F4", "F4")
        or scan_cirrhosis
        or child_pugh == "A"
        or bleed == "varices_no_bleed"
    )

    if (
        ascites in ("now", "past")
        or he in ("now", "past")
        or bleed in ("recent", "past")
        or told == "cirrhosis_late"
        or "sbp" in other_comp
        or "kidney_liver" in other_comp
        or child_pugh in ("B", "C")
        or transplant_talk in ("listed", "told_need")
        or (cirrhosis and ((meld is not None and meld >= 15) or jaundice == "now_liver"))
    ):
        return "decompensated"

    if cirrhosis:
        explained = jaundice == "now_blocked" or (
            jaundice == "now_harmless" and bilirubin is not None and bilirubin < 85
        )
        number_first = bilirubin is not None and bilirubin > Decimal("51.3") and not explained
        return "unclear" if number_first else "early_cirrhosis"

    if told == "fibrosis" or stage in ("F1", "F1_F2", "F2", "F2_F3", "F3") or (scan_scar and not scan_set_aside):
        return "fibrosis"

    scan_clear = lsm is not None and not scan_scar and not scan_watch
    if not (told in ("none", "liver_no_scar") or stage == "F0" or scan_clear):
        return "unclear"
    warning = (
        (platelets is not None and platelets < 150)
        or (albumin is not None and albumin < 35)
        or (bilirubin is not None and bilirubin > Decimal("34.2") and not harmless_yellow)
        or (bilirubin is not None and bilirubin > Decimal("51.3"))
        or (inr is not None and inr >= Decimal("1.5"))
        or flare
        or (meld is not None and meld >= 15)
        or jaundice == "now_liver"
        or transplant_talk == "not_possible"
    )
    if warning or scan_scar or scan_watch:
        return "unclear"
    if (
        not (stage == "F0" or scan_clear)
        and not flare
        and age >= 35
        and alt is not None
        and ast is not None
        and platelets is not None
    ):
        fib4 = age * ast / (platelets * alt.sqrt())
        if fib4 > Decimal("2.67"):
            return "unclear"
    return "no_sign"
