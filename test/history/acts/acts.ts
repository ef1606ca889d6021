import type { Act } from "./choosing.ts";
import { accept, freeze, override, unfreeze, withdraw } from "./commands.ts";
import { dequeue, enqueue, land, merge } from "./merging.ts";
import {
  leaveOrganization,
  loseOverride,
  loseRight,
  permission,
  rename,
  renameLogin,
  rules,
  team,
} from "./people.ts";
import { close, open, openCopy, openFromFork, openTwin, reopen, retarget } from "./pulls.ts";
import { goBack, push, pushToBase, rewrite, update } from "./pushes.ts";
import { dismiss, press, refuse, review } from "./reviews.ts";

export const ACTS = {
  open,
  openFromFork,
  openTwin,
  openCopy,
  close,
  reopen,
  push,
  rewrite,
  goBack,
  update,
  retarget,
  review,
  refuse,
  press,
  dismiss,
  team,
  loseRight,
  loseOverride,
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
  override,
  withdraw,
  freeze,
  unfreeze,
  accept,
} as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;
