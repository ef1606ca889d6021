import { resolve } from "node:path";
import type { Writable } from "node:stream";
import { createOwnership, WHOLE_TREE_LIMITS } from "../../ownership/ownership.ts";
import { type Codeowners, parseCodeowners } from "../../ownership/parse.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { orFailureDocument, printJson } from "../json.ts";
import { type Line, type Page, printLines } from "../report/lines.ts";
import { findRepository } from "../local-git/repository.ts";
import { pageOf, type Terminal } from "../terminal.ts";
import { deadDocument, documentOf, fileDocument, type OwnersDocument, statsDocument } from "./document.ts";
import { deadLines, pathLines, remarks, statsLines } from "./report.ts";
import { type AskedPath, askedPaths, readTree, type Tree } from "./tree.ts";
import { deadRules, ownedPaths, statsOf } from "./views.ts";

export interface OwnersOptions {
  readonly ref: string;
  readonly repo: string;
  readonly unowned?: true;
  readonly dead?: true;
  readonly stats?: true;
  readonly json?: true;
}

/** `countersign owners`: says who owns what by CODEOWNERS. Throws a `Failure` when it cannot. */
export async function owners(
  paths: readonly string[],
  options: OwnersOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return orFailureDocument(options.json ?? false, terminal, () => answer(paths, options, terminal));
}

async function answer(
  paths: readonly string[],
  options: OwnersOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.dead && paths.length > 0) throw new Failure("--dead looks at all files: leave the paths out");
  const { git } = await findRepository(resolve(terminal.directory, options.repo), "--repo DIR");
  const tree = await readTree(git, options.ref);
  const codeowners = parseCodeowners(tree.codeowners?.text ?? "");
  const asked = await askedPaths(git, tree, paths);
  const { document, lines, found } = viewOf({ tree, codeowners, asked }, options);
  if (options.json) printJson(terminal, documentOf(tree, document));
  else {
    terminal.stdout.write(printLines(lines, unwrapped(terminal.stdout)));
    terminal.stderr.write(printLines(remarks(tree, codeowners), pageOf(terminal.stderr)));
  }
  return found === 0 ? EXIT.pass : EXIT.wouldBlock;
}

/** One of the answers, for machines and for people. */
interface View {
  readonly document: Pick<OwnersDocument, "files" | "dead" | "stats">;
  readonly lines: readonly Line[];
  /** What the exit code tells of. */
  readonly found: number;
}

interface Read {
  readonly tree: Tree;
  readonly codeowners: Codeowners;
  readonly asked: readonly AskedPath[];
}

function viewOf({ tree, codeowners, asked }: Read, { dead, stats, unowned }: OwnersOptions): View {
  const file = tree.codeowners?.path ?? "";
  const ownership = createOwnership(codeowners, WHOLE_TREE_LIMITS);
  if (dead) {
    const rules = deadRules(codeowners, ownership, tree.files);
    return {
      document: { dead: rules.map(deadDocument) },
      lines: deadLines(rules, file),
      found: rules.length,
    };
  }
  const owned = ownedPaths(asked, ownership);
  if (stats) {
    const figures = statsOf(owned);
    return { document: { stats: statsDocument(figures) }, lines: statsLines(figures), found: 0 };
  }
  const shown = unowned ? owned.filter(({ ownership: { kind } }) => kind !== "owned") : owned;
  return {
    document: { files: shown.map(fileDocument) },
    lines: pathLines(shown, file),
    found: unowned ? shown.length : 0,
  };
}

/** One line each, however long, for who reads them by line. */
function unwrapped(stream: Writable): Page {
  return { ...pageOf(stream), width: Number.POSITIVE_INFINITY };
}
