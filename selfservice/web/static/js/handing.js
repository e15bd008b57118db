// Hears who has a form that help was asked for with, and turns the page to it. Without this the page's own link does.
const page = document.querySelector("[data-handing]");
const SECONDS = 5;
// After these nothing more is to be heard: the page says what to do next.
const LAST = new Set(["back", "sent", "run_out"]);

if (page) {
  wait();
}

function wait() {
  if (!LAST.has(page.dataset.stage)) {
    setTimeout(ask, SECONDS * 1000);
  }
}

async function ask() {
  if (!document.hidden) {
    try {
      const answer = await fetch(page.dataset.handing, { headers: { Accept: "application/json" } });
      if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json")) {
        turn(await answer.json());
      } else if (answer.status === 404 || answer.status === 410) {
        window.location.reload();
        return;
      }
    } catch {
      // No connection just now: asked again as if nothing had been heard.
    }
  }
  wait();
}

function turn(told) {
  if (told.stage === page.dataset.stage) {
    return;
  }
  if (!page.querySelector(`[data-while~="${told.stage}"]`)) {
    window.location.reload(); // nothing on this page is about it
    return;
  }
  page.dataset.stage = told.stage;
  const heading = page.querySelector("[data-heading]");
  document.title = document.title.replace(heading.textContent, told.heading);
  heading.textContent = told.heading;
  page.querySelector("[data-state]").textContent = told.words;
  for (const part of page.querySelectorAll("[data-while]")) {
    part.hidden = !part.dataset.while.split(" ").includes(told.stage);
  }
}
