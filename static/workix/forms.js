// Sends the forms of our public pages to the API, and shows its response.
"use strict";

// The token of an e-mailed link is behind the #, so that it is in no log; it leaves the address bar at once.
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

for (const section of document.querySelectorAll("section[data-without-token]")) section.hidden = Boolean(token);

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
  if (!form.checkValidity()) return showInvalid(form);
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "omit",
      body: JSON.stringify(content(form)),
    });
    if (answer.ok) succeed(form, answer.status === 201 ? await answer.json() : {});
    else showProblem(form, await answer.json());
  } catch {
    showProblem(form, { detail: "The platform can't be reached. Try again in a moment." });
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

function succeed(form, made) {
  const said = form.querySelector("[data-said]");
  if (said) {
    said.hidden = false;
    form.reset();
    return;
  }
  const done = document.querySelector("[data-done]");
  for (const told of done.querySelectorAll("[data-told]")) {
    told.textContent = told.dataset.told.split(".").reduce((inside, key) => inside?.[key], made) ?? "";
  }
  form.hidden = true;
  done.hidden = false;
  done.focus();
}

function showProblem(form, problem) {
  let marked = 0;
  for (const { field, detail } of problem.errors ?? []) marked += mark(form, field, detail) ? 1 : 0;
  const alert = form.querySelector(".alert");
  alert.textContent = marked && marked === (problem.errors ?? []).length
    ? "Check the marked fields." : problem.detail;
  alert.hidden = false;
  form.querySelector("[aria-invalid]")?.focus();
  if (form.hasAttribute("data-with-token")) {
    for (const other of document.querySelectorAll("form[data-second]")) other.hidden = false;
  }
}

function showInvalid(form) {
  for (const input of form.querySelectorAll("input")) {
    if (!input.validity.valid) mark(form, input.name, sentence(input));
  }
  showProblem(form, { errors: [], detail: "Check the marked fields." });
}

function sentence(input) {
  const { valueMissing, tooShort, patternMismatch, typeMismatch } = input.validity;
  if (valueMissing) return "This field is required.";
  if (tooShort) return `Use ${input.minLength} characters or more.`;
  if (patternMismatch) return "Use lower-case letters, digits and inner hyphens.";
  if (typeMismatch) return "This does not look like an e-mail address.";
  return input.validationMessage;
}

function mark(form, field, text) {
  const message = form.querySelector(`[data-error-of="${CSS.escape(field)}"]`);
  if (!message) return false;
  message.textContent = text;
  form.elements[field].setAttribute("aria-invalid", "true");
  return true;
}

function clear(form) {
  form.querySelector(".alert").hidden = true;
  for (const message of form.querySelectorAll("[data-error-of]")) message.textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
