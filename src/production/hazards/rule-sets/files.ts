import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { several, shown } from "../words.ts";

const MANY = 50;

const FOLDER_FILES = 10;

const MADE =
  /(?:^|\/)(?:\.idea|\.vscode|node_modules|vendor|dist|build|__snapshots__|\.next|target|coverage|third_party|generated|gen|\.yarn|public\/assets|__generated__|snapshots?|\.?archived?)\/|\.(?:snap|png|jpe?g|svg|gif|webp|map|min\.js|lock|md|mdx|html?|po|pot|woff2?)$/;

/** The folders whose tests change and stay: what they read goes with what they test. */
function foldersOfTests(files: readonly FileChange[]): ReadonlySet<string> {
  const tests = files.filter(({ path, status }) => status === "modified" && /_test\.go$/.test(path));
  return new Set(tests.map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1)));
}

/** Whether no person wrote it, or it is data of tests that change with it. Go takes no code from such a folder. */
function isMade(path: string, tested: ReadonlySet<string>): boolean {
  const data = path.indexOf("testdata/");
  return MADE.test(path) || (data !== -1 && tested.has(path.slice(0, data)));
}

function removedFiles(files: readonly FileChange[]): readonly FileChange[] {
  const gone = files.filter(({ status }) => status === "removed");
  if (gone.length < FOLDER_FILES) return [];
  const tested = foldersOfTests(files);
  const stay = Map.groupBy(
    files.filter(({ status }) => status !== "removed"),
    ({ path }) => nameOf(path),
  );
  return gone.filter(
    (file) =>
      !isMade(file.path, tested) && !stay.get(nameOf(file.path))?.some((other) => holdsMost(other, file)),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether most of what a file said stands in another one of its name now, and did not before. */
function holdsMost({ after, lines }: FileChange, gone: FileChange): boolean {
  if (typeof after !== "string" || typeof gone.before !== "string") return false;
  const come = new Set(lines.after.map(({ text }) => text.trim()));
  const said = gone.before.split("\n").flatMap((line) => line.trim() || []);
  return said.length > 0 && said.filter((line) => come.has(line)).length * 3 >= said.length * 2;
}

/** The shallowest folders below which every changed file is gone. */
function emptied(files: readonly FileChange[]): ReadonlyMap<string, number> {
  const gone = new Set(removedFiles(files));
  if (gone.size < FOLDER_FILES) return new Map();
  const all = new Map<string, { gone: number; stay: number }>();
  const count = (path: string, isGone: boolean) => {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const folder = path.slice(0, end + 1);
      const counts = all.get(folder) ?? { gone: 0, stay: 0 };
      counts[isGone ? "gone" : "stay"] += 1;
      all.set(folder, counts);
    }
  };
  for (const file of files) if (!MADE.test(file.path)) count(file.path, gone.has(file));
  const folders = [...all]
    .filter(([, counts]) => counts.stay === 0 && counts.gone >= FOLDER_FILES)
    .map(([folder]) => folder);
  const shallowest = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(other)),
  );
  return new Map(shallowest.map((folder) => [folder, all.get(folder)?.gone ?? 0]));
}

/** Of two paths, and of all that sort between them. */
function commonFolder(one: string, other: string): string {
  let end = 0;
  while (end < one.length && one[end] === other[end]) end += 1;
  return one.slice(0, one.lastIndexOf("/", end - 1) + 1);
}

const FOLDER_REMOVED: Rule = {
  id: "files/folder-removed",
  kind: "destructive",
  asks: "block",
  when: `everything the change touches below a folder is deleted, ${FOLDER_FILES} files or more`,
  *files(files): Generator<Finding> {
    for (const [top, count] of emptied(files)) {
      const paths = removedFiles(files)
        .map(({ path }) => path)
        .filter((path) => path.startsWith(top))
        .toSorted();
      const [first] = paths;
      const last = paths.at(-1);
      if (first === undefined || last === undefined) continue;
      const folder = commonFolder(first, last);
      const why = `deletes all ${several(count, "file")} that it touches below ${shown(folder)}`;
      yield { what: shown(folder), file: first, line: 1, side: "before", why };
    }
  },
  reports: [
    [
      "deletes all 10 files that it touches below `pkg/testdata/`",
      changed("other/a_test.go", "func TestA(t *testing.T) {}\n", "func TestB(t *testing.T) {}\n"),
      ...Array.from({ length: 10 }, (_, index) => removed(`pkg/testdata/part-${index}.json`, "{}\n")),
    ],
    [
      "deletes all 10 files that it touches below `services/next/`",
      ...Array.from({ length: 10 }, (_, index) => [
        removed(`services/next/part-${index}.ts`, `a${index}();\nb();\n`),
        changed(`services/part-${index}.ts`, "old();\n", "other();\nb();\n"),
      ]).flat(),
    ],
    [
      "deletes all 10 files that it touches below `services/billing/`",
      ...Array.from({ length: 10 }, (_, index) => removed(`services/billing/part-${index}.ts`, "x\n")),
    ],
  ],
  ignores: [
    [
      "data of a test that changes with it",
      changed("pkg/a_test.go", "func TestA(t *testing.T) {}\n", "func TestB(t *testing.T) {}\n"),
      ...Array.from({ length: 10 }, (_, index) => removed(`pkg/testdata/part-${index}.json`, "{}\n")),
    ],
    [
      "they stand elsewhere now",
      ...Array.from({ length: 10 }, (_, index) => [
        removed(`services/next/part-${index}.ts`, `a${index}();\nb();\n`),
        changed(`services/part-${index}.ts`, "old();\n", `a${index}();\nb();\n`),
      ]).flat(),
    ],
    [
      "how somebody's editor is set",
      ...Array.from({ length: 10 }, (_, index) => removed(`.idea/part-${index}.xml`, "x\n")),
    ],
    [
      "made by a tool",
      ...Array.from({ length: 10 }, (_, index) => removed(`app/dist/part-${index}.js`, "x\n")),
    ],
    [
      "a few",
      ...Array.from({ length: 9 }, (_, index) => removed(`services/billing/part-${index}.ts`, "x\n")),
    ],
  ],
};

const MANY_REMOVED: Rule = {
  id: "files/many-removed",
  kind: "destructive",
  asks: "block",
  when: `${MANY} files or more are deleted, in whatever folders`,
  *files(files): Generator<Finding> {
    const gone = removedFiles(files);
    const [first] = gone.map(({ path }) => path).toSorted();
    if (gone.length < MANY || first === undefined || emptied(files).size > 0) return;
    yield {
      what: several(gone.length, "file"),
      file: first,
      line: 1,
      side: "before",
      why: `deletes ${several(gone.length, "file")}`,
    };
  },
  reports: [
    [
      "deletes 50 files",
      ...Array.from({ length: 50 }, (_, index) => removed(`part-${index}/main.ts`, "x\n")),
    ],
  ],
  ignores: [["a few", ...Array.from({ length: 49 }, (_, index) => removed(`part-${index}/main.ts`, "x\n"))]],
};

export const FILES: RuleSet = {
  name: "files",
  title: "Many files at once",
  reads: () => true,
  rules: [FOLDER_REMOVED, MANY_REMOVED],
};
