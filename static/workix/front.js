// Leads a person to the address of their organization.
"use strict";

for (const form of document.querySelectorAll("form[data-go-to-organization]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const there = new URL(form.dataset.goToOrganization);
    const slug = form.elements.slug.value.trim().toLowerCase();
    there.hostname = `${slug}.${there.hostname.replace(/^api\./, "")}`;
    there.pathname = "/admin/";
    window.location.assign(there);
  });
}
