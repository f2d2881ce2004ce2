// Sends the forms of our public pages to the API, and says what it answered.
"use strict";

// The token of a mailed link is behind the #, so that it is in no log; it leaves the address bar at once.
const token = decodeURIComponent(window.location.hash.slice(1));
if (token) window.history.replaceState(null, "", window.location.pathname);

for (const form of document.querySelectorAll("form[data-send]")) {
  if (form.hasAttribute("data-with-token")) {
    form.elements.token.value = token;
    form.hidden = !token;
  }
  if (form.hasAttribute("data-without-token")) form.hidden = Boolean(token);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  form.addEventListener("input", ({ target }) => {
    if (!target.hasAttribute("aria-invalid")) return;
    target.removeAttribute("aria-invalid");
    form.querySelector(`[data-error-of="${CSS.escape(target.name)}"]`).textContent = "";
  });
}

for (const output of document.querySelectorAll("[data-slug]")) {
  const form = output.closest("form");
  let chosen = false;
  const show = () => { output.textContent = form.elements.slug.value || "…"; };
  const follow = () => {
    if (!chosen) form.elements.slug.value = asSlug(form.elements.name.value);
    show();
  };
  form.elements.slug.addEventListener("input", () => { chosen = true; show(); });
  form.elements.name.addEventListener("input", follow);
  follow(); // somebody quicker than this script, or a browser that fills in, has typed already
}

function asSlug(name) {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 63);
}

async function send(form) {
  clear(form);
  if (!form.checkValidity()) return tellInvalid(form);
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "omit",
      body: JSON.stringify(content(form)),
    });
    if (answer.ok) succeed(form);
    else tell(form, await answer.json());
  } catch {
    tell(form, { detail: "The platform can't be reached. Try again in a moment." });
  } finally {
    button.disabled = false;
  }
}

// "admin.email" becomes {admin: {email: …}}; what was left empty is left out.
function content(form) {
  const body = {};
  for (const [name, value] of new FormData(form)) {
    if (value === "") continue;
    const path = name.split(".");
    const last = path.pop();
    path.reduce((inside, key) => (inside[key] ??= {}), body)[last] = value;
  }
  return body;
}

function succeed(form) {
  const said = form.querySelector("[data-said]");
  if (said) {
    said.hidden = false;
    form.reset();
    return;
  }
  const done = document.querySelector("[data-done]");
  form.hidden = true;
  done.hidden = false;
  done.focus();
}

function tell(form, problem) {
  let told = 0;
  for (const { field, detail } of problem.errors ?? []) told += mark(form, field, detail) ? 1 : 0;
  const alert = form.querySelector(".alert");
  alert.textContent = told && told === (problem.errors ?? []).length
    ? "Look at what is marked below." : problem.detail;
  alert.hidden = false;
  form.querySelector("[aria-invalid]")?.focus();
  if (form.hasAttribute("data-with-token")) {
    for (const other of document.querySelectorAll("form[data-second]")) other.hidden = false;
  }
}

function tellInvalid(form) {
  for (const input of form.querySelectorAll("input")) {
    if (!input.validity.valid) mark(form, input.name, sentence(input));
  }
  tell(form, { errors: [], detail: "Look at what is marked below." });
}

function sentence(input) {
  const { valueMissing, tooShort, patternMismatch, typeMismatch } = input.validity;
  if (valueMissing) return "This is needed.";
  if (tooShort) return `Use ${input.minLength} characters or more.`;
  if (patternMismatch) return "Use lower-case letters, digits and inner hyphens.";
  if (typeMismatch) return "This does not look like an e-mail address.";
  return input.validationMessage;
}

function mark(form, field, text) {
  const place = form.querySelector(`[data-error-of="${CSS.escape(field)}"]`);
  if (!place) return false;
  place.textContent = text;
  form.elements[field].setAttribute("aria-invalid", "true");
  return true;
}

function clear(form) {
  form.querySelector(".alert").hidden = true;
  for (const place of form.querySelectorAll("[data-error-of]")) place.textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
