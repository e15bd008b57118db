"""A council's colours: the style sheet that turns GOV.UK Frontend's pages into the council's own.

That white text is readable on the colour is checked where councils' files are read (`domain/colours.py`
measures it).
"""

from selfservice.domain.council import Council

WHITE = "#ffffff"
INK = "#0b0c0c"


def theme_css(council: Council) -> str:
    """The text of `/<council>/theme.css`: GOV.UK Frontend's custom properties in the council's colour.

    They hold for whatever is marked `data-council`: the whole page on a council's own pages, its card on the
    page that lists every council.
    """
    colour = council.colour
    properties = {
        "--govuk-brand-colour": colour,
        "--govuk-link-colour": colour,
        "--govuk-link-hover-colour": mixed(colour, INK, 0.45),
        "--govuk-surface-background-colour": mixed(colour, WHITE, 0.94),
        "--govuk-surface-border-colour": mixed(colour, WHITE, 0.6),
        "--govuk-success-colour": colour,
        "--council-colour": colour,
        "--council-dark": mixed(colour, INK, 0.35),
        "--council-tint": mixed(colour, WHITE, 0.94),
        "--council-soft": mixed(colour, WHITE, 0.84),
        "--council-line": mixed(colour, WHITE, 0.6),
    }
    lines = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f'[data-council="{council.slug}"] {{\n{lines}}}\n'


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with the given share (0 to 1) of `other` mixed in."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(mine * (1 - share) + theirs * share):02x}" for mine, theirs in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
