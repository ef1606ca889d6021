import type { Problem } from "./problem.ts";
import { CONFIG_PATH } from "./source.ts";

/** Where people put a config that is never read: another folder, extension or spelling. */
const MISPLACED = /^(?:\.github\/|docs\/|\.countersign\/)?\.?countersign\.(?:ya?ml|json|toml)$/i;

/** In this folder a name that is nearly the config's can only be meant for it. */
const SURELY = /^\.github\/\.?countersign\.ya?ml$/i;

/** Where it could be; all of them can be asked for. */
export const MISPLACED_PATHS = [
  ".github/countersign.yaml",
  ".github/.countersign.yml",
  "countersign.yml",
  "countersign.yaml",
  ".countersign.yml",
  ".countersign.yaml",
  "docs/countersign.yml",
] as const;

/** What is wrong with a file that looks like the config and is not read; `null` for any other. */
export function misplacedConfig(path: string): Problem | null {
  if (path === CONFIG_PATH || !MISPLACED.test(path)) return null;
  return {
    code: "config/misplaced",
    severity: SURELY.test(path) ? "error" : "warning",
    file: path,
    message: `This file is not read: the config is ${CONFIG_PATH}.`,
    remedy: `Rename it to ${CONFIG_PATH} if it is the config; otherwise give it another name.`,
  };
}
