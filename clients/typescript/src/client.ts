// createWorkix(): openapi-fetch with the document's types, a session or a key, an Idempotency-Key a mutation, and safe retries.
import createClient, { type Client, type Middleware } from "openapi-fetch";

import type { components, paths } from "./openapi.js";
import { ANONYMOUS, IDEMPOTENT } from "./operations.js";
import { ok, WorkixError } from "./problems.js";
import { retrying, USUAL, type RetryPolicy, type Send } from "./retries.js";
import { isRefresh, Session, withCookies, type Listener, type LoggedIn, type Tokens } from "./session.js";

type Credentials = Omit<components["schemas"]["LoginRequest"], "cookie">;

export interface Options {
  /** Where the platform or the organization is: `https://acme.example.com`, without a path. */
  baseUrl: string;
  auth:
    | { mode: "token"; session?: Tokens; onSession?: Listener }
    | { mode: "cookie"; onSession?: Listener }
    | { mode: "key"; key: string };
  /** Instead of the global one: with a jar of cookies in Node, with your own log or limits. */
  fetch?: Send;
  retries?: Partial<RetryPolicy>;
}

export interface Workix {
  /** Every operation of the document: `api.GET("/api/v1/users/", { params: { query: { page_size: 10 } } })`. */
  api: Client<paths>;
  /** Who is logged in; null where nobody is, and with a key. */
  session(): Tokens | null;
  /** Logs in, or throws: with the code `second_factor_required`, go on with what its problem says, and `adopt` the answer. */
  logIn(credentials: Credentials, device?: string): Promise<LoggedIn>;
  /** Goes on with the answer of a second factor, passkey, sign-on or switch. */
  adopt(session: Tokens): Promise<void>;
  /** Asks for a new access token now: in cookie mode when a page is loaded. False when nobody is logged in. */
  refresh(): Promise<boolean>;
  /** Ends the session, here whatever happens, and at the server. */
  logOut(): Promise<void>;
}

export function createWorkix(options: Options): Workix {
  const { auth, baseUrl } = options;
  const policy = { ...USUAL, ...options.retries };
  const send = retrying(options.fetch ?? ((request) => globalThis.fetch(request)), policy, isRefresh);
  const session = auth.mode === "key" ? null : sessionOf(auth, baseUrl, send);
  const api = createClient<paths>({ baseUrl, fetch: session ? fetchOf(session, send) : keyed(send, auth) });
  api.use(idempotencyKeys);
  return {
    api,
    session: () => session?.current ?? null,
    logIn: async (credentials, device) => {
      const body = { ...credentials, cookie: asked(session).mode === "cookie" };
      const headers = device === undefined ? {} : { "X-Device-Token": device };
      const answer = await ok(api.POST("/api/v1/auth/login/", { body, headers }));
      await asked(session).adopt(answer);
      return answer;
    },
    adopt: (answer) => asked(session).adopt(answer),
    refresh: () => asked(session).renew(),
    logOut: async () => {
      await asked(session).settled();
      try {
        await ok(api.POST("/api/v1/auth/logout/"));
      } catch (error) {
        if (!(error instanceof WorkixError && error.status === 401)) throw error; // it was over
      } finally {
        await asked(session).adopt(null);
      }
    },
  };
}

type People = Exclude<Options["auth"], { mode: "key" }>;

function sessionOf(auth: People, baseUrl: string, send: Send): Session {
  return new Session(auth.mode, baseUrl, send, auth.onSession, auth.mode === "token" ? (auth.session ?? null) : null);
}

function asked(session: Session | null): Session {
  if (session === null) throw new TypeError("A key has no session.");
  return session;
}

function fetchOf(session: Session, send: Send): Send {
  return (request) => {
    const { pathname } = new URL(request.url);
    const ofSession = session.mode === "cookie" && pathname.startsWith("/api/v1/auth/");
    const sent = ofSession ? withCookies(request) : request;
    return ANONYMOUS.has(`${request.method} ${pathname}`) ? send(sent) : session.authorized(sent);
  };
}

function keyed(send: Send, auth: Options["auth"]): Send {
  return (request) => {
    if (auth.mode === "key") request.headers.set("Authorization", `Bearer ${auth.key}`);
    return send(request);
  };
}

/** Where the document takes an Idempotency-Key and the caller has none, one is drawn: a lost answer may be asked for again. */
const idempotencyKeys: Middleware = {
  onRequest({ request, schemaPath }) {
    const isTaken = IDEMPOTENT.has(`${request.method} ${schemaPath}`) && request.headers.get("Workix-Dry-Run") !== "true";
    if (isTaken && !request.headers.has("Idempotency-Key")) request.headers.set("Idempotency-Key", crypto.randomUUID());
  },
};
