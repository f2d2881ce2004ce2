// Passkeys (WebAuthn) in our pages: asks for options, lets the browser sign, and sends the form with what was signed.
"use strict";

const supported = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);

for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = supported;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !supported;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sign(form);
  });
}

async function sign(form) {
  const alert = form.querySelector(".alert");
  const button = form.querySelector("[type=submit]");
  alert.hidden = button.disabled = true;
  try {
    const credential = await ask(form.dataset.passkey, await options(form));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (error) {
    alert.textContent = sentence(error);
    alert.hidden = button.disabled = false;
  }
}

async function options(form) {
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.options, { method: "POST", headers });
  const body = await answer.json();
  if (!answer.ok) throw new Refusal(body.detail);
  return body;
}

function ask(what, json) {
  return what === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) });
}

class Refusal extends Error {}

function sentence(error) {
  if (error instanceof Refusal) return error.message;
  if (error.name === "InvalidStateError") return "This device has a passkey of yours already.";
  return "Nothing was signed. Try again.";
}
