import { CONTROL_FILES } from "../production/control-files.ts";
import { DEFAULT_POLICY } from "./merge.ts";
import type { Policy } from "./policy.ts";

/** The patterns of control files: the built-in ones, and those that the config adds. */
export function controlPatterns(policy: Policy | null): readonly string[] {
  const { areas } = policy ?? DEFAULT_POLICY;
  return areas.flatMap(({ name, paths }) => (name === CONTROL_FILES ? paths : []));
}
