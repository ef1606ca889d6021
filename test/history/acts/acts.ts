import type { Act } from "./choosing.ts";
import { dequeue, enqueue, land, merge } from "./merging.ts";
import { leaveOrganization, permission, rename, renameLogin, rules, team } from "./people.ts";
import { close, open, openFromFork, openTwin, reopen, retarget } from "./pulls.ts";
import { goBack, push, pushToBase, rewrite, update } from "./pushes.ts";
import { dismiss, review } from "./reviews.ts";

export const ACTS = {
  open,
  openFromFork,
  openTwin,
  close,
  reopen,
  push,
  rewrite,
  goBack,
  update,
  retarget,
  review,
  dismiss,
  team,
  leaveOrganization,
  permission,
  rename,
  renameLogin,
  rules,
  pushToBase,
  enqueue,
  land,
  dequeue,
  merge,
} as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;
