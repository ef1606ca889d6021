import type { Kind } from "./kind.ts";

const REGISTER = "src/production/hazards/rule-sets.ts";

/** A set of hazard rules with its first rule. The test of its examples fails until they are written. */
export const hazard: Kind = {
  summary: "a rule that finds a hazard, in a rule set of its own",
  files: (name) => [{ path: `src/production/hazards/rule-sets/${name}.ts`, text: ruleSet(name) }],
  edits: (name) => [{ path: REGISTER, edit: (text) => registered(text, name) }],
  next: [
    "A setting of a resource that is known by its name and its safe values needs no rule: add a row to src/production/hazards/tables/ instead.",
    "If a rule set about the same subject exists, move the rule there, and delete the new file and its two lines in rule-sets.ts.",
    "Say what the rule set is about, which files it reads, and what the rule finds; src/production/hazards/rule.ts lists the ways of looking.",
    "Write the examples: what it reports, with the exact sentence, and beside it the near misses that it must ignore.",
    "Nothing that somebody can write beside a hazard may silence it: give it an example.",
    "Run `npm test -- test/production/hazards/rules`, then `npm run generate` and `npm run check`.",
  ],
};

function exportOf(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** With the import and the entry at the end of either list; `npm run format` sorts the imports. */
function registered(text: string, name: string): string {
  const imported = `import { ${exportOf(name)} } from "./rule-sets/${name}.ts";\n`;
  const end = text.lastIndexOf("];");
  const [head, tail] = [text.slice(0, end), text.slice(end)];
  const place = head.lastIndexOf("import ");
  const after = head.indexOf("\n", place) + 1;
  return `${head.slice(0, after)}${imported}${head.slice(after)}  ${exportOf(name)},\n${tail}`;
}

function ruleSet(name: string): string {
  return `import { added, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const FIRST: Rule = {
  id: "${name}/first",
  // "destructive": something is destroyed, or "widening": somebody or something is let in.
  kind: "destructive",
  // "block" where something that exists is destroyed or a guard weakened, "show" for a poor default on something new.
  asks: "block",
  // When it reports, as a clause for the reference.
  when: "",
  lines: [
    {
      side: "after",
      pattern: /(?!)/,
      why: ([what = ""]) => \`runs \${shown(what)}: what that does\`,
    },
  ],
  // The sentence, and the change that it is about.
  reports: [["", added("scripts/${name}.sh", "")]],
  // Why it is silent, and the near miss.
  ignores: [["", added("scripts/${name}.sh", "")]],
};

export const ${exportOf(name)}: RuleSet = {
  name: "${name}",
  title: "",
  reads: ({ path, isLive }) => isLive && path.endsWith(".sh"),
  rules: [FIRST],
};
`;
}
