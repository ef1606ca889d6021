import { type FileChange, readChange } from "./reading/change.ts";
import { FILES } from "./rule-sets/files.ts";
import { RULE_SETS } from "./rule-sets.ts";

/**
 * How rules read a file: `named`, because its name tells its language; `any`, as one more file that may hold
 * something; `no`, when none reads what it holds.
 */
export type Relevance = "named" | "any" | "no";

/** Made by tools, or no text. */
const NEVER_READ =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|packages\.lock\.json|go\.sum)$|\.(?:lock|csv|tsv|map|png|jpe?g|gif|webp|ico|bmp|pdf|zip|gz|tgz|jar|war|woff2?|ttf|otf|eot|mp[34]|mov|wasm|pyc|so|dll|exe|bin|parquet)$/i;

const READERS = RULE_SETS.filter((set) => set !== FILES).map(({ reads, wants = reads }) => ({
  reads: wants,
}));
/** Those that read a file of no known kind read whatever is live. */
const BY_NAME = READERS.filter(({ reads }) => !reads(at("unknown")));

/** Rules that ask for more than the path of a file are asked about one that stayed where it was. */
function at(path: string): FileChange {
  return readChange({ path, status: "modified" });
}

/** Of a file that was moved, at both ends: the stronger one. */
export function relevanceOf({ path, previousPath = path }: Ends): Relevance {
  const both = [relevanceAt(path), relevanceAt(previousPath)];
  return (
    both.find((relevance) => relevance === "named") ?? both.find((relevance) => relevance === "any") ?? "no"
  );
}

interface Ends {
  readonly path: string;
  readonly previousPath?: string;
}

function relevanceAt(path: string): Relevance {
  if (NEVER_READ.test(path)) return "no";
  const file = at(path);
  if (BY_NAME.some(({ reads }) => reads(file))) return "named";
  return READERS.some(({ reads }) => reads(file)) ? "any" : "no";
}

/** Whether the same rules read both paths: else a move takes what a file holds away from them. */
export function readAlike(one: string, other: string): boolean {
  const files = { one: at(one), other: at(other) };
  return READERS.every(({ reads }) => reads(files.one) === reads(files.other));
}
