import * as z from "zod";
import { type FloorRule, union } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { key } from "./key.ts";

/**
 * A name stands for a setting of the server, `COUNTERSIGN_NOTIFY_NAME`. Some of those settings are no addresses: no name
 * may be read as one of them.
 */
const NAME = /^(?!(?:secret|hosts)$)(?!.*-file$)[a-z0-9-]{1,40}$/;

const both: FloorRule<readonly string[]> = { ...union<string>(), silence: "repository" };

export const notify = key({
  schema: z.array(z.string().regex(NAME)).max(LIMITS.notified),
  title: `a list of up to ${LIMITS.notified} names of lower-case letters, digits and hyphens`,
  description:
    "Where people are told what happens: names of addresses that whoever runs the server has set; see [notices](notices.md). A name without an address is told nothing, and holds up nothing.",
  default: { text: "nobody", value: [] },
  examples: [["platform"]],
  floor: both,
  read: (names): readonly string[] => [...new Set(names)],
});
