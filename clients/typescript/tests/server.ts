// A server that answers as it is told, and remembers what it was asked: for what no platform does on demand.
import type { Options } from "../src/index.js";

export interface Asked {
  call: string;
  token: string | null;
  key: string | null;
  body: string;
  credentials: RequestCredentials;
}
export type Answers = (asked: Asked, number: number) => Response | Promise<Response>;

export function server(answers: Answers): { fetch: NonNullable<Options["fetch"]>; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { headers, method, url, credentials } = request;
    const said = {
      call: `${method} ${new URL(url).pathname.replace("/api/v1", "")}`,
      token: headers.get("Authorization"),
      key: headers.get("Idempotency-Key"),
      body: await request.text(),
      credentials,
    };
    return answers(said, asked.push(said));
  };
  return { fetch, asked };
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = { type: "about:blank", title: code, status, code, detail: `${code}.`, request_id: "r" };
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json", ...headers } });
}

export const json = (body: unknown): Response => Response.json(body);

export const lost = (): never => {
  throw new TypeError("fetch failed");
};
