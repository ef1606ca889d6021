import { fingerprint } from "../hazards/reading/tree.ts";
import { parseYaml } from "../hazards/reading/yaml.ts";
import { isDoubtful } from "./text.ts";
import { isPlain, type Texts } from "./workflow/workflow.ts";

/** Of other CI systems nothing but comments is known to be harmless: their files run what they say. */
export function doubtInPipeline({ before, after, steps }: Texts): string | null {
  if (before === null) return "is a new pipeline";
  if (after === null) return "is deleted, and what it ran no longer runs";
  if (isDoubtful(before) || isDoubtful(after)) return NOT_PLAIN;
  const [was, is] = [parseYaml(before, { steps }), parseYaml(after, { steps })];
  if (was === null || is === null || !isPlain(was) || !isPlain(is)) return NOT_PLAIN;
  const alike = fingerprint(was) === fingerprint(is) && said(before) === said(after);
  return alike ? null : "changes what a pipeline runs or when";
}

const NOT_PLAIN = "cannot be read as a plain pipeline";

function said(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*(?:#.*)?$/.test(line))
    .join("\n");
}
