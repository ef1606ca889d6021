import * as z from "zod";
import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import { type FloorRule, highest, shortest } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { owner, readOwners } from "./accounts.ts";
import { duration, readDuration } from "./duration.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";

/** Whom both files name, as they name them: who is in two teams is not known here. Silence names nobody. */
const both: FloorRule<readonly OwnerRef[]> = {
  says: "those whom both files name",
  silence: "default",
  merge: (organization, repository) => named(organization, repository),
  weakens: (organization, repository) => named(organization, repository).length < repository.length,
};

function named(organization: readonly OwnerRef[], repository: readonly OwnerRef[]): readonly OwnerRef[] {
  const keys = new Set(organization.map(ownerKey));
  return repository.filter((each) => keys.has(ownerKey(each)));
}

export const override = group(
  {
    by: key({
      schema: z.array(owner).max(LIMITS.owners),
      description:
        "Who can let a blocked pull request through in an emergency, several of them together: users and teams with write access who took no part in the change; see [override](override.md).",
      default: { text: "nobody", value: [] },
      examples: [["@acme/incident"]],
      floor: both,
      read: (people): readonly OwnerRef[] => readOwners(people).filter(({ kind }) => kind !== "email"),
    }),
    approvals: key({
      schema: z.int().min(2).max(LIMITS.countersignatures),
      description: "How many different people it takes: one asks, the others repeat the line.",
      default: { written: 2 },
      examples: [3],
      floor: highest,
      read: (count) => count,
    }),
    "expires-after": key({
      schema: duration,
      description: "How long an override lasts. What is asked for has to be repeated within the same time.",
      default: { written: "60m" },
      examples: ["4h"],
      floor: shortest,
      read: readDuration,
    }),
  },
  {
    description: "Who can let a blocked change through in an emergency, by how many and for how long.",
    unset: "nobody can",
  },
);
