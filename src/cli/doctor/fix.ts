import { isDeepStrictEqual } from "node:util";
import type { Facts } from "../../doctor/facts.ts";
import type { Known } from "../../doctor/known.ts";
import {
  keeps,
  RULESET_NAME,
  type RulesetDocument,
  refNamesOf,
  soundRuleset,
  type Wanted,
} from "../../doctor/own-ruleset.ts";
import { CHECK_NAME } from "../../github/client/check-name.ts";
import type { Asker } from "../../github/protection/ask.ts";
import { type OwnRuleset, readOwnRuleset, writeOwnRuleset } from "../../github/protection/own-ruleset.ts";
import { Failure } from "../failure.ts";

/** What is to become of the ruleset that is ours. */
export interface Fix {
  readonly ruleset: "create" | "change" | "keep";
  readonly before: OwnRuleset | null;
  readonly after: RulesetDocument;
}

/** Throws a `Failure` where what it has to be, or what it is, is not known. */
export async function planFix(asker: Asker, facts: Facts): Promise<Fix> {
  const before = certain(await readOwnRuleset(asker));
  if (before !== null && before.document.target !== "branch")
    throw new Failure(`the ruleset “${RULESET_NAME}” is not for branches: rename it, then try again`);
  const after = soundRuleset(before?.document ?? null, wantedIn(facts));
  const same = isDeepStrictEqual(before?.document, after);
  return { before, after, ruleset: before === null ? "create" : same ? "keep" : "change" };
}

function wantedIn({ app, policy }: Facts): Wanted {
  if ("unknown" in app) throw new Failure("which App reports the check is not known: name it with --app-id");
  const inForce = certain(policy).policy;
  if (inForce === null)
    throw new Failure("the config is invalid, so the governed branches are not known: fix it first");
  return {
    check: { context: CHECK_NAME, integration_id: app.known.id },
    include: inForce.branches.flatMap((pattern) => {
      const names = refNamesOf(pattern);
      if (names !== null) return names;
      throw new Failure(`GitHub may read the pattern ${pattern} in another way: write its ruleset by hand`);
    }),
  };
}

/** Writes what was planned, and holds GitHub to it. Throws a `Failure` where it kept something else. */
export async function applyFix(asker: Asker, { ruleset, before, after }: Fix): Promise<void> {
  if (ruleset === "keep") return;
  const kept = certain(await writeOwnRuleset(asker, before, after));
  if (!keeps(kept.document, after))
    throw new Failure(`GitHub kept the ruleset “${RULESET_NAME}” otherwise than it was written: look at it`);
}

function certain<Value>(fact: Known<Value>): Value {
  if ("known" in fact) return fact.known;
  throw new Failure(
    `the ruleset “${RULESET_NAME}” cannot be written by this token; that needs ${fact.unknown}`,
  );
}
