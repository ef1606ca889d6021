import dns from "node:dns";
import { isIP } from "node:net";

// No test reaches the network: only this machine has a name.
dns.lookup = ((name: string, ...rest: readonly unknown[]) => {
  const [options = {}] = rest.slice(0, -1);
  const answer = rest.at(-1) as (error: Error | null, ...found: unknown[]) => void;
  const address = name === "localhost" ? "127.0.0.1" : name;
  const family = isIP(address);
  if (family === 0) return answer(new Error(`a test may not reach ${name}`));
  const all = typeof options === "object" && options !== null && "all" in options && options.all === true;
  if (all) return answer(null, [{ address, family }]);
  answer(null, address, family);
}) as typeof dns.lookup;
