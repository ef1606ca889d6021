import type { Finding } from "../../../hazard.ts";
import type { FileChange } from "../../../reading/change.ts";
import { shown } from "../../../words.ts";
import { checksIn } from "../checks.ts";

const JENKINS_CONDITION =
  /^\s*(?:when\s*\{|(?:not|allOf|anyOf)\s*\{|(?:branch|changeset|changelog|environment|tag|triggeredBy|equals|expression)\b\s*[\s({'"p]|if\s*\()/;

/** Conditions that come to a pipeline of Jenkins that checks something. */
export function* inJenkinsfile(file: FileChange): Generator<Finding> {
  if (typeof file.before !== "string" || checksIn(file, "before").length === 0) return;
  for (const { text, line } of file.lines.after) {
    if (!JENKINS_CONDITION.test(text)) continue;
    const what = shown(text);
    const why = `lets ${shown(file.path)} check fewer changes, by ${what}`;
    yield { what, file: file.path, line, side: "after", why };
    return;
  }
}
