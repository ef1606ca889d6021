import { fileURLToPath } from "node:url";

/** Lets a process of ours start in half the time: what another has compiled is kept beside the installed packages. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: fileURLToPath(
    new URL("../../node_modules/.cache/countersign-compiled", import.meta.url),
  ),
} as const;
