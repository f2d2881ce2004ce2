// Where the examples run: a sandbox organization of their own at WORKIX_URL, or one that the file WORKIX_SANDBOX describes.
import { readFile } from "node:fs/promises";

export interface Somebody {
  role: string;
  email: string;
  password: string;
}

export interface Sandbox {
  organization: { id: string; slug: string; name: string };
  base_url: string;
  people: Somebody[];
  api_key: string;
  agent_key: string;
}

export async function sandbox(): Promise<Sandbox> {
  const { WORKIX_SANDBOX: file, WORKIX_URL: url = "http://localhost:8000" } = process.env;
  if (file !== undefined) return JSON.parse(await readFile(file, "utf8")) as Sandbox;
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(new URL("/api/v1/sandboxes/", url), { method: "POST", headers, body: "{}" });
  if (!answer.ok) throw new Error(`No sandbox was opened at ${url}: ${await answer.text()}`);
  return (await answer.json()) as Sandbox;
}

export function personOf(box: Sandbox, role: string): Somebody {
  const found = box.people.find((each) => each.role === role);
  if (found === undefined) throw new Error(`Nobody in the sandbox is ${role}.`);
  return found;
}
