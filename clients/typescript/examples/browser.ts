// What a browser does by itself, for Node: keeps cookies of one server, and sends them where a request includes credentials.
import type { Options } from "../src/index.js";

export function browser(): NonNullable<Options["fetch"]> & { cookies: Map<string, string> } {
  const cookies = new Map<string, string>();
  const visit = async (request: Request): Promise<Response> => {
    const isIncluded = request.credentials === "include";
    if (isIncluded && cookies.size > 0) {
      request.headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    }
    const response = await fetch(request);
    for (const line of isIncluded ? response.headers.getSetCookie() : []) {
      const [, name, value, attributes] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === "" || value === '""' || /max-age=0/i.test(attributes ?? "")) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return Object.assign(visit, { cookies });
}
