// Turns a long list into one that can be typed into. Without this file it is the browser's own list, and works.
// The library is a classic script that stands before this one; it keeps the list, hidden, and that is what is posted.

for (const list of document.querySelectorAll("select[data-type-ahead]")) {
  enhance(list, list.dataset);
}

function enhance(list, words) {
  const about = (list.getAttribute("aria-describedby") || "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent.trim());
  const chosen = list.selectedOptions[0];
  const input = list.id;
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: list,
    name: "",
    showAllValues: true, // an arrow tells that it is a list, and who does not know its words can look through it
    autoselect: false, // else who only looks into the list, and goes on, has chosen what stands first
    displayMenu: "overlay", // one that pushes the page down takes the button away from under a click
    defaultValue: chosen && chosen.value ? chosen.textContent : "",
    inputClasses: list.classList.contains("govuk-select--error") ? "govuk-input--error" : null,
    onConfirm: (text) => choose(list, text),
    tNoResults: () => words.none,
    tAssistiveHint: () => [...about, words.help].join(" "),
    tStatusNoResults: () => words.none,
    tStatusResults: (count) => (count === 1 ? words.one : words.many.replace("%{count}", count)),
    tStatusSelectedOption: (option, length, at) => `${option} ${at + 1}/${length}`,
  });
  // What was typed and is on no list is no answer; what is written in full is one, even if it was not picked.
  list.form?.addEventListener("submit", () => choose(list, document.getElementById(input).value));
}

function choose(list, text) {
  if (text === undefined) {
    return;
  }
  const wanted = text.trim().toLowerCase();
  const found = [...list.options].find((option) => option.value && option.textContent.trim().toLowerCase() === wanted);
  list.value = found ? found.value : "";
}
