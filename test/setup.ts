import dns, { type LookupAddress, type LookupOptions } from "node:dns";
import { isIP } from "node:net";

type Answer = (error: Error | null, found?: string | readonly LookupAddress[], family?: number) => void;

/** No test reaches the network: only this machine has a name. */
function lookup(name: string, ...rest: readonly [Answer] | readonly [LookupOptions, Answer]): void {
  const [{ all }, answer] = rest.length === 1 ? [{ all: false }, rest[0]] : rest;
  const address = name === "localhost" ? "127.0.0.1" : name;
  const family = isIP(address);
  if (family === 0) answer(new Error(`a test may not reach ${name}`));
  else if (all) answer(null, [{ address, family }]);
  else answer(null, address, family);
}

Object.defineProperty(dns, "lookup", { value: lookup });
