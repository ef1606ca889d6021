import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const SCHEMA_MADE_AGAIN: LinePattern = {
  side: "after",
  pattern:
    /\b(?:ddl-auto|hbm2ddl\.auto)["']?\s*[:=]\s*["']?(create(?:-drop|-only)?|drop)\b|\b(?:synchronize|dropSchema)["']?\s*:\s*(true)\b|\bsync\(\s*\{\s*force\s*:\s*(true)|\bflyway\.clean(?:-on-validation-error|OnValidationError)["']?\s*[:=]\s*(true)|\bclean-disabled["']?\s*[:=]\s*(false)|\bspring\.sql\.init\.mode\s*=\s*(always)/,
  why: ([setting = ""]) =>
    `sets ${shown(setting)}: the tables are dropped or changed to fit the code when it starts`,
};

const SCHEMA_DROPPED: Rule = {
  id: "migrations/schema-made-again",
  kind: "destructive",
  asks: "block",
  when: "a framework drops or changes the tables by itself when it starts",
  lines: [SCHEMA_MADE_AGAIN],
  reports: [
    [
      "sets `ddl-auto=create-drop`: the tables are dropped or changed to fit the code when it starts",
      changed(
        "src/main/resources/application.properties",
        "spring.jpa.hibernate.ddl-auto=validate\n",
        "spring.jpa.hibernate.ddl-auto=create-drop\n",
      ),
    ],
  ],
  ignores: [["it only checks", added("application.properties", "spring.jpa.hibernate.ddl-auto=validate\n")]],
};

const MODEL = /^\s*model\s+(\w+)\s*\{/;
/** The models that a schema of Prisma declares, with their lines. */
function modelsIn(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").map((line, index) => [MODEL.exec(line)?.[1], index + 1] as const);
  return new Map(lines.flatMap(([name, line]) => (name === undefined ? [] : [[name, line] as const])));
}

const DECLARED_GONE: Rule = {
  id: "migrations/declared-removed",
  kind: "destructive",
  asks: "block",
  when: "a model leaves a declared schema (Prisma), which the next migration drops",
  *file({ path, before, after }): Generator<Finding> {
    if (!path.endsWith(".prisma") || typeof before !== "string" || typeof after !== "string") return;
    const now = modelsIn(after);
    for (const [name, line] of modelsIn(before)) {
      if (now.has(name)) continue;
      const why = `takes ${shown(name)} out of the schema: the next migration drops it with its data`;
      yield { what: shown(name), file: path, line, side: "before", why };
    }
  },
  reports: [
    [
      "takes `Order` out of the schema: the next migration drops it with its data",
      changed(
        "prisma/schema.prisma",
        "model User {\n  id Int @id\n}\nmodel Order {\n  id Int @id\n}\n",
        "model User {\n  id Int @id\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "a model comes",
      changed(
        "schema.prisma",
        "model A {\n  id Int @id\n}\n",
        "model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n",
      ),
    ],
  ],
};

export const SCHEMAS: RuleSet = {
  name: "schemas",
  title: "Declared schemas",
  reads: ({ path, isLive }) => isLive && /\.(?:prisma|properties|ya?ml|[cm]?[jt]s|json|java|kt)$/.test(path),
  rules: [SCHEMA_DROPPED, DECLARED_GONE],
};
