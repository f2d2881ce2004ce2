// An AI agent on its leash: it says why, tries first, and proposes what a person has to approve.
import assert from "node:assert/strict";

import { because, createWorkix, dryRun, ok, WorkixError } from "../src/index.js";
import { personOf, sandbox } from "./sandbox.js";

const box = await sandbox();
const admin = createWorkix({ baseUrl: box.base_url, auth: { mode: "token" } });
const { email, password } = personOf(box, "admin");
await admin.logIn({ email, password, organization: box.organization.slug });
const idle = await ok(
  admin.api.POST("/api/v1/users/", {
    body: { email: `idle-${crypto.randomUUID()}@example.com`, password: crypto.randomUUID(), role: "viewer" },
  }),
);
assert("id" in idle);
const params = { path: { id: idle.id } };

const agent = createWorkix({ baseUrl: box.base_url, auth: { mode: "key", key: box.agent_key } });
const remove = (headers: Record<string, string>) => agent.api.DELETE("/api/v1/users/{id}/", { params, headers });

// Without a reason it changes nothing, and is told so by a code.
const refused = await ok(remove({})).catch((error: unknown) => error);
assert(refused instanceof WorkixError && refused.is("reason_required"));

// It tries, and reads what would change.
const why = because("Has not logged in for a year.", "cleaning-7/step-1");
const tried = await ok(remove({ ...why, ...dryRun }));
assert(tried && "dry_run" in tried && tried.dry_run);
assert(tried.dry_run.changes.some((change) => change.resource_id === idle.id && change.action === "user.deleted"));

// It does so: what is risky waits, and nothing is done yet.
const proposal = await ok(remove(why));
assert(proposal && "status" in proposal && proposal.status === "pending");
await ok(admin.api.GET("/api/v1/users/{id}/", { params }));

// The admin approves, and it is done, as the agent.
const approval = { params: { path: { id: proposal.id } }, body: { word: "They left in spring." } };
const decided = await ok(admin.api.POST("/api/v1/proposals/{id}/approval/", approval));
assert("status" in decided && decided.status === "executed");
assert.equal((await admin.api.GET("/api/v1/users/{id}/", { params })).error?.code, "not_found");
console.log("agent: done");
