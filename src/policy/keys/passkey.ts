import * as z from "zod";
import type { FloorRule } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { key } from "./key.ts";

/** For what a person's word counts only with their passkey. */
export interface PasskeyScope {
  /** Whatever a hazard asks for. */
  readonly hazards: boolean;
  /** Whatever these areas ask for, by name; `all`: every area. */
  readonly areas: readonly string[] | "all";
  /** Also reviews of what lies outside production. */
  readonly outside: boolean;
}

const WORDS = {
  off: { hazards: false, areas: [], outside: false },
  hazards: { hazards: true, areas: [], outside: false },
  production: { hazards: true, areas: "all", outside: false },
  everything: { hazards: true, areas: "all", outside: true },
} as const satisfies Readonly<Record<string, PasskeyScope>>;

/** Each word asks for all that the ones before it ask for, and a list of areas for less than `production`. */
const SCALE = [
  "off",
  "hazards",
  "production",
  "everything",
] as const satisfies readonly (keyof typeof WORDS)[];

const written = z.union([z.enum(SCALE), z.array(z.string().min(1).max(LIMITS.nameLength)).max(LIMITS.areas)]);

function read(value: z.output<typeof written> | readonly string[]): PasskeyScope {
  return typeof value === "string" ? WORDS[value] : { ...WORDS.off, areas: [...new Set(value)] };
}

/** What either asks for. */
function joined(one: PasskeyScope, other: PasskeyScope): PasskeyScope {
  return {
    hazards: one.hazards || other.hazards,
    areas:
      one.areas === "all" || other.areas === "all" ? "all" : [...new Set([...one.areas, ...other.areas])],
    outside: one.outside || other.outside,
  };
}

const stricter: FloorRule<PasskeyScope> = {
  says: `the stricter value (${SCALE.join(" < ")}; areas of either list, beside what a word asks for)`,
  silence: "default",
  merge: joined,
  weakens: (organization, repository) =>
    isSame(joined(organization, repository), organization) && !isSame(organization, repository),
};

/** Whether anything at all needs one. */
export function wantsPasskeys({ passkey }: { readonly passkey: PasskeyScope }): boolean {
  const { hazards, areas, outside } = passkey;
  return hazards || outside || areas === "all" || areas.length > 0;
}

function isSame(one: PasskeyScope, other: PasskeyScope): boolean {
  const names = ({ areas }: PasskeyScope) => (areas === "all" ? areas : areas.toSorted().join(" "));
  return one.hazards === other.hazards && one.outside === other.outside && names(one) === names(other);
}

export const passkey = key({
  schema: written,
  title: `${SCALE.join(", ")}, or a list of areas by name`,
  description:
    "Where an approval, and anything else by which a person lets something through, counts only with that person's passkey over exactly that; see [passkeys](passkeys.md). `hazards`: where a hazard asks for a countersignature. `production`: there and in every area. `everything`: also for reviews outside production. A list: in these areas. An override and the end of a freeze need one with any value but `off`. A refusal never does. People sign on the [pages](pages.md): without them, nothing counts where a passkey is needed.",
  default: { written: "off" },
  examples: ["hazards", ["infrastructure"]],
  floor: stricter,
  read,
});
