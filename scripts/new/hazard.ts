import type { Kind } from "./kind.ts";

const REGISTER = "src/production/hazards/rule-sets.ts";

/** A set of hazard rules with its first rule. `npm run check` fails until it is filled in, and the test of its examples. */
export const hazard: Kind = {
  summary: "a rule that finds a hazard, in a rule set of its own",
  files: (name) => [{ path: `src/production/hazards/rule-sets/${name}.ts`, text: ruleSet(name) }],
  edits: (name) => [{ path: REGISTER, edit: (text) => registered(text, name) }],
  next: [
    "A setting of a resource that is known by its name and its safe values needs no rule: delete the new file and its two lines in rule-sets.ts, and add a row to src/production/hazards/tables/.",
    "If a rule set about the same subject exists, move the rule there, and delete the same.",
    "Say which files the rule set reads and what the rule finds; src/production/hazards/rule.ts lists the ways of looking.",
    "Replace each FILL IN; `npm run check` lists what is left.",
    "Write the examples: what it reports, with the exact sentence, and beside it the near misses that it must ignore.",
    "Nothing that somebody can write beside a hazard may silence it: give it an example.",
    "Run `npm test -- test/production/hazards/rules`, then `npm run generate` and `npm run check`.",
  ],
};

function exportOf(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** With the import where the linter wants it, and the entry at the end of the list. */
function registered(text: string, name: string): string {
  const file = `"./rule-sets/${name}.ts"`;
  const imported = `import { ${exportOf(name)} } from ${file};`;
  const lines = text.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const before = imports.filter((line) => !/"\.\/rule-sets\//.test(line) || fileIn(line) < file).length;
  const withImport = lines.toSpliced(before, 0, imported);
  return withImport.toSpliced(withImport.lastIndexOf("];"), 0, `  ${exportOf(name)},`).join("\n");
}

function fileIn(imported: string): string {
  return imported.slice(imported.indexOf('"'), imported.lastIndexOf('"') + 1);
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
  when: "FILL IN when it reports",
  lines: [
    {
      side: "after",
      pattern: /^FILL IN what the line looks like$/,
      why: ([what = ""]) => \`runs \${shown(what)}: FILL IN what that does\`,
    },
  ],
  // The sentence, and the change that it is about.
  reports: [["FILL IN the sentence", added("scripts/${name}.sh", "FILL IN a file that it reports")]],
  // Why it is silent, and the near miss.
  ignores: [["FILL IN why it is silent", added("scripts/${name}.sh", "FILL IN the near miss")]],
};

export const ${exportOf(name)}: RuleSet = {
  name: "${name}",
  title: "FILL IN the title in the reference",
  reads: ({ path, isLive }) => isLive && path.endsWith(".sh"),
  rules: [FIRST],
};
`;
}
