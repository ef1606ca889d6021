import { readdirSync, readFileSync } from "node:fs";
import { parseSync, Visitor } from "oxc-parser";

export interface Expression {
  /** The file, from the root of the sources, and the line. */
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that a file under `src/` writes out. */
export function writtenExpressions(): readonly Expression[] {
  return sourceFiles().flatMap((file) => {
    const text = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
    const found: Expression[] = [];
    const { program } = parseSync(file, text);
    new Visitor({
      Literal(node) {
        if (!("regex" in node) || node.regex === undefined) return;
        const { pattern, flags } = node.regex;
        const line = text.slice(0, node.start).split("\n").length;
        found.push({ place: `${file}:${line}`, pattern: new RegExp(pattern, flags) });
      },
    }).visit(program);
    return found;
  });
}

/** Those that the readers and rules put together when they are loaded: of words, of tables, of signals. */
export async function madeExpressions(): Promise<readonly Expression[]> {
  const made = new Map<string, RegExp>();
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given: [string | RegExp, string?]) {
      const pattern = new target(...given);
      made.set(String(pattern), pattern);
      return pattern;
    },
  });
  try {
    for (const file of sourceFiles().filter((each) => PURE.test(each))) await import(`../../src/${file}`);
    const { createPolicyDetector } = await import("../../src/policy/detector.ts");
    const { DEFAULT_POLICY } = await import("../../src/policy/merge.ts");
    createPolicyDetector(DEFAULT_POLICY.detect);
    const { anywhereOf } = await import("../../src/production/hazards/anywhere.ts");
    const { RULE_SETS } = await import("../../src/production/hazards/rule-sets.ts");
    for (const { rules } of RULE_SETS)
      for (const { lines = [] } of rules) for (const { pattern } of lines) anywhereOf(pattern);
  } finally {
    globalThis.RegExp = plain;
  }
  return [...made.values()].map((pattern) => ({ place: "made", pattern }));
}

const PURE = /^(?:paths|notation|provenance|ownership|production|policy|signoff)\//;

function sourceFiles(): readonly string[] {
  const found = readdirSync(new URL("../../src/", import.meta.url), { recursive: true, encoding: "utf8" });
  return found.filter((file) => file.endsWith(".ts")).toSorted();
}
