"""With Redis refusing or hanging, sending a report takes no longer: the bell is rung last, and briefly."""

import statistics
import time
from pathlib import Path

import pytest

from selfservice.database import Database
from tests.faults.residents import Browser, copies
from tests.faults.stage import Stage, free_port, has_redis

pytestmark = [pytest.mark.faults]

EACH = 150
MOST = 1.2


@pytest.mark.skipif(not has_redis(), reason="there is no redis-server on this machine")
def test_without_redis_sending_is_as_quick(tmp_path: Path, database: Database) -> None:
    """Three webs on one database, each pressed in turn: what else the machine does slows all alike."""
    with Stage(tmp_path, database, redis=True) as stage:
        webs = {
            "usual": stage.web(),
            "refused": stage.web("web_refused", f"redis://127.0.0.1:{free_port()}/0"),
            "hung": stage.web("web_hung", f"redis://127.0.0.1:{stage.listen_and_say_nothing()}/0"),
        }
        first = Browser(webs["usual"])
        draft = first.walk()
        tabs = {name: first.copy(web) for name, web in webs.items()}
        drafts = iter(copies(database, draft, 3 * EACH))
        took: dict[str, list[float]] = {name: [] for name in webs}
        order = list(tabs.items())
        for _ in range(EACH):
            order.append(order.pop(0))
            for name, tab in order:
                start = time.perf_counter()
                assert tab.send(next(drafts))[0] == "303"
                took[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in took.items()}
    for name, median in medians.items():
        ratio = median / medians["usual"]
        print(f"Redis {name}: median {1000 * median:.1f} ms, {ratio:.2f} times the usual")
    assert max(medians.values()) <= MOST * medians["usual"]
