"""What a browser calls itself, in two words that its owner knows it by: "Firefox, Windows"."""

# In this order: most browsers name those that they want to pass for as well.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def named(user_agent: str) -> str:
    """The browser and its system, "" where neither is known."""
    told = (
        next((name for sign, name in known if sign in user_agent[:1000]), "") for known in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in told if name)
