const blank = (text: string) => text.replaceAll(/[^\n]/g, " ");
const cut = (text: string) => `;${blank(text.slice(1))}`;

/** A changelog of XML or YAML without its comments and what takes its changes back, which are blanks. */
export function withoutWayBack(path: string, text: string): string {
  if (!path.endsWith(".xml")) return yamlWayThere(text);
  return withBlanks(withBlanks(text, "<!--", "-->"), "<rollback>", "</rollback>");
}

/** Blanks for whatever stands between two marks, with the marks; what is not closed stays. */
function withBlanks(text: string, open: string, close: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf(open, at);
    const end = start === -1 ? -1 : text.indexOf(close, start + open.length);
    if (end === -1) break;
    parts.push(text.slice(at, start), blank(text.slice(start, end + close.length)));
    at = end + close.length;
  }
  return parts.join("") + text.slice(at);
}

/** A changelog of XML or YAML as SQL: what holds its statements becomes blanks. */
export function plainMarkup(path: string, text: string): string {
  return path.endsWith(".xml") ? plainXml(text) : plainYaml(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<   ",
  "&gt;": ">   ",
  "&amp;": "&    ",
  "&quot;": '"     ',
  "&apos;": "'     ",
};

function plainXml(text: string): string {
  return text
    .replaceAll(/<!\[CDATA\[|\]\]>/g, blank)
    .replaceAll(/<\/?[A-Za-z][^<>]{0,2000}>/g, cut)
    .replaceAll(/&(?:lt|gt|amp|quot|apos);/g, (name) => ENTITIES[name] ?? name);
}

const KEY =
  /^[ \t]*(?:-[ \t]+)*(?:["']?[\w.-]{1,100}["']?:(?:[ \t]+[|>][+-]?\d?)?(?=[ \t]|$)|-(?=[ \t]))[ \t]*["']?/;

function plainYaml(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(KEY, cut).replace(/["']\s*$/, blank))
    .join("\n");
}

function yamlWayThere(text: string): string {
  let back: number | null = null;
  return text
    .split("\n")
    .map((line) => {
      const indent = line.length - line.replace(/^[ \t-]+/, "").length;
      if (line.trim() !== "" && back !== null && indent <= back) back = null;
      if (back === null && /^[ \t-]*rollback:/.test(line)) back = indent;
      return back !== null || /^[ \t]*#/.test(line) ? blank(line) : line;
    })
    .join("\n");
}
