import type { Writable } from "node:stream";
import { createOwnership, WHOLE_TREE_LIMITS } from "../../ownership/ownership.ts";
import { type Codeowners, parseCodeowners } from "../../ownership/parse.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { findRepository } from "../local-git/repository/repository.ts";
import { orFailureDocument } from "../output/failure-document.ts";
import { printJson, printReport } from "../output/print.ts";
import type { Line, Page } from "../report/lines.ts";
import { askedFolder, pageOf, type Terminal } from "../terminal.ts";
import { deadDocument, documentOf, fileDocument, type OwnersDocument, statsDocument } from "./document.ts";
import { deadLines, pathLines, remarks, statsLines } from "./report.ts";
import { type AskedPath, askedPaths, readTree, type Tree } from "./tree.ts";
import { deadRules, ownedPaths, statsOf } from "./views.ts";

export interface OwnersOptions {
  readonly ref?: string;
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
  if (options.dead && paths.length > 0) throw new Failure("--dead covers all files: name no paths");
  const repository = await findRepository(askedFolder(terminal, options.repo));
  const tree = await readTree(repository, options.ref);
  const codeowners = parseCodeowners(tree.codeowners?.text ?? "");
  const asked = askedPaths(repository, tree, paths);
  const { document, lines, found } = viewOf({ tree, codeowners, asked }, options);
  if (options.json) printJson(terminal, documentOf(tree, document));
  else {
    printReport(terminal.stdout, lines, unwrapped(terminal.stdout));
    printReport(terminal.stderr, remarks(tree, codeowners));
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
