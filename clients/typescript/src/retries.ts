// Retries of what may be sent twice: reads, dry runs, and mutations with an Idempotency-Key. Nothing else is ever repeated.
import { codeOf } from "./problems.js";

export type Send = (request: Request) => Promise<Response>;

export interface RetryPolicy {
  /** How often one call is sent at most. */
  attempts: number;
  /** The longest wait in seconds: where `Retry-After` asks for more, the caller gets the refusal. */
  longestWait: number;
}

export const USUAL: RetryPolicy = { attempts: 4, longestWait: 30 };

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Too much at once, or not at the moment: Workix did nothing, and says when to come again. */
const COME_AGAIN = new Set([429, 503]);
/** A proxy's: whether the call was done is not known. */
const UNKNOWN = new Set([502, 504]);

export function mayBeRepeated(request: Request): boolean {
  const { headers } = request;
  return READS.has(request.method) || headers.has("Idempotency-Key") || headers.get("Workix-Dry-Run") === "true";
}

/** Wraps a fetch; `always` names what Workix may be asked again after a refusal, though not after a lost answer. */
export function retrying(send: Send, policy: RetryPolicy, always: (request: Request) => boolean = () => false): Send {
  return async (request) => {
    const isRepeatable = mayBeRepeated(request);
    let mayBeDone = false;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= policy.attempts || !(isRepeatable || always(request));
      let response: Response | undefined;
      try {
        response = await send(isLast ? request : request.clone());
      } catch (failure) {
        if (isLast || !isRepeatable || request.signal.aborted) throw failure;
      }
      if (response && (isLast || !(await isForAgain(response, isRepeatable, mayBeDone)))) return response;
      mayBeDone ||= response === undefined || UNKNOWN.has(response.status);
      const said = secondsSaid(response);
      if (response && said !== undefined && said > policy.longestWait) return response;
      await response?.body?.cancel();
      await pause(said ?? Math.min(backoff(attempt), policy.longestWait), request.signal);
    }
  };
}

async function isForAgain(response: Response, isRepeatable: boolean, mayBeDone: boolean): Promise<boolean> {
  if (!isRepeatable) return COME_AGAIN.has(response.status) && (await codeOf(response)) !== undefined;
  if (COME_AGAIN.has(response.status)) return (await codeOf(response)) !== "locked_out";
  // The first of the two calls, whose answer was lost, is still running.
  return UNKNOWN.has(response.status) || (mayBeDone && response.status === 409 && (await codeOf(response)) === "conflict");
}

/** What `Retry-After` says, in seconds or as a date. */
function secondsSaid(response: Response | undefined): number | undefined {
  const said = response?.headers.get("Retry-After");
  if (!said) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Longer each time, and not for all callers the same. */
function backoff(attempt: number): number {
  return 0.25 * 2 ** (attempt - 1) * (0.5 + Math.random());
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
