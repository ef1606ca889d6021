import { type Markup, markup } from "../../markup/markup.ts";

/** A table whose rows begin with a name. */
export function pageTable(head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const titles = head.map((title) => markup`<th scope="col">${title}</th>`);
  const body = rows.map(([name = "", ...cells]) => {
    return markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;
  });
  return markup`<div class="scroll"><table><thead><tr>${titles}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}
