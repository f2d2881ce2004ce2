// Where the examples run: an organization of a developer's, as POST /api/v1/sandboxes/ answers it, read from the file WORKIX_SANDBOX.
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
}

export async function sandbox(): Promise<Sandbox> {
  const file = process.env["WORKIX_SANDBOX"];
  if (file === undefined) throw new Error("Set WORKIX_SANDBOX to a file with the answer of POST /api/v1/sandboxes/.");
  return JSON.parse(await readFile(file, "utf8")) as Sandbox;
}

export function personOf(box: Sandbox, role: string): Somebody {
  const found = box.people.find((each) => each.role === role);
  if (found === undefined) throw new Error(`Nobody in the sandbox is ${role}.`);
  return found;
}
