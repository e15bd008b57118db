"""What is said of a report, a request, an application and a change where the words differ: whole sentences of
each, for a translator cannot make them from parts."""

from dataclasses import dataclass

from forms.kit.service import Kind
from selfservice.web.languages import _, gettext_noop


@dataclass(frozen=True, slots=True)
class KindWords:
    """`sent` begins the title of the confirmation and `thanks` is its heading; `now_send` stands above the
    button on check answers."""

    sent: str
    thanks: str
    now_send: str


_WORDS = {
    Kind.REPORT: KindWords(
        gettext_noop("Report sent"),
        gettext_noop("Thank you. We have your report"),
        gettext_noop("Now send your report"),
    ),
    Kind.REQUEST: KindWords(
        gettext_noop("Request sent"),
        gettext_noop("Thank you. We have your request"),
        gettext_noop("Now send your request"),
    ),
    Kind.APPLICATION: KindWords(
        gettext_noop("Application sent"),
        gettext_noop("Thank you. We have your application"),
        gettext_noop("Now send your application"),
    ),
    Kind.CHANGE: KindWords(
        gettext_noop("Changes sent"),
        gettext_noop("Thank you. We have your changes"),
        gettext_noop("Now send your changes"),
    ),
}


def words_of(kind: Kind) -> KindWords:
    """What is said of this kind, in the reader's language."""
    written = _WORDS[kind]
    return KindWords(_(written.sent), _(written.thanks), _(written.now_send))
