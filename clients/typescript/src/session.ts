// A session in token mode or in cookie mode: who may ask, and how a spent access token is replaced, once for all who wait.
import type { components } from "./openapi.js";
import { codeOf, WorkixError } from "./problems.js";
import type { Send } from "./retries.js";

/** What a log-in answers; in cookie mode `refresh` is null, and in a cookie that no script can read. */
export type LoggedIn = components["schemas"]["LoggedIn"];
/** What of it is needed to go on. */
export type Tokens = Pick<LoggedIn, "access" | "refresh"> & Partial<LoggedIn>;
export type Mode = "token" | "cookie";
/** Hears of each new pair before it is used, and of null when the session is over: keep what you want to keep. */
export type Listener = (session: Tokens | null) => void | Promise<void>;

const REFRESH = "/api/v1/auth/refresh/";
/** An access token that is missing or over; a wrong password is another 401, and must not be sent twice. */
const REPLACE = new Set(["token_not_valid", "not_authenticated"]);

export class Session {
  #current: Tokens | null;
  #renewing: Promise<boolean> | null = null;

  constructor(
    readonly mode: Mode,
    private readonly origin: string,
    private readonly send: Send,
    private readonly tell: Listener = () => undefined,
    session: Tokens | null = null,
  ) {
    this.#current = session;
  }

  get current(): Tokens | null {
    return this.#current;
  }

  /** Goes on with what a log-in, second factor, passkey, sign-on or switch answered; null ends it here. */
  async adopt(session: Tokens | null): Promise<void> {
    this.#current = session;
    await this.tell(session);
  }

  /** Sends a request as whoever is logged in. One 401 of an access token that is over leads to one refresh, and to one more try. */
  async authorized(request: Request): Promise<Response> {
    const used = this.#current?.access;
    const response = await this.send(withToken(request.clone(), used));
    if (response.status !== 401 || !REPLACE.has((await codeOf(response)) ?? "")) return response;
    if (!(await this.renew(used))) return response;
    await response.body?.cancel();
    return this.send(withToken(request, this.#current?.access));
  }

  /**
   * Replaces the access token `used`, unless somebody has; false when nobody is logged in (any more).
   *
   * A refresh token works once, and spending it twice ends the session: so whoever needs a new token waits for the same refresh.
   */
  async renew(used: string | undefined = this.#current?.access): Promise<boolean> {
    if (this.#renewing === null && this.#current?.access !== used) return this.#current !== null;
    if (this.mode === "token" && this.#current === null) return false;
    this.#renewing ??= this.#refresh().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** Waits until no refresh is under way: whoever ends the session ends the newest. */
  async settled(): Promise<void> {
    await this.#renewing?.catch(() => undefined);
  }

  async #refresh(): Promise<boolean> {
    const before = this.#current;
    const body = this.mode === "token" ? { refresh: before?.refresh } : {};
    const response = await this.send(postOf(new URL(REFRESH, this.origin), body, this.mode));
    const answer: unknown = await response.json().catch(() => undefined);
    if (this.#current !== before) return this.#current !== null; // somebody logged in or out meanwhile
    if (response.ok) {
      const fresh = answer as LoggedIn;
      await this.adopt({ ...fresh, device: fresh.device ?? before?.device ?? null });
      return true;
    }
    if (response.status !== 401) throw WorkixError.of(response, answer);
    await this.adopt(null);
    return false;
  }
}

export function isRefresh(request: Request): boolean {
  return new URL(request.url).pathname === REFRESH;
}

/** In cookie mode the browser sends and keeps cookies with what begins, goes on with or ends a session, and with nothing else. */
export function withCookies(request: Request): Request {
  const changed = new Request(request, { credentials: "include" });
  changed.headers.set("X-CSRF-Token", "1"); // no form of another site can send this
  return changed;
}

function postOf(url: URL, body: object, mode: Mode): Request {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const request = new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
  return mode === "cookie" ? withCookies(request) : request;
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
