import * as z from "zod";
import { LIMITS } from "./limits.ts";

export const owner = z
  .string()
  .min(1)
  .max(LIMITS.ownerLength)
  .meta({ title: "an owner (@user, @org/team or an e-mail address)" });

export const owners = z.array(owner).min(1).max(LIMITS.owners);

/** Owners of whom at least one must sign. */
export const senior = owners.meta({
  description: "At least one of the countersignatures must come from one of these.",
  $comment: "no such requirement",
  examples: [["@acme/staff"]],
});

export const login = z
  .string()
  .max(LIMITS.loginLength)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?$/)
  .meta({ title: "a login without @" });
