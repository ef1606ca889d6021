/** Where every entry of the ledger is told, too. */
export type AuditTarget =
  | { readonly to: "stdout" }
  /** `address` may hold a secret. */
  | { readonly to: "https"; readonly address: string };

interface ReadAudit {
  readonly target?: AuditTarget;
  readonly problem?: string;
}

const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** No problem tells the value: it may hold a secret. */
export function readAudit(text: string | undefined): ReadAudit {
  if (text === undefined) return {};
  if (text === "stdout") return { target: { to: "stdout" } };
  const url = URL.parse(text);
  const isHttps = url?.protocol === "https:" || (url?.protocol === "http:" && LOCAL.has(url.hostname));
  if (url === null || !isHttps)
    return { problem: 'COUNTERSIGN_AUDIT must be "stdout" or an address that begins with https://' };
  if (url.username !== "" || url.password !== "")
    return { problem: "COUNTERSIGN_AUDIT must not hold a name or a password before its host" };
  return { target: { to: "https", address: url.href } };
}
