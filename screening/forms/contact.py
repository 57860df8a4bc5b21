"""The form by which a person sends their answers: how they are reached, for whom, and what they consent to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from screening.config.clinic import Clinic
from screening.forms.typed_form import TypedForm, one_line
from screening.wording.language.languages import Language
from screening.wording.sharing.clinic_terms import READ, Consent
from screening.wording.sharing.contact import (
    CHANNELS,
    MAX_NAME,
    MAX_NOTE,
    RELATIONS,
    TIMES,
    AddressError,
    email_error,
    number_error,
    options_in_words,
    read_email,
)
from screening.wording.sharing.telephone import (
    PhoneNumber,
    country_name,
    country_options,
    possible_numbers,
    read_back_number,
)

# "language" is what the buttons send that change the language of a page.
NAMES = ("name", "channel", "address", "country", "best_time", "speaks", "note")
NUMBER_IS = "number_is"
"""What the input sends by which a person says that a number, read back with its country, is theirs."""
HELPER_NAMES = ("agrees", "helper_name", "relation")


class ReachForm(TypedForm):
    """How a person is reached."""

    def __init__(
        self,
        language: Language,
        clinic: Clinic,
        spoken: Mapping[str, str],
        typed: Mapping[str, str] | None = None,
        more: Sequence[str] = (),
    ) -> None:
        """`spoken`: the languages to be called in, by tag."""
        defaults = {
            "best_time": "any",
            "country": clinic.country,
            "speaks": language.tag if language.tag in spoken else "",
        }
        super().__init__((*NAMES, NUMBER_IS, *more), {**defaults, **(typed or {})})
        self.spoken = spoken
        self.say = language.gettext
        self.language = language
        self.clinic = clinic
        self.reach = ""
        """The address or number in the one way to write it."""
        self.numbers: tuple[PhoneNumber, ...] = ()
        """The numbers to read back: nothing is sent before the person said that one of them is theirs."""

    @property
    def options(self) -> dict[str, Mapping[str, str]]:
        """What can be chosen, by the name of the input."""
        return {
            "channel": options_in_words(CHANNELS, self.language),
            "country": country_options(self.clinic.countries, self.language),
            NUMBER_IS: {number.e164: read_back_number(number, self.language) for number in self.numbers},
            "best_time": options_in_words(TIMES, self.language),
            "speaks": self.spoken,
            "relation": options_in_words(RELATIONS, self.language),
            "agrees": {"yes": self.say("Yes"), "no": self.say("No")},
        }

    @property
    def country_help(self) -> str:
        """Which country is chosen beforehand, and when that does not matter."""
        clinic = self.say(
            "%(country)s is where the clinic is.", country=country_name(self.clinic.country, self.language)
        )
        other = self.say("If your number is of another country, choose it. With + or 00 in front this does not matter.")
        return self.language.sentences([clinic, other])

    def check(self) -> bool:
        """Whether all of it can be used; or else `errors` say why not, or `numbers` are to be read back."""
        say = self.say
        self._check_length("name", MAX_NAME, say("Type what you want to be called. A first name is enough."))
        self._check_option("channel", say("Choose how the clinic may reach you."))
        self._check_address()
        self._check_option("best_time", say("Choose the best time."))
        self._check_option("speaks", say("Choose the language in which you want to speak."))
        length = len(self.typed["note"])
        if length > MAX_NOTE:
            self.refuse(
                "note", say("Your note has %(length)s characters. It may have %(most)s.", length=length, most=MAX_NOTE)
            )
        return not self.errors and not self.numbers

    def contact(self) -> dict[str, Any]:
        """What is kept of it."""
        members = {name: self.typed[name] for name in NAMES if name != "speaks"}
        return {**members, "language": self.typed["speaks"], "reach": self.reach}

    def _check_length(self, name: str, most: int, message: str) -> None:
        """A text of one line that is needed."""
        self.typed[name] = one_line(self.typed[name])
        if not self.typed[name]:
            self.refuse(name, message)
        elif len(self.typed[name]) > most:
            self.refuse(name, self.say("This is too long. Type at most %(most)s letters.", most=most))

    def _check_option(self, name: str, message: str) -> None:
        if self.typed[name] not in self.options[name]:
            self.typed[name] = ""
            self.refuse(name, message)

    def _check_address(self) -> None:
        self.typed["address"] = one_line(self.typed["address"])
        if self.typed["country"] not in self.options["country"]:
            self.typed["country"] = ""
        if not self.typed["address"]:
            self.refuse("address", self.say("Type the number or the e-mail address."))
        elif self.typed["channel"] == "email":
            try:
                self.reach = read_email(self.typed["address"])
            except AddressError:
                self.refuse("address", email_error(self.language))
        elif self.typed["channel"]:
            self._check_number()

    def _check_number(self) -> None:
        """Take the number that was read back and is the person's; else read back each that may be meant."""
        country = self.typed["country"]
        numbers = possible_numbers(self.typed["address"], country, self.clinic.countries)
        number = next((number for number in numbers if number.e164 == self.typed[NUMBER_IS]), None)
        if number:
            self.reach = number.e164
            self.typed["address"] = number.printed
        elif numbers:
            self.numbers = numbers
            self.typed[NUMBER_IS] = ""
        else:
            self.refuse("address", number_error(country, self.language))


class SendForm(ReachForm):
    """The same with consents, and for somebody else with who helps."""

    def __init__(
        self,
        language: Language,
        clinic: Clinic,
        spoken: Mapping[str, str],
        consents: Sequence[Consent],
        *,
        for_other: bool,
        again: bool,
    ) -> None:
        """`again`: sent before, so that only the changed answers are consented to."""
        self.consents = [consent for consent in consents if not again or consent is consents[0]]
        self.for_other = for_other
        self.again = again
        ticks = [f"consent_{consent.id}" for consent in self.consents]
        super().__init__(language, clinic, spoken, more=(*(HELPER_NAMES if for_other and not again else ()), *ticks))

    def check(self) -> bool:
        """Whether all of it can be sent; the errors in the order of the page."""
        if not self.again:
            if self.for_other:
                self._check_helper()
            super().check()
        for consent in self.consents:
            if self.typed[f"consent_{consent.id}"] != "yes":
                self.refuse(f"consent_{consent.id}", self._missing_consent(consent))
        return not self.errors and not self.numbers

    def _missing_consent(self, consent: Consent) -> str:
        if consent.id == READ:
            return self.say("If you agree that the clinic reads this, tick it. Without that nothing can be sent.")
        return self.say("If you agree that the clinic contacts you, tick it. Without that nothing can be sent.")

    def helper(self) -> dict[str, Any] | None:
        """Who sends it for somebody else."""
        if not self.for_other or self.again:
            return None
        return {"name": self.typed["helper_name"], "relation": self.typed["relation"], "agrees": True}

    def _check_helper(self) -> None:
        say = self.say
        self._check_option("agrees", say("Say whether the person agrees."))
        if self.typed["agrees"] == "no":
            self.refuse("agrees", say("Then nothing can be sent. You can take the PDF to a doctor together."))
        self._check_length("helper_name", MAX_NAME, say("Type the helper's name. A first name is enough."))
        self._check_option("relation", say("Say who the helper is."))
