// Token mode: log in, read page by page, refresh once for all who wait, decide by the code of an error, log out.
import assert from "node:assert/strict";

import { because, createWorkix, dryRun, each, ok, WorkixError, type Tokens } from "../src/index.js";
import { personOf, sandbox } from "./sandbox.js";

const box = await sandbox();
const admin = personOf(box, "admin");
let kept: Tokens | null = null;
let refreshes = 0;

const workix = createWorkix({
  baseUrl: box.base_url,
  auth: { mode: "token", onSession: (session) => void (kept = session) },
  fetch: (request) => {
    refreshes += Number(request.url.endsWith("/auth/refresh/"));
    return fetch(request);
  },
});
const { api } = workix;

// Log in: a refusal is an error with a code of the document.
const credentials = { email: admin.email, password: admin.password, organization: box.organization.slug };
const refused = await workix.logIn({ ...credentials, password: "a guess that is wrong" }).catch((error: unknown) => error);
assert(refused instanceof WorkixError && refused.is("invalid_credentials"));
// @ts-expect-error: a code that no problem has does not compile, so a code that is gone is found when types are made anew
refused.is("no_such_code");
await workix.logIn(credentials);
assert.equal((await ok(api.GET("/api/v1/me/"))).email, admin.email);

// Every row of a list, page after page.
const people: string[] = [];
for await (const person of each((at) => api.GET("/api/v1/users/", { params: { query: { page_size: 2, ...at } } }))) {
  people.push(person.email);
}
assert(people.length >= 3 && new Set(people).size === people.length);
const actions = new Set<string>();
for await (const entry of each((at) => api.GET("/api/v1/audit-logs/", { params: { query: { page_size: 5, ...at } } }))) {
  actions.add(entry.action);
}
assert(actions.has("user.created"));

// The access token is over: three calls at once wait for the same refresh, and each is answered.
await workix.adopt({ ...workix.session()!, access: "over" });
const three = await Promise.all([1, 2, 3].map(() => ok(api.GET("/api/v1/organization/"))));
assert.deepEqual([three.map((each) => each.slug), refreshes], [Array(3).fill(box.organization.slug), 1]);
assert.deepEqual(kept, workix.session(), "the new pair is kept before it is used: the old one works no more");

// Errors, in both ways: as a part of the answer, or thrown.
const { data, error } = await api.POST("/api/v1/users/", { body: { email: "no address", role: "user" } });
assert(data === undefined && error.code === "validation_error");
assert.deepEqual(error.errors?.map((each) => each.field), ["email"]);
try {
  await ok(api.GET("/api/v1/users/{id}/", { params: { path: { id: crypto.randomUUID() } } }));
  assert.fail();
} catch (error) {
  if (!(error instanceof WorkixError)) throw error;
  assert.deepEqual([error.status, error.code, typeof error.requestId], [404, "not_found", "string"]);
}

// What would it do? Nothing is kept.
const email = `dave@${box.organization.slug}.example`;
const headers = { ...dryRun, ...because("Nur ein Versuch, für Zoë", "run-7/step-1") };
const tried = await ok(api.POST("/api/v1/users/", { body: { email, role: "viewer" }, headers }));
assert("dry_run" in tried && tried.dry_run?.changes.length);
assert.equal((await ok(api.GET("/api/v1/users/", { params: { query: { search: email } } }))).count, 0);

// Logged out is over: the next call is refused, and nobody is asked for a token again.
const before = workix.session()!;
await workix.logOut();
assert.equal((await api.GET("/api/v1/me/")).response.status, 401);
const later = createWorkix({ baseUrl: box.base_url, auth: { mode: "token", session: { ...before, access: "over" } } });
assert.equal((await later.api.GET("/api/v1/me/")).response.status, 401);
assert.equal(later.session(), null);
console.log("token mode: done");
