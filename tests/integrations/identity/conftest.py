"""What the tests of the identity room stand on: a provider that really signs people in."""

from collections.abc import Iterator

import pytest

from integrations.identity import discovery
from tests.factories.openid_provider import OpenIDProvider


@pytest.fixture
def elsewhere() -> Iterator[OpenIDProvider]:
    """An OpenID provider; nothing is remembered of it afterwards."""
    discovery.forget()
    with OpenIDProvider() as running:
        yield running
    discovery.forget()
