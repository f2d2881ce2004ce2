// Sessions: one refresh for all who wait, a spent token is not spent again, and a wrong password is not sent twice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createWorkix, ok, WorkixError, type Tokens } from "../src/index.js";
import { json, lost, problem, server, type Answers } from "./server.js";

const OLD = { access: "old", refresh: "r1" };
const REFRESH = "POST /auth/refresh/";
const ME = "/api/v1/me/";

function logged(answers: Answers, told: (Tokens | null)[] = []) {
  const { fetch, asked } = server(answers);
  const auth = { mode: "token", session: OLD, onSession: (session: Tokens | null) => void told.push(session) } as const;
  return { workix: createWorkix({ baseUrl: "https://acme.example", auth, fetch, retries: { longestWait: 1 } }), asked };
}

/** A platform where only the token `new` is good. */
const expiring: Answers = ({ call, token }) => {
  if (call === REFRESH) return json({ access: "new", refresh: "r2", device: null });
  return token === "Bearer new" ? json({ email: "alice@acme.example" }) : problem(401, "token_not_valid");
};

test("who comes with a token that was replaced meanwhile takes the new one", async () => {
  const late: (() => void)[] = [];
  const { workix, asked } = logged(async (said, number) => {
    if (number === 1) await new Promise<void>((resolve) => late.push(resolve));
    return expiring(said, number);
  });
  const first = ok(workix.api.GET(ME));
  await ok(workix.api.GET(ME));
  late.forEach((go) => go());
  await first;
  assert.equal(asked.filter(({ call }) => call === REFRESH).length, 1);
});

test("the new pair is kept before it is used, and the device token stays", async () => {
  const told: (Tokens | null)[] = [];
  const { workix } = logged((said, number) => {
    if (said.token === "Bearer new") assert.equal(told.length, 1);
    return expiring(said, number);
  }, told);
  await workix.adopt({ ...OLD, device: "d" });
  told.length = 0;
  await ok(workix.api.GET(ME));
  assert.deepEqual(told.map((session) => [session?.refresh, session?.device]), [["r2", "d"]]);
});

test("a session that is over is over for all who wait, after one question", async () => {
  const told: (Tokens | null)[] = [];
  const { workix, asked } = logged(({ call }) => problem(401, call === REFRESH ? "session_revoked" : "token_not_valid"), told);
  const answers = await Promise.all([1, 2, 3].map(() => workix.api.GET(ME)));
  assert.deepEqual(answers.map(({ response }) => response.status), [401, 401, 401]);
  assert.deepEqual([told, asked.filter(({ call }) => call === REFRESH).length], [[null], 1]);
});

test("a wrong password is another 401: it is sent once", async () => {
  const { workix, asked } = logged(() => problem(401, "invalid_credentials"));
  await workix.api.POST("/api/v1/me/password/", { body: { current_password: "a guess", password: "x".repeat(15) } });
  assert.deepEqual(asked.map(({ call }) => call), ["POST /me/password/"]);
});

test("a refresh is asked for again when the platform was busy, and not when its answer was lost", async () => {
  let refreshes = 0;
  const { workix, asked } = logged((said, number) => {
    if (said.call !== REFRESH || ++refreshes > 1) return expiring(said, number);
    return problem(503, "busy", { "Retry-After": "0" });
  });
  await ok(workix.api.GET(ME));
  assert.equal(refreshes, 2);
  const cut = logged((said, number) => (said.call === REFRESH ? lost() : expiring(said, number)));
  await assert.rejects(ok(cut.workix.api.GET(ME)), TypeError);
  assert.deepEqual(cut.asked.map(({ call }) => call), ["GET /me/", REFRESH]);
  assert.equal(asked.length, 4);
});

test("who logs in while a refresh is under way stays logged in as that", async () => {
  const { workix } = logged(async () => {
    await workix.adopt({ access: "another", refresh: "r9" });
    return json({ access: "new", refresh: "r2" });
  });
  assert.equal(await workix.refresh(), true);
  assert.equal(workix.session()?.access, "another");
});

test("a password goes without a token, and cookies with what is of the session alone", async () => {
  const { fetch, asked } = server(({ call }) => (call === "POST /auth/login/" ? json({ access: "new", refresh: null }) : json({})));
  const workix = createWorkix({ baseUrl: "https://acme.example", auth: { mode: "cookie" }, fetch });
  await workix.logIn({ email: "alice@acme.example", password: "correct horse battery staple" });
  await workix.api.GET(ME);
  const sent = asked.map(({ call, token, credentials }) => [call, token, credentials]);
  assert.deepEqual(sent, [
    ["POST /auth/login/", null, "include"],
    ["GET /me/", "Bearer new", "same-origin"],
  ]);
});

test("what a proxy answers is no problem, and no code", async () => {
  const { workix } = logged(() => new Response("<h1>Not here</h1>", { status: 403, headers: { "Content-Type": "text/html" } }));
  const refused = await ok(workix.api.GET(ME)).catch((error: unknown) => error);
  assert(refused instanceof WorkixError);
  assert.deepEqual([refused.status, refused.code], [403, undefined]);
});
