import { attack } from "./attack.ts";
import { key } from "./key.ts";
import type { Kind } from "./kind.ts";

export const KINDS: Readonly<Record<string, Kind>> = { attack, key };
