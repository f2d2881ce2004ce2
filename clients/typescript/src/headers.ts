// Headers that a caller adds to a mutation: what would it do, and why is it done.

/** `headers: dryRun` — everything is checked and executed, and nothing is kept: the answer has `dry_run`. */
export const dryRun = { "Workix-Dry-Run": "true" } as const;

/** `headers: because("Left the company")` — the reason, kept in the audit trail; an agent has to give one. */
export function because(reason: string, trace?: string): Record<string, string> {
  return { "Workix-Reason": reason, ...(trace === undefined ? {} : { "Workix-Trace": trace }) };
}
