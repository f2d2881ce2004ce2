// Retries: what may be sent twice is, under the same key and with the same body; nothing else ever is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { because, createWorkix, dryRun } from "../src/index.js";
import { json, lost, problem, server, type Answers } from "./server.js";

const retries = { attempts: 3, longestWait: 1 };

function service(answers: Answers) {
  const { fetch, asked } = server(answers);
  return { ...createWorkix({ baseUrl: "https://acme.example", auth: { mode: "key", key: "wxk_1" }, fetch, retries }), asked };
}

const busy = () => problem(503, "unavailable", { "Retry-After": "0" });

test("a mutation with a key is sent again as it was, three times at most", async () => {
  const { api, asked } = service(busy);
  const { response } = await api.POST("/api/v1/users/", { body: { email: "dave@acme.example" } });
  assert.equal(response.status, 503);
  assert.deepEqual([asked.length, new Set(asked.map(({ key, body }) => `${key} ${body}`)).size], [3, 1]);
  await api.POST("/api/v1/users/", { body: { email: "dave@acme.example" } });
  assert.notEqual(asked[0]?.key, asked[3]?.key, "the next call is another one");
});

test("a mutation without a key is sent once, unless it is a dry run", async () => {
  const { api, asked } = service(busy);
  const body = { name: "Acme" };
  await api.PATCH("/api/v1/organization/", { body });
  assert.equal(asked.splice(0).length, 1);
  await api.PATCH("/api/v1/organization/", { body, headers: dryRun });
  assert.equal(asked.splice(0).length, 3);
  await api.POST("/api/v1/users/", { body: { email: "dave@acme.example" }, headers: dryRun });
  assert.deepEqual(asked.map(({ key }) => key), [null, null, null], "a dry run uses no key up");
});

test("a log-in is sent once, however busy it is", async () => {
  const { api, asked } = service(busy);
  await api.POST("/api/v1/auth/login/", { body: { email: "alice@acme.example", password: "p" } });
  assert.equal(asked.length, 1);
});

test("who is to wait for longer than they want, or is locked out, hears of it at once", async () => {
  for (const refusal of [problem(429, "rate_limited", { "Retry-After": "60" }), problem(429, "locked_out", { "Retry-After": "0" })]) {
    const { api, asked } = service(() => refusal);
    assert.equal((await api.GET("/api/v1/users/")).response.status, 429);
    assert.equal(asked.length, 1);
  }
});

test("a conflict is waited for where an answer was lost, and nowhere else", async () => {
  const answers = [lost, () => problem(409, "conflict"), () => json({ id: "1" })];
  const unlucky = service(() => (answers.shift() ?? lost)());
  const { data } = await unlucky.api.POST("/api/v1/roles/", { body: { name: "Auditors", permissions: [] } });
  assert.deepEqual([(data as { id: string }).id, unlucky.asked.length], ["1", 3]);
  const plain = service(() => problem(409, "conflict"));
  await plain.api.POST("/api/v1/roles/", { body: { name: "Auditors", permissions: [] } });
  assert.equal(plain.asked.length, 1);
});

test("whoever gives up while waiting is not kept waiting", async () => {
  const { api, asked } = service(() => problem(429, "rate_limited", { "Retry-After": "1" }));
  const signal = AbortSignal.timeout(50);
  await assert.rejects(api.GET("/api/v1/users/", { signal }), { name: "TimeoutError" });
  assert.equal(asked.length, 1);
});

test("a reason in any script is a header of ASCII", () => {
  assert.deepEqual(because("Left the company"), { "Workix-Reason": "Left the company" });
  assert.deepEqual(because("Für Zoë", "run/1"), { "Workix-Reason": "UTF-8''F%C3%BCr%20Zo%C3%AB", "Workix-Trace": "run/1" });
  assert.deepEqual(because("two\nlines"), { "Workix-Reason": "UTF-8''two%0Alines" });
  assert.deepEqual(because("UTF-8''x"), { "Workix-Reason": "UTF-8''UTF-8''x" });
});
