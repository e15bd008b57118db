// Passkeys: when the button of a form is pressed, asks the browser for one and sends its answer with the form.
// Without this file, or in a browser that knows no passkeys, the form stays hidden and the page offers another way.

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
  for (const words of document.querySelectorAll("[data-without-passkeys]")) {
    words.hidden = true;
  }
}

async function ask(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  tell(form, "");
  try {
    form.elements.answer.value = JSON.stringify(told(await answer(form)));
    form.submit(); // the listener above is not called by this
  } catch (error) {
    const words = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "there" };
    tell(form, form.dataset[words[error.name] || "failed"]);
    button.disabled = false;
    button.focus();
  }
}

async function answer(form) {
  const asked = await fetch(form.dataset.options, {
    method: "POST",
    body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value }),
  });
  if (!asked.ok) {
    throw new Error(`answered ${asked.status}`);
  }
  const options = await asked.json();
  options.challenge = bytes(options.challenge);
  for (const key of [...(options.allowCredentials || []), ...(options.excludeCredentials || [])]) {
    key.id = bytes(key.id);
  }
  if (form.dataset.passkey === "add") {
    options.user.id = bytes(options.user.id);
    return navigator.credentials.create({ publicKey: options });
  }
  return navigator.credentials.get({ publicKey: options });
}

// What the server reads: WebAuthn's own JSON, which not every browser makes by itself yet.
function told(key) {
  const { response } = key;
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: response.attestationObject && text(response.attestationObject),
      authenticatorData: response.authenticatorData && text(response.authenticatorData),
      signature: response.signature && text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
      transports: response.getTransports ? response.getTransports() : [],
    },
  };
}

function tell(form, words) {
  const message = form.querySelector("[data-passkey-message]");
  message.textContent = words;
  message.hidden = !words;
  message.parentElement.classList.toggle("govuk-form-group--error", Boolean(words));
}

// Base64url, as all of WebAuthn's JSON has it.
function bytes(words) {
  const plain = atob(words.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
