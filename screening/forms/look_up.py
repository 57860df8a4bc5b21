"""The form by which a person finds again what they sent: reference code and secret phrase."""

from __future__ import annotations

from screening.forms.submitted_form import SubmittedForm
from screening.forms.typed_form import TypedForm
from screening.storage.submissions.record.reference_codes import CodeError, read_code
from screening.wording.language.languages import Language
from screening.wording.language.secret_phrases import PHRASE_WORDS, PhraseError, read_phrase


class LookUpForm(TypedForm):
    """A code and a phrase as they were typed, and what they stand for."""

    def __init__(self, language: Language) -> None:
        super().__init__(("code", "phrase"))
        self.language = language
        self.say = language.gettext
        self.code = ""
        self.secrets: tuple[bytes, ...] = ()
        """What the phrase may stand for; a phrase of words that two languages share stands for two."""

    def take(self, form: SubmittedForm) -> None:
        """Take over what was sent, and read it."""
        super().take(form)
        self._read_code()
        self._read_phrase()

    def _read_code(self) -> None:
        try:
            self.code = read_code(self.typed["code"])
        except CodeError:
            say = self.say
            message = say("Check the code. It has nine letters and numbers, like ABC-234-DEF.")
            self.refuse("code", message if self.typed["code"] else say("Type your code."))

    def _read_phrase(self) -> None:
        say = self.say
        if not self.typed["phrase"]:
            self.refuse("phrase", say("Type your secret words."))
            return
        try:
            self.secrets = read_phrase(self.typed["phrase"])
        except PhraseError as error:
            if error.unknown:
                self.refuse("phrase", misspelt_words(error, self.language))
            else:
                self.refuse("phrase", say("Type all %(number)s words in their order.", number=PHRASE_WORDS))


def misspelt_words(error: PhraseError, language: Language) -> str:
    """Which words are in no list, by their places: the words themselves are told nowhere."""
    places = language.all_of([str(place) for place in error.unknown])
    if len(error.unknown) == 1:
        return language.gettext("Check the spelling of word %(place)s.", place=places)
    return language.gettext("Check the spelling of words %(places)s.", places=places)
