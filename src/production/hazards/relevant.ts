import type { System } from "./rule.ts";
import { FILES } from "./systems/files.ts";
import { SYSTEMS } from "./systems.ts";

/**
 * How rules read a file: `named`, because its name tells its language; `any`, as one more file that may hold
 * something; `no`, when none reads what it holds.
 */
export type Interest = "named" | "any" | "no";

/** Made by tools, or no text. */
const UNTOLD =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|packages\.lock\.json|go\.sum)$|\.(?:lock|csv|tsv|map|png|jpe?g|gif|webp|ico|bmp|pdf|zip|gz|tgz|jar|war|woff2?|ttf|otf|eot|mp[34]|mov|wasm|pyc|so|dll|exe|bin|parquet)$/i;

const reads = (system: System, path: string) =>
  system.reads({
    path,
    previousPath: path,
    status: "modified",
    before: undefined,
    after: undefined,
    lines: { before: [], after: [] },
    unread: undefined,
  });

const READERS = SYSTEMS.filter((system) => system !== FILES);
/** Those that read a file of no known kind read whatever is live. */
const BY_NAME = READERS.filter((system) => !reads(system, "unknown"));

/** Of a file that was moved, at both ends: the stronger one. */
export function interestIn({ path, previousPath = path }: Ends): Interest {
  const both = [interestAt(path), interestAt(previousPath)];
  return both.find((interest) => interest === "named") ?? both.find((interest) => interest === "any") ?? "no";
}

interface Ends {
  readonly path: string;
  readonly previousPath?: string;
}

function interestAt(path: string): Interest {
  if (UNTOLD.test(path)) return "no";
  if (BY_NAME.some((system) => reads(system, path))) return "named";
  return READERS.some((system) => reads(system, path)) ? "any" : "no";
}

/** Whether the same rules read both paths: else a move takes what a file holds away from them. */
export function readAlike(one: string, other: string): boolean {
  return READERS.every((system) => reads(system, one) === reads(system, other));
}
