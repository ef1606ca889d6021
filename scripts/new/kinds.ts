import { attack } from "./attack.ts";
import { hazard } from "./hazard.ts";
import { key } from "./key.ts";
import type { Kind } from "./kind.ts";
import { tool } from "./tool.ts";

export const KINDS: Readonly<Record<string, Kind>> = { attack, hazard, key, tool };
