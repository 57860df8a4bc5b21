"""`screening sign`: a review of a rule file, point by point, signed with the reviewer's own key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from screening.cli.input import english, fail, load_rules, print_problems, printing_mistakes
from screening.crypto.keys import KeyFileError
from screening.crypto.signing import SigningKey, load_signing_key, new_signing_key
from screening.rulefiles.authoring.pinned_changes import ChangedPin, changed_pins
from screening.rulefiles.authoring.review_form import load_form
from screening.rulefiles.authoring.signing import add_signature, signed_entry
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.pinning.comparison import raise_if_unpinned, unpinned
from screening.rulefiles.pinning.pin_file import load_pins
from screening.rulefiles.pinning.selection import pinned, pinned_translation
from screening.rulefiles.review.state import REQUIRED, Role
from screening.rulefiles.translation.loader import LANGUAGE, load_translations, translation_path
from screening.wording.authors.review_form import review_form
from screening.wording.document.review_state import check_lines

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--new-key", type=FILE, help="Make a key in this new file, which its owner alone may read.")
@click.option("--form", "write_form", is_flag=True, help="Write the form that a reviewer fills in, to --output.")
@click.option("-o", "--output", type=FILE, help="With --form: the file to write.")
@click.option("--review", type=FILE, help="The form as the reviewer filled it in.")
@click.option("--key", type=FILE, help="The reviewer's key.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.CLINICAL.value,
    show_default=True,
    callback=lambda _context, _option, value: Role(value),
    help="For what it is signed; safety is safety or ethics.",
)
@click.option("--language", default="", help="With --role translation: into which language, such as ms.")
def sign(
    file: Path | None,
    *,
    new_key: Path | None,
    output: Path | None,
    review: Path | None,
    key: Path | None,
    role: Role,
    language: str,
    write_form: bool,
) -> None:
    """Sign a rule FILE with a reviewer's form and key.

    \b
    1. screening sign --new-key me.pem
    2. screening sign rules/liver.yaml --form -o my_review.yaml      and fill it in
    3. screening sign rules/liver.yaml --review my_review.yaml --key me.pem --role clinical

    A rule file counts as signed once a clinician and, with --role safety, a second person have signed, and nobody
    disagrees. A signature is kept in NAME.review.yaml and counts for 12 months, for articles on law and prices for 3.
    Any edit of the rule file voids it; an edit of its comments does not.
    """  # noqa: D301 - click reads the escaped character: do not wrap what follows
    say = english().gettext
    if new_key:
        _make_key(new_key)
        return
    if file is None:
        raise click.UsageError(say("Name the rule file."))
    _check_language(role, language)
    rules = load_rules(file)
    if role is Role.TRANSLATION:
        _check_translation(rules, language)
    changed = _changed(rules, role, language)
    if write_form and output:
        _write(output, review_form(rules, role, language, changed, english()))
    elif review and key and not write_form:
        _sign(rules, review, key, role, language)
    else:
        raise click.UsageError(say("Give --form and --output, or --review and --key."))


def _check_language(role: Role, language: str) -> None:
    say = english().gettext
    if bool(language) != (role is Role.TRANSLATION):
        raise click.UsageError(say("--language belongs to --role translation, and --role translation needs it."))
    if language and not LANGUAGE.fullmatch(language):
        raise click.UsageError(say("%(name)s is no language tag, such as ms or zh-Hans.", name=language))


def _make_key(file: Path) -> None:
    try:
        key = new_signing_key(file)
    except KeyFileError as error:
        fail(str(error))
    say = english().gettext
    click.echo(say("%(file)s is written. Keep it to yourself: who has it can sign as you.", file=file))
    click.echo(say("The key by which others check what you sign: %(key)s", key=key.public))


def _write(file: Path, text: str) -> None:
    """Write a form, but never over one that somebody may have filled in."""
    say = english().gettext
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        fail(say("%(file)s exists already. Choose another name.", file=file))
    except OSError as error:
        fail(say("%(file)s cannot be written: %(reason)s", file=file, reason=error.strerror))
    click.echo(say("%(file)s is written. Fill it in, then sign it with --review and --key.", file=file))


def _check_translation(rules: LoadedRules, language: str) -> None:
    """Only a translation that is there and whole can be signed."""
    say = english().gettext
    with printing_mistakes():
        load_translation = load_translations(rules).get(language)
    if load_translation is None:
        file = translation_path(rules.path, language)
        fail(say("There is no translation to sign: %(file)s does not exist.", file=file))
    if load_translation.gaps:
        print_problems(load_translation.gaps)
        fail(say("Only a whole translation can be signed."))


def _changed(rules: LoadedRules, role: Role, language: str) -> tuple[ChangedPin, ...] | None:
    """What carries safety and was changed since this role last signed; a change without a reason cannot be signed."""
    with printing_mistakes():
        translations = load_translations(rules)
        pins = load_pins(rules.path, rules.rule_set.id)
        if pins is None:
            return None
        raise_if_unpinned(unpinned(rules, translations.values(), pins), rules)
    own = rules.rule_set.language
    says = pinned_translation(rules, translations[language]) if language else pinned(rules)
    return changed_pins(pins, language or own, says, rules.review.last_signed_on.get((role, language or own)))


def _sign(rules: LoadedRules, review: Path, key_file: Path, role: Role, language: str) -> None:
    """Sign what a form says, and tell what the review is worth now."""
    try:
        key = load_signing_key(key_file)
    except KeyFileError as error:
        fail(str(error))
    today = date.today()
    with printing_mistakes():
        form = load_form(review, rules, role, today)
    _check_second_person(rules, role, form.name, key)
    try:
        with printing_mistakes():
            file = add_signature(rules, signed_entry(rules, form, role, language or rules.rule_set.language, key))
    except OSError as error:
        fail(english().gettext("The signature cannot be written: %(reason)s", reason=error.strerror))
    click.echo(english().gettext("Signed, and written to %(file)s.", file=file))
    after = load_rules(rules.path).review
    for line in check_lines(after, after.state(today), english()):
        click.echo(line)


def _check_second_person(rules: LoadedRules, role: Role, name: str, key: SigningKey) -> None:
    """The two signatures that a rule file needs are of two people, each with a key of their own."""
    others = [signature for signature in rules.review.signatures if role in REQUIRED and signature.role in REQUIRED]
    for other in others:
        if other.role is not role and other.is_by(name, key.public):
            fail(
                english().gettext(
                    "%(name)s has signed already, for: %(role)s. The other signature must be by another person, with "
                    "a key of their own.",
                    name=other.name,
                    role=other.role,
                )
            )
