import * as z from "zod";
import { type OwnerRef, parseOwner } from "../../ownership/owner.ts";
import { organizationIfSet } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { key } from "./key.ts";

export const owner = z
  .string()
  .min(1)
  .max(LIMITS.ownerLength)
  .meta({ title: "an owner (@user, @org/team or an e-mail address)" });

export const owners = z.array(owner).min(1).max(LIMITS.owners);

/** Who must be among those who sign. */
export const senior = key({
  schema: owners,
  description: "At least one of the countersignatures must come from one of these.",
  default: { text: "no such requirement", value: [] },
  examples: [["@acme/staff"]],
  floor: organizationIfSet<readonly OwnerRef[]>(),
  read: readOwners,
});

export const login = z
  .string()
  .max(LIMITS.loginLength)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?$/)
  .meta({ title: "a login without @" });

/** Logins have no case. */
export function readLogins(logins: readonly string[]): readonly string[] {
  return [...new Set(logins.map((each) => each.toLowerCase()))];
}

/** Files are merged only if every owner in them can be read. */
export function readOwners(tokens: readonly string[]): readonly OwnerRef[] {
  return tokens.flatMap((token) => parseOwner(token) ?? []);
}
