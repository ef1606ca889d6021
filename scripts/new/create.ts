import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KINDS } from "./kinds.ts";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What was made, or why nothing was; as lines for people. */
export interface Created {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** Makes the files of a new tool or another kind below a root; overwrites none. */
export function create(root: string, [kindName = "", name = ""]: readonly string[]): Created {
  const kind = Object.hasOwn(KINDS, kindName) ? KINDS[kindName] : undefined;
  if (kind === undefined) return refused(usage());
  if (!NAME.test(name)) {
    return refused([
      `"${name}" is not a name: write words in lower case with hyphens between them, as in my-${kindName}.`,
    ]);
  }
  const files = kind.files(name);
  const present = files.filter(({ path }) => existsSync(join(root, path)));
  if (present.length > 0) return refused(present.map(({ path }) => `${path} exists already.`));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const edits = kind.edits?.(name) ?? [];
  for (const { path, edit } of edits) {
    const file = join(root, path);
    writeFileSync(file, edit(readFileSync(file, "utf8")));
  }
  const made = [
    ...files.map(({ path }) => `Created ${path}`),
    ...edits.map(({ path }) => `Entered it in ${path}`),
  ];
  return {
    ok: true,
    lines: [...made, "", ...kind.next.map((step) => `- ${step}`)],
  };
}

function usage(): readonly string[] {
  const kinds = Object.entries(KINDS).map(
    ([name, { summary }]) => `  npm run new -- ${name} NAME   ${summary}`,
  );
  return ["Usage:", ...kinds];
}

function refused(lines: readonly string[]): Created {
  return { ok: false, lines };
}
