// Warns two minutes before a page that nobody uses is closed, and loses nothing that was typed on it.
const dialog = document.querySelector("dialog[data-timeout]");
const SECOND = 1000;
// Whoever typed or clicked this recently is there, and is not asked whether they are.
const THERE = 10 * 60 * SECOND;

if (dialog && typeof dialog.showModal === "function") {
  watch(dialog);
}

function watch(dialog) {
  const page = document.querySelector("[data-timeout-page]");
  const idle = Number(dialog.dataset.idle) * SECOND;
  const warned = Number(dialog.dataset.warned) * SECOND;
  const steps = [...dialog.querySelectorAll("[data-at]")];
  const words = [dialog.querySelector("[data-timeout-words]"), dialog.querySelector("[data-timeout-left]")];
  const away = dialog.querySelector("[data-timeout-away]");
  const form = document.querySelector("form[data-fresh]");
  let heard = Date.now();
  let active = 0;
  let busy = false;

  for (const sign of ["keydown", "pointerdown", "input", "scroll"]) {
    document.addEventListener(sign, () => { active = dialog.open ? active : Date.now(); }, { passive: true });
  }
  dialog.querySelector("[data-timeout-stay]").addEventListener("click", stay);
  dialog.querySelector("[data-timeout-leave]").addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  setInterval(look, SECOND);

  function look() {
    const now = Date.now();
    const left = heard + idle - now;
    if (busy || left > warned) {
      return;
    }
    if (!dialog.open && left > 0) {
      if (active > heard && now - active < THERE) {
        renew();
      } else {
        open();
      }
    } else if (left <= 0) {
      leave();
      return;
    }
    // A text that changes is read out; one that only counts down would never be silent.
    const step = steps.reduce((best, each) => (Number(each.dataset.at) * SECOND >= left ? each : best), steps[0]);
    for (const each of steps) {
      if (each.hidden !== (each !== step)) {
        each.hidden = each !== step;
      }
    }
  }

  function open() {
    reached(true);
    dialog.showModal();
    dialog.focus();
  }

  async function stay() {
    if (await renew()) {
      dialog.close();
    } else {
      reached(false);
    }
  }

  async function leave() {
    const typed = page.hasAttribute("data-unsaved") || changed(form);
    if (!(await renew())) {
      if (!dialog.open) {
        dialog.showModal();
      }
      reached(false);
      return;
    }
    if (!typed) {
      window.location.assign(page.dataset.kept);
      return;
    }
    const how = document.createElement("input");
    Object.assign(how, { type: "hidden", name: "do", value: "keep" });
    form.append(how);
    busy = true;
    form.submit();
  }

  // A fresh token for every form of the page. False when the website cannot be reached.
  async function renew() {
    busy = true;
    try {
      const answer = await fetch(dialog.dataset.stay, { credentials: "same-origin", cache: "no-store" });
      const token = answer.ok ? (await answer.json()).token : null;
      if (!token) {
        return false;
      }
      for (const field of document.querySelectorAll("input[name=csrf_token]")) {
        field.value = token;
      }
      heard = Date.now();
      return true;
    } catch {
      return false;
    } finally {
      busy = false;
    }
  }

  function reached(yes) {
    for (const each of words) {
      each.hidden = !yes;
    }
    away.hidden = yes;
  }
}

// Whether anything on the form differs from how the page came.
function changed(form) {
  return form !== null && [...form.elements].some((each) => {
    if (each.type === "checkbox" || each.type === "radio") {
      return each.checked !== each.defaultChecked;
    }
    if (each.type === "file") {
      return each.files.length > 0;
    }
    if (each.tagName === "SELECT") {
      return [...each.options].some((option) => option.selected !== option.defaultSelected);
    }
    return each.type !== "hidden" && "defaultValue" in each && each.value !== each.defaultValue;
  });
}
