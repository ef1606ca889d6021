import type { Kind } from "./kind.ts";
import { tool } from "./tool.ts";

export const KINDS: Readonly<Record<string, Kind>> = { tool };
