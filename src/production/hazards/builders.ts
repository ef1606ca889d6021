import type { Finding, HazardKind } from "./hazard.ts";
import type { LinePattern } from "./line-pattern.ts";
import { isLive } from "./live.ts";
import { gained, type Setting, settingsOf } from "./reading/compare.ts";
import { keyOf } from "./reading/lookup.ts";
import type { ChangedPart, Notation } from "./reading/part.ts";
import { formerly, type Parts } from "./reading/parts.ts";
import { fingerprint, type Tree, textOf } from "./reading/tree.ts";
import type { Rule } from "./rule.ts";
import { shown } from "./words.ts";

type Common = Pick<Rule, "id" | "asks" | "when" | "reports" | "ignores"> & {
  readonly kind: HazardKind;
  readonly of: readonly Notation[];
  readonly lines?: readonly LinePattern[];
};

interface SettingRule extends Common {
  readonly names: readonly string[];
  /** Parts of these types only. */
  readonly types?: RegExp;
  /** Whether the harm comes with this change. */
  readonly became: (setting: Setting, part: ChangedPart) => boolean;
  /** The sentence, after "sets `x` of `y` to z" or "drops `x` from `y`". */
  readonly why: (setting: Setting, part: ChangedPart) => string;
}

/** A rule about entries with certain names, wherever in a part they stand, as long as the part stays or comes. */
export function settingRule({ names, types = /(?:)/, became, why, of, ...rest }: SettingRule): Rule {
  const set = new Set(names);
  return {
    ...rest,
    parts: {
      of,
      concerns: { types: NO_TYPES, keys: set },
      *find(part) {
        if (part.after === undefined || !types.test(part.type)) return;
        for (const setting of settingsOf(part, set)) {
          if (fingerprint(setting.before) === fingerprint(setting.after) || !became(setting, part)) continue;
          yield settingFinding(part, setting, why(setting, part));
        }
      },
    },
  };
}

const NO_TYPES: ReadonlySet<string> = new Set();

function settingFinding(part: ChangedPart, { name, before, after, line }: Setting, why: string): Finding {
  const value = textOf(after);
  const say = after === undefined ? `drops ${shown(name)} from` : `sets ${shown(name)} of`;
  const to = after === undefined || value === "" ? "" : ` to ${shown(value)}`;
  return {
    what: shown(part.name),
    file: part.file,
    line,
    side: after === undefined ? "before" : "after",
    why: `${say} ${shown(part.name)}${to}: ${why}`,
    ...(before === undefined ? {} : { before: `${name}: ${textOf(before)}` }),
    ...(after === undefined ? {} : { after: `${name}: ${value}` }),
  };
}

/** Something harmful that a side of a part may hold, any number of times. */
export interface Trait {
  readonly key: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
  /** The same for the same harm to the same thing, whatever resource it is written in. */
  readonly subject?: string;
  /** Whether the key is a pattern that others are within. */
  readonly isPattern?: boolean;
}

interface TraitRule extends Common {
  readonly traits: (tree: Tree, part: ChangedPart, all: Parts) => readonly Trait[];
  /** Whether what stood there before did as much harm, or more: then less is left of it. */
  readonly isWithin?: (now: Trait, was: Trait) => boolean;
}

/** A rule about what a part has after the change and did not have before. */
export function traitRule({ traits, isWithin = () => false, of, ...rest }: TraitRule): Rule {
  const lost = new WeakMap<Parts, Map<string, number>>();
  return {
    ...rest,
    parts: {
      of,
      find(part, all) {
        const now = part.after === undefined ? [] : traits(part.after, part, all);
        // What it was before is asked only where there is something to compare, because most parts have nothing.
        if (now.length === 0) return NOTHING_FOUND;
        const former = formerly(part, all);
        const was = former === undefined ? [] : traits(former, part, all);
        return gained(was, now)
          .filter((each) => !was.some((one) => isWithin(each, one)) && !isLostElsewhere(part, each, all))
          .map((each) => found(part, each));
      },
    },
  };

  /** What goes from one resource and comes in another is only written in another place. */
  function isLostElsewhere({ scope }: ChangedPart, { subject }: Trait, all: Parts): boolean {
    if (subject === undefined) return false;
    const known = lost.get(all) ?? lostIn(all);
    lost.set(all, known);
    const key = keyOf(scope, subject);
    const count = known.get(key) ?? 0;
    known.set(key, count - 1);
    return count > 0;
  }

  function lostIn(all: Parts): Map<string, number> {
    const counts = new Map<string, number>();
    for (const part of all.changed) {
      if (!of.includes(part.notation) || !isLive(part.file)) continue;
      const before = part.before === undefined ? [] : traits(part.before, part, all);
      const after = part.after === undefined ? [] : traits(part.after, part, all);
      for (const { subject } of gained(after, before)) {
        if (subject === undefined) continue;
        const key = keyOf(part.scope, subject);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return counts;
  }
}

const NOTHING_FOUND: readonly Finding[] = [];

function found({ file }: ChangedPart, { line, what, why }: Trait): Finding {
  return { what, file, line, side: "after", why };
}
