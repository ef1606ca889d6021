import type { FileChange } from "./change.ts";
import { embeddedLines } from "./embedded.ts";
import type { ChangedLine } from "./lines.ts";

/** What a line that is only a comment looks like, and the names of the files where it is one. */
interface Comment {
  readonly line: RegExp;
  readonly names: RegExp;
}

const C_LIKE =
  /\.(?:[cm]?[jt]sx?|json[5c]?|java|kts?|scala|go|rs|cs|fsx?|swift|dart|sol|c|cc|cpp|h|hpp|m|mm|php|groovy|gradle|tf|tofu|tfvars|hcl|nomad|prisma|proto|bicep|jsonnet|libsonnet|rules|scss|less|vue|svelte)$|^Jenkinsfile/i;

const COMMENTS: readonly Comment[] = [
  {
    line: /^\s*#/,
    names:
      /\.(?:sh|bash|zsh|ksh|fish|ps[md]?1|pyi?|rb|rake|gemspec|ru|p[lm]|r|exs?|nix|ya?ml|toml|tf|tofu|tfvars|hcl|nomad|conf|cfg|cnf|cf|ini|env|properties|mk|mak|cmake|cron|service|timer|socket|graphqls?|rego|dockerfile|list|repo)$|^\.?[^.]+$|^(?:\.env|Dockerfile|Containerfile|Makefile|GNUmakefile)[^/]*$/i,
  },
  { line: /^\s*#(?!\[)/, names: /\.php$/i },
  { line: /^\s*\/\//, names: C_LIKE },
  // One that ends on its line is none where more follows.
  {
    line: /^\s*\/\*(?:(?!\*\/).)*(?:\*\/\s*)?$/,
    names: new RegExp(String.raw`${C_LIKE.source}|\.(?:css|sql)$`, "i"),
  },
  { line: /^\s*--(?:\s|$)/, names: /\.(?:sql|lua|hs)$/i },
  {
    line: /^\s*;/,
    names: /\.(?:ini|conf|cfg|cnf|service|timer|socket|zone|reg)$|^\.(?:npmrc|editorconfig|gitconfig)$/i,
  },
  {
    line: /^\s*<!--(?:(?!-->).)*(?:-->\s*)?$/,
    names: /\.(?:x?html?|xml|svg|vue|svelte|jsp|cshtml|config|\w*proj|props|targets|plist|mdx?)$/i,
  },
  { line: /^\s*(?:@?REM(?:\s|$)|::)/i, names: /\.(?:bat|cmd)$/i },
  { line: /^\s*dnl\s/, names: /\.(?:m4|ac)$/i },
  {
    line: /^\s*\{\{-?\s*\/\*(?:(?!\*\/).)*(?:\*\/\s*-?\}\}\s*)?$/,
    names: /\.(?:ya?ml|tpl|tmpl|gotmpl|gohtml|html)$/i,
  },
  { line: /^\s*\{#(?:(?!#\}).)*(?:#\}\s*)?$/, names: /\.(?:html?|j2|jinja2?|njk|twig|tera)$/i },
];

const MAY_BE_COMMENT = /^\s*(?:[#/*;{]|--|<!--|::|@?REM|dnl)/i;
/** A line of a block, as `/**` begins it. */
const IN_BLOCK = /^\s*\*(?:\s|\/|\*|$)/;
/** Of a template's name, what stands before tells the language. */
const TEMPLATE = /\.(?:j2|jinja2?|tpl|tmpl|gotmpl|erb|template|dist|default|in|example)$/i;

const spoken = {
  before: new WeakMap<FileChange, readonly ChangedLine[]>(),
  after: new WeakMap<FileChange, readonly ChangedLine[]>(),
};

/** The lines of one side that are not only comments, worked out once, because many rules ask for them. */
export function withoutComments(file: FileChange, side: ChangedLine["side"]): readonly ChangedLine[] {
  const known = spoken[side].get(file);
  if (known !== undefined) return known;
  const isComment = commentsIn(file);
  const all = file.lines[side];
  const lines = all.some(isComment) ? all.filter((line) => !isComment(line)) : all;
  spoken[side].set(file, lines);
  return lines;
}

/** Tells which lines of the file are only comments, in the language that its name tells. */
function commentsIn(file: FileChange): (line: ChangedLine) => boolean {
  let names: readonly string[] | undefined;
  return (line) => {
    if (!MAY_BE_COMMENT.test(line.text)) return false;
    names ??= namesOf(file);
    if (isCommentIn(names, line.text)) return !embeddedLines(file, line.side).has(line.line);
    return IN_BLOCK.test(line.text) && isNamed(C_LIKE, names) && blockLinesOf(file, line.side).has(line.line);
  };
}

/** Few kinds of comments look like the line, so that few are asked whether the file may hold them. */
function isCommentIn(names: readonly string[], text: string): boolean {
  return COMMENTS.some((comment) => comment.line.test(text) && isNamed(comment.names, names));
}

function isNamed(pattern: RegExp, names: readonly string[]): boolean {
  return names.some((name) => pattern.test(name));
}

/** What the file is called, and what it makes where it is a template. */
function namesOf({ path }: FileChange): readonly string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return TEMPLATE.test(name) ? [name, name.replace(TEMPLATE, "")] : [name];
}

const known = {
  before: new WeakMap<FileChange, ReadonlySet<number>>(),
  after: new WeakMap<FileChange, ReadonlySet<number>>(),
};

function blockLinesOf(file: FileChange, side: ChangedLine["side"]): ReadonlySet<number> {
  const found = known[side].get(file);
  if (found !== undefined) return found;
  const embedded = embeddedLines(file, side);
  const lines = new Set([...readBlocks(file[side] ?? "")].filter((line) => !embedded.has(line)));
  known[side].set(file, lines);
  return lines;
}

/** Only lines that follow the beginning of a block, each with its star: one by itself may multiply. */
function readBlocks(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let isOpen = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (isOpen && IN_BLOCK.test(line)) {
      const end = line.indexOf("*/");
      if (end === -1 || line.slice(end + 2).trim() === "") lines.add(index + 1);
      isOpen = end === -1;
    } else isOpen = /^\s*\/\*/.test(line) && !line.includes("*/");
  }
  return lines;
}
