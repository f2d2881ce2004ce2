// What a front-end developer writes: it compiles only while the document says what the API does.
import type { components, paths } from "./openapi";

type Problem = components["schemas"]["Problem403"];
type Page = paths["/api/v1/users/"]["get"]["responses"][200]["content"]["application/json"];

export function told(problem: Problem): string {
  return problem.code === "quota_exceeded" ? `${problem.used} of ${problem.limit}` : problem.detail;
}
export function nextPage(page: Page): string | null | undefined {
  return page.next;
}
// @ts-expect-error: a code that no problem of this status has
export const wrong: Problem["code"] = "no_such_code";
