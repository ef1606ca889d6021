import type { HazardKind } from "../../hazard.ts";
import type { Tree } from "../../reading/tree.ts";
import { HANDLES, HARMLESS, type Judgement, NOTHING, PRESENT } from "../../tables/check.ts";
import { FAMILIES } from "../../tables/families.ts";
import { type Setting, settingsOf } from "../../tables/setting.ts";
import { TABLES } from "../../tables/tables.ts";
import { AZURE_TEMPLATES, CONSTRUCTS } from "./names.ts";

/** What a name means in a program, whatever resource it is said of. */
export interface KnownName {
  readonly kind: HazardKind;
  readonly isBadWhenNew: boolean;
  readonly isSafeWhenAbsent: boolean;
  readonly why: string;
  readonly judge: (value: string) => Judgement;
}

/** `publiclyAccessible`, `publicly_accessible` and `PubliclyAccessible` are one name. */
export function bare(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}

/** A name of one word, as `enabled`, may be anybody's. */
const SEVERAL_WORDS = /[a-z]_[a-z]|[a-z][A-Z]/;

function scalar(text: string): Tree {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : text;
  return { kind: "scalar", line: 1, value, literal: true };
}

/** Checks that need no more than one word or number. */
function isOfOneWord({ check }: Setting): boolean {
  return check !== PRESENT && check !== NOTHING && check !== HARMLESS && check !== HANDLES;
}

/** A name that means different things in different resources is left out. */
function add(
  known: Map<string, KnownName | null>,
  name: string,
  one: KnownName & { setting: Setting },
): void {
  const { setting, ...meaning } = one;
  const other = known.get(name);
  if (other === undefined) known.set(name, meaning);
  else if (other !== null && other.judge(bareValue(setting.check.unsafe)) !== "unsafe") known.set(name, null);
}

function bareValue(text: string): string {
  return text.replaceAll(/["[\]]/g, "");
}

function namesOf(tables: typeof TABLES, isOwn = true): ReadonlyMap<string, KnownName> {
  const known = new Map<string, KnownName | null>();
  for (const family of FAMILIES) {
    const own = tables.filter(({ rows }) => rows[family.id] !== undefined);
    const { byType, anywhere } = settingsOf(family, own);
    for (const setting of [...anywhere, ...[...byType.values()].flat()].filter(isOfOneWord)) {
      for (const { key } of setting.paths) {
        if (!isOwn && !SEVERAL_WORDS.test(key)) continue;
        const { check, absence, why } = setting;
        add(known, bare(key), {
          setting,
          kind: family.kind,
          isBadWhenNew: family.onNew === "block",
          isSafeWhenAbsent: absence === "safe",
          why,
          judge: (value) => check.judge(scalar(value)),
        });
      }
    }
  }
  return new Map([...known].flatMap(([name, one]) => (one === null ? [] : [[name, one] as const])));
}

const PROVIDERS = namesOf(TABLES, false);
const TEMPLATES = namesOf([AZURE_TEMPLATES]);
const PROGRAMS = namesOf([CONSTRUCTS]);

/** What a name means there: what the constructs' own libraries say goes first, then the providers' tables. */
export function knownName(name: string): KnownName | undefined {
  const key = bare(name);
  return PROGRAMS.get(key) ?? TEMPLATES.get(key) ?? PROVIDERS.get(key);
}
