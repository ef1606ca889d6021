import { changedBy } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, fingerprint, type Tree, textOf } from "../../reading/tree.ts";

const ROUTES = new Set(["Ingress", "HTTPRoute"]);

/** Of these lists another route may have more. */
const LISTS = new Set(["hostnames", "tls"]);

const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === "list" ? tree.items : []);

/** Rules of an Ingress name their host; those of an HTTPRoute are for all of its hosts. */
const hostOf = (rule: Tree) => textOf(at(rule, "host"));

/** Whether it has the same rules, and for these hosts no other one, which could take what came by them. */
function hasTheRules(gone: readonly Tree[], come: readonly Tree[]): boolean {
  const hosts = new Set(gone.map(hostOf));
  const isForMany = [...hosts].some((host) => host === "" || host.startsWith("*"));
  const same = isForMany ? come : come.filter((rule) => hosts.has(hostOf(rule)));
  return areAllIn(gone, same) && areAllIn(same, gone);
}

function areAllIn(some: readonly Tree[], others: readonly Tree[]): boolean {
  const known = new Set(others.map(fingerprint));
  return some.every((each) => known.has(fingerprint(each)));
}

/** Whether one that comes leads all that one led to the same services, by the same way and behind the same guards. */
function servesAllOf(gone: Tree, come: Tree): boolean {
  const [was, is] = [at(gone, "spec"), at(come, "spec")];
  if (was === undefined || is === undefined) return false;
  const isKept = ({ key }: { readonly key: string }) => {
    const [old, now] = [at(was, key), at(is, key)];
    if (key === "rules") return hasTheRules(itemsOf(old), itemsOf(now));
    if (fingerprint(old) === fingerprint(now)) return true;
    // Without a list, all hosts are meant.
    return LISTS.has(key) && old !== undefined && areAllIn(itemsOf(old), itemsOf(now));
  };
  const annotations = [gone, come].map((tree) => fingerprint(at(tree, "metadata", "annotations")));
  return new Set(annotations).size === 1 && [...entriesOf(was), ...entriesOf(is)].every(isKept);
}

/** One that goes is compared with no more than these, so that thousands of them stay cheap. */
const COMPARED = 50;

const keyFor = ({ file, scope, type }: ChangedPart) =>
  JSON.stringify([file.slice(0, file.lastIndexOf("/") + 1), scope, type]);

const comeIn = changedBy((part) => (part.before === undefined ? keyFor(part) : undefined));

/** Whether a route that comes in the same folder takes the place of one that goes. */
export function isServedStill(part: ChangedPart, all: Parts): boolean {
  const { before, type } = part;
  if (before === undefined || !ROUTES.has(type)) return false;
  const come = comeIn(all, keyFor(part)).slice(0, COMPARED);
  return come.some(({ after }) => after !== undefined && servesAllOf(before, after));
}
