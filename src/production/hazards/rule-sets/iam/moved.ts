import type { Side } from "../../hazard.ts";
import { ownersOf } from "../../reading/belongs.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { grantOf, type Statement, statementsIn } from "../../reading/statements.ts";
import { scalarsIn, type Tree, textOf } from "../../reading/tree.ts";

/**
 * Whether everybody who has the policy that a statement stands in had a policy that allowed the same. Then it is only
 * written in another place. That the same goes from somebody else does not count.
 */
export function isMoved(statement: Statement, part: ChangedPart, all: Parts): boolean {
  const { before, after } = holdersIn(all);
  const had = before.byGrant.get(keyOf(statement));
  if (had === undefined || part.after === undefined) return false;
  return whoHas(part, part.after, after.byMention).every((holder) => had.has(holder));
}

interface HoldersOfSide {
  /** Who has what a statement allows, by the statement. */
  readonly byGrant: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who mentions a policy, by what it is called there. */
  readonly byMention: Mentions;
}

type Mentions = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<Parts, Readonly<Record<Side, HoldersOfSide>>>();

function holdersIn(all: Parts): Readonly<Record<Side, HoldersOfSide>> {
  const found = known.get(all) ?? { before: readSide(all, "before"), after: readSide(all, "after") };
  known.set(all, found);
  return found;
}

function readSide({ changed }: Parts, side: Side): HoldersOfSide {
  const byMention = mentionsIn(changed, side);
  const byGrant = new Map<string, Set<string>>();
  for (const part of changed) {
    const tree = part[side];
    const statements = tree === undefined ? [] : statementsIn(tree);
    if (tree === undefined || statements.length === 0) continue;
    const holders = whoHas(part, tree, byMention);
    for (const each of statements) addAll(byGrant, keyOf(each), holders);
  }
  return { byGrant, byMention };
}

/** A policy that is written by itself belongs to those that mention it; any other to what it stands in. */
function whoHas(part: ChangedPart, tree: Tree, mentions: Mentions): readonly string[] {
  const called = callOf(part);
  const holders = called === undefined ? undefined : mentions.get(called);
  return holders === undefined ? ownersOf(tree, part) : [...holders];
}

function callOf({ name, notation, file }: ChangedPart): string | undefined {
  if (notation === "policy") return file.slice(file.lastIndexOf("/") + 1);
  return name.startsWith("data.aws_iam_policy_document.") ? name : undefined;
}

const MENTION = /data\.aws_iam_policy_document\.[\w-]+|(?<![\w.-])[\w.-]+\.json\b/g;

function mentionsIn(changed: readonly ChangedPart[], side: Side): Mentions {
  const found = new Map<string, Set<string>>();
  for (const part of changed) {
    const tree = part[side];
    if (tree === undefined) continue;
    for (const scalar of scalarsIn(tree))
      for (const [called] of textOf(scalar).matchAll(MENTION)) addAll(found, called, ownersOf(tree, part));
  }
  return found;
}

function addAll(sets: Map<string, Set<string>>, key: string, values: Iterable<string>): void {
  const set = sets.get(key) ?? new Set();
  for (const value of values) set.add(value);
  sets.set(key, set);
}

function keyOf(statement: Statement): string {
  return `${JSON.stringify(statement.conditions)} ${grantOf(statement)}`;
}
