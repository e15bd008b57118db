// Wakes the GOV.UK Frontend components that our pages use. Every page works without this file.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll
} from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
]) {
  createAll(component);
}

// Printing needs a script, so its button is shown only where scripts run.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A browser that comes back by Back may show a page from memory: a button disabled by a double click guard, or a
// confirmation that belongs to another draft. What the server says now is what counts.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("form[data-fresh]")) {
    window.location.reload();
  }
});
