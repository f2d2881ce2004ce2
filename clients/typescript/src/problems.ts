// Errors: problem+json (RFC 9457) as the document has it, with a union of all codes to decide by.
import type { components } from "./openapi.js";

type Schemas = components["schemas"];
type ByStatus = { [Name in keyof Schemas]: Name extends `Problem${number}` ? Schemas[Name] : never };

/** Whatever the API refuses with. Decide by `code`, show `detail`. */
export type Problem = ByStatus[keyof ByStatus];

/** Every code that the document names: a `switch` over it is checked. */
export type ProblemCode = Problem["code"];

/** The problems that may have a code, with what such a problem carries besides (`limit`, `max_age`, …). */
export type ProblemWith<Code extends ProblemCode> = Problem extends infer Each
  ? Each extends { code: infer Codes }
    ? Code extends Codes
      ? Omit<Each, "code"> & { code: Code }
      : never
    : never
  : never;

/** A refusal. `problem` is undefined where something else than Workix answered, such as a proxy. */
export class WorkixError extends Error {
  override readonly name = "WorkixError";

  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    readonly requestId: string | null,
  ) {
    super(problem ? problem.detail : `The server answered ${status}, with no problem that says why.`);
  }

  /** A release newer than this client may answer with a code that is not of the union: have a `default`. */
  get code(): ProblemCode | undefined {
    return this.problem?.code;
  }

  /** Says whether it is this refusal, and lets its own members be read: `error.is("quota_exceeded") && error.problem.limit`. */
  is<Code extends ProblemCode>(code: Code): this is WorkixError & { readonly problem: ProblemWith<Code> } {
    return this.problem?.code === code;
  }

  static of(response: Response, body: unknown): WorkixError {
    return new WorkixError(response.status, isProblem(body) ? body : undefined, response.headers.get("X-Request-ID"));
  }
}

type Answer = { data?: unknown; error?: unknown; response: Response };
type DataOf<Each> = Each extends { data: infer Data; error?: never } ? Data : never;

/** Awaits a call and gives its data; a refusal is thrown as a WorkixError. */
export async function ok<Each extends Answer>(call: Promise<Each>): Promise<DataOf<Each>> {
  const { data, error, response } = await call;
  if (!response.ok) throw WorkixError.of(response, error);
  return data as DataOf<Each>;
}

/** Reads the code of a refusal, and leaves the body to whoever reads it next. */
export async function codeOf(response: Response): Promise<ProblemCode | undefined> {
  if (response.ok || !response.headers.get("Content-Type")?.startsWith("application/problem+json")) return undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return isProblem(body) ? body.code : undefined;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body && "request_id" in body;
}
