/**
 * The JSON objects that follow one another in a text; whatever stands between them is a piece of its own. Nothing is
 * parsed; takes time in proportion to the text.
 */
export function jsonValues(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  let depth = 0;
  let inString = false;
  const cut = (end: number) => {
    pieces.push(text.slice(start, end).trim());
    start = end;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = depth > 0;
    else if (character === "{") {
      if (depth === 0) cut(at);
      depth += 1;
    } else if (character === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) cut(at + 1);
    }
  }
  cut(text.length);
  return pieces.filter((piece) => piece !== "");
}
