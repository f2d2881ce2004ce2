// Idempotency and retries, as a service with an API key: a lost answer, and a server that is busy, and nothing is done twice.
import assert from "node:assert/strict";

import { createWorkix, ok } from "../src/index.js";
import { personOf, sandbox } from "./sandbox.js";

const box = await sandbox();
const resource = "executions";
const sent: Request[] = [];
/** What happens to the next calls on their way; undefined lets one through. */
const weather: (((answer: Promise<Response>) => Promise<Response>) | undefined)[] = [];

const lost = async (answer: Promise<Response>): Promise<Response> => {
  await answer; // it was done, and nobody heard of it
  throw new TypeError("fetch failed");
};
const busy = async (answer: Promise<Response>): Promise<Response> => {
  await answer.catch(() => undefined);
  const problem = { type: "about:blank", title: "Busy", status: 503, code: "unavailable", detail: "Busy.", request_id: "1" };
  const headers = { "Content-Type": "application/problem+json", "Retry-After": "0" };
  return new Response(JSON.stringify(problem), { status: 503, headers });
};
const through = (request: Request): Promise<Response> => {
  sent.push(request);
  const answer = fetch(request);
  return weather.shift()?.(answer) ?? answer;
};

const service = createWorkix({ baseUrl: box.base_url, auth: { mode: "key", key: box.api_key }, fetch: through });
const consume = (headers = {}) =>
  service.api.POST("/api/v1/quotas/{resource}/consumptions/", { params: { path: { resource } }, body: { amount: 2 }, headers });
const used = async () => (await ok(service.api.GET("/api/v1/quotas/{resource}/", { params: { path: { resource } } }))).used;
const keys = () => sent.splice(0).map((request) => request.headers.get("Idempotency-Key"));

// Each call has a key of its own, and is sent again under it: twice lost, once done.
const before = await used();
sent.length = 0;
weather.push(lost, busy);
const { response } = await consume();
assert.equal(response.headers.get("Idempotency-Replayed"), "true");
const drawn = keys();
assert(drawn.length === 3 && drawn[0] !== null && new Set(drawn).size === 1);
assert.equal(await used(), before + 2);

// With a key of yours a call is the same tomorrow, in another process: store it beside what you do.
const order = { "Idempotency-Key": `order-${crypto.randomUUID()}` };
const once = await ok(consume(order));
const twice = await ok(consume(order));
assert.deepEqual([twice.id, await used()], [once.id, before + 4]);
const other = await service.api.POST("/api/v1/quotas/{resource}/consumptions/", {
  params: { path: { resource } },
  body: { amount: 3 },
  headers: order,
});
assert.equal(other.error?.code, "idempotency_key_reused");

// What takes no key is sent once: whether it was done, only you can find out.
const admin = personOf(box, "admin");
const person = createWorkix({ baseUrl: box.base_url, auth: { mode: "token" }, fetch: through });
await person.logIn({ email: admin.email, password: admin.password, organization: box.organization.slug });
sent.length = 0;
weather.push(lost);
await assert.rejects(person.api.PATCH("/api/v1/me/", { body: { first_name: "Ada" } }), TypeError);
assert.deepEqual([sent.length, ...keys()], [1, null]);
console.log("idempotency: done");
