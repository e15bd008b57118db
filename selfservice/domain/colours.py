"""Colours, and whether somebody with low vision can read by them."""

# WCAG 2.2, success criterion 1.4.3: the least contrast for text of ordinary size.
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours written #rrggbb, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, by WCAG's formula for sRGB."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    linear = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
    return float(linear)
