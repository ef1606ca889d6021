import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { looksLikeCheck } from "./checks.ts";

/** Files that name the commands by which pipelines check. */
const SCRIPTS_FILE = /(?:^|\/)(?:package|composer|deno)\.jsonc?$/;

/** Prints something, or ends well, whatever stands there. */
const DOES_NOTHING =
  /^\s*(?:(?:echo|printf)\b[^&|;]*|true|:|exit\s+0|rem\b.*)?(?:\s*(?:&&|;)\s*(?:exit\s+0|true|:))?\s*$/i;

/** What is longer than people write does something. */
function doesNothing(text: string): boolean {
  return text.length < 500 && DOES_NOTHING.test(text);
}

/** One that only ever printed, as package managers write it into a new file, checked nothing. */
function emptied(name: string, before: Tree | undefined, after: Tree | undefined): boolean {
  const [was, is] = [textOf(before), textOf(after)];
  const isCheck = looksLikeCheck(name) || looksLikeCheck(was);
  return isCheck && was !== "" && after?.kind === "scalar" && !doesNothing(was) && doesNothing(is);
}

/** A command of a Makefile by its target: the lines that are set in below it. */
const MAKEFILE = /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/;
const TARGET = /^([\w./-]{1,80})\s*:(?!=)/;

function recipesIn(
  text: string,
): ReadonlyMap<string, { readonly line: number; readonly commands: readonly string[] }> {
  const found = new Map<string, { line: number; commands: string[] }>();
  let open: { line: number; commands: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const name = TARGET.exec(line)?.[1];
    if (name !== undefined) {
      open = { line: index + 1, commands: [] };
      if (!found.has(name)) found.set(name, open);
    } else if (/^\s+\S/.test(line)) open?.commands.push(line.trim().replace(/^[@-]+/, ""));
  }
  return found;
}

function* inMakefile({ path, before, after }: FileChange): Generator<Finding> {
  if (typeof before !== "string" || typeof after !== "string") return;
  const was = recipesIn(before);
  for (const [name, { line, commands }] of recipesIn(after)) {
    const old = was.get(name)?.commands ?? [];
    const isCheck = looksLikeCheck(name) && old.some((each) => !doesNothing(each));
    const isEmpty = commands.length > 0 && commands.every(doesNothing);
    if (!isCheck || !isEmpty) continue;
    yield { what: shown(name), file: path, line, side: "after", why: sentence(name, path) };
  }
}

const sentence = (name: string, path: string) => `makes ${shown(name)} of ${shown(path)} check nothing`;

export const SCRIPTS_EMPTIED: Rule = {
  id: "checks/script-emptied",
  kind: "destructive",
  asks: "block",
  when: "a script of `package.json` or a target of a Makefile that checked something only prints or ends well",
  *file(file): Generator<Finding> {
    if (!file.isLive) return;
    if (MAKEFILE.test(file.path)) yield* inMakefile(file);
    if (!SCRIPTS_FILE.test(file.path)) return;
    const { before, after } = sidesOf(file);
    const was = at(before, "scripts") ?? at(before, "tasks");
    for (const { key, value, line } of entriesOf(at(after, "scripts") ?? at(after, "tasks")))
      if (emptied(key, at(was, key), value))
        yield { what: shown(key), file: file.path, line, side: "after", why: sentence(key, file.path) };
  },
  reports: [
    [
      "makes `test` of `package.json` check nothing",
      changed(
        "package.json",
        '{"scripts": {"test": "jest --ci"}}\n',
        '{"scripts": {"test": "echo skipped && exit 0"}}\n',
      ),
    ],
    [
      "makes `lint` of `Makefile` check nothing",
      changed("Makefile", "lint:\n\tgolangci-lint run\n", "lint:\n\t@echo later\n"),
    ],
  ],
  ignores: [
    [
      "another runner",
      changed("package.json", '{"scripts": {"test": "jest"}}\n', '{"scripts": {"test": "vitest run"}}\n'),
    ],
    [
      "it never did",
      changed(
        "package.json",
        '{"scripts": {"test": "echo none && exit 0"}}\n',
        '{"scripts": {"test": "exit 0"}}\n',
      ),
    ],
    ["no check", changed("Makefile", "docs:\n\tmkdocs build\n", "docs:\n\t@echo later\n")],
  ],
};

export function hasScripts(path: string): boolean {
  return SCRIPTS_FILE.test(path) || MAKEFILE.test(path);
}
