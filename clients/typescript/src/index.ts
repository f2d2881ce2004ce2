// A typed client of the Workix API. See docs/clients.md.
export { createWorkix, type Options, type Workix } from "./client.js";
export { because, dryRun } from "./headers.js";
export type { components, operations, paths } from "./openapi.js";
export { each } from "./pages.js";
export { ok, WorkixError, type Problem, type ProblemCode, type ProblemWith } from "./problems.js";
export type { RetryPolicy } from "./retries.js";
export type { LoggedIn, Mode, Tokens } from "./session.js";
