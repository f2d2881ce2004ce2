// Sends what a person typed on a page of the browsable API, as the person who is logged in, and shows the answer.
"use strict";

for (const form of document.querySelectorAll("form[data-api]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  const shown = form.querySelector("pre");
  const method = form.elements.method.value;
  const body = form.elements.body.value.trim();
  try {
    const answer = await fetch(window.location.href, {
      method,
      headers: {
        Accept: "application/json",
        "X-CSRFToken": form.dataset.token,
        ...(body ? { "Content-Type": "application/json" } : {}),
      },
      body: method === "GET" || !body ? undefined : body,
    });
    shown.textContent = `${answer.status} ${answer.statusText}\n\n${pretty(await answer.text())}`;
  } catch {
    shown.textContent = "The platform can't be reached. Try again in a moment.";
  }
  shown.hidden = false;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
