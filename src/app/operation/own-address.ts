/** Where browsers take a page for a safe one although it comes by http. */
const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const OWN_ADDRESS = "COUNTERSIGN_URL";

export const ADDRESS_PROBLEM = `${OWN_ADDRESS} must be the address that people reach the App at, without a path: https://countersign.example.com (http only for localhost)`;

/** An origin, without a slash at its end; `null` for anything else. */
export function addressOf(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.href !== `${url.origin}/`) return null;
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.has(url.hostname));
  return isSafe ? url.origin : null;
}
