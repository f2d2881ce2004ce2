// Headers that a caller adds to a mutation: what would it do, and why is it done.

/** `headers: dryRun` — everything is checked and executed, and nothing is kept: the answer has `dry_run`. */
export const dryRun = { "Workix-Dry-Run": "true" } as const;

/** `headers: because("Left the company")`: the reason, 10 to 500 characters, kept in the audit trail; an agent has to give one. */
export function because(reason: string, trace?: string): Record<string, string> {
  return { "Workix-Reason": inAscii(reason), ...(trace === undefined ? {} : { "Workix-Trace": trace }) };
}

/** A header is ASCII: a text in any other script is percent-encoded, and says so (RFC 8187). */
function inAscii(text: string): string {
  return /^(?!utf-8'')[ -~]*$/i.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`;
}
