"""Every setting of a deployment with what it means, as `screening serve --help` lists them."""

from __future__ import annotations

from screening.config.clinic import CLINIC_SETTINGS
from screening.config.clinic_hours import CLINIC_HOURS_SETTINGS
from screening.config.fhir import FHIR_SETTINGS
from screening.config.notifications import NOTICE_SETTINGS
from screening.config.pace import PACE_SETTINGS
from screening.logs.setup import SETTING

SETTINGS = {
    "SCREENING_RULES": "Path of the rule file. Default: the liver file that ships with the service.",
    "SCREENING_MODE": "match (default): questions alone. numbers: also numbers from papers.",
    "SCREENING_REGULATORY_VIEW": (
        "Who said, when and in which document, that this deployment may ask for numbers. Needed for the mode numbers."
    ),
    "SCREENING_API": (
        "off (default): there are no addresses for programs. local: programs on this machine may use /api/v1. "
        "keys: those that were given a key by `screening api-keys`; needs what sharing needs, and SCREENING_HTTPS."
    ),
    "SCREENING_API_SUBMISSIONS": (
        "1: programs whose key has the scope `submissions` may read what people shared from then on: what people agree "
        "to says so. Default: nobody but staff reads it."
    ),
    "SCREENING_API_PER_MINUTE": (
        "How many requests a minute each program may send there, whichever process or host answers; where no key is "
        "asked for, to each process. Default: 600."
    ),
    **FHIR_SETTINGS,
    "SCREENING_DEMONSTRATION": "1: a demonstration on this machine alone, marked as a test on every page.",
    "SCREENING_SERVE_UNREVIEWED": (
        "The name of who takes responsibility for serving a rule file that no clinician has signed; shown on /about."
    ),
    "SCREENING_HOST": "Address to listen on. Default: 127.0.0.1, this machine alone.",
    "SCREENING_PORT": "Port to listen on. Default: 8000.",
    "SCREENING_HTTPS": "1: people reach the service by https, so its cookie is never sent otherwise.",
    "SCREENING_PROXIES": (
        "How many proxies of your own stand in front, each of which adds the address that it was asked from: 0 to 5. "
        "Default: 0. Who guesses codes is slowed down by address."
    ),
    "SCREENING_INSTANCE": (
        "Folder for keys, the list of what was deleted and, without DATABASE_URL, what people share. Default: "
        "instance, in the folder where the service is started."
    ),
    "SCREENING_COOKIE_KEYS": (
        "Keys that seal the cookie, 64 hexadecimal digits each, the newest first. Default: made and kept in the "
        "instance folder."
    ),
    "SCREENING_SIGNING_KEY": (
        "PEM file with the private key that signs every PDF; needs the extra `sign`. `screening certificate` makes "
        "one. Default: PDFs are not signed."
    ),
    "SCREENING_SIGNING_CERTIFICATE": (
        "PEM file with the certificate of that key; older certificates after it, so that files signed by them are "
        "still known at /verify."
    ),
    SETTING: (
        "How the log is written to standard error: text (default), or json, one object a line for machines. It names "
        "types and places of errors and ids of requests; no message of a library, nothing that anybody typed."
    ),
    "SCREENING_MADE_BY": "Who makes this service available, as shown on the start page and on /about.",
    "SCREENING_PAID_BY": "Who pays for it.",
    "SCREENING_CONTACT": "Where to report a problem or a harm: an e-mail address or a telephone number.",
    **CLINIC_SETTINGS,
    **CLINIC_HOURS_SETTINGS,
    "SCREENING_MASTER_KEYS": (
        "File of the keys under which what people share is sealed. Default: master.keys in the instance folder, made "
        "on the first run."
    ),
    "SCREENING_KEEP_UNOPENED_DAYS": "Days until a submission that nobody at the clinic opened is deleted. Default: 30.",
    "SCREENING_KEEP_CLOSED_DAYS": "Days until a submission that was closed is deleted. Default: 90.",
    "SCREENING_KEEP_IDLE_DAYS": (
        "Days until a submission that was opened and not closed is deleted, if nothing more happens to it: 90 to 730. "
        "Default: 180. Another number counts from the start with it, for what was sent before too; a larger one only "
        "for what is sent from then on."
    ),
    **PACE_SETTINGS,
    "SCREENING_METRICS_TOKEN": (
        "File with a secret of 32 characters or more, by which a monitoring system may read /metrics. Default: there "
        "is no such page."
    ),
    **NOTICE_SETTINGS,
    "DATABASE_URL": "Where submissions are stored. Default: an SQLite file in the instance folder. postgresql://...",
}
"""Every setting with its meaning."""
