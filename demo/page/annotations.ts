import type { CheckRun, Pull } from "../../test/github-double/world/model.ts";
import { checkLines } from "../standing.ts";
import { type Html, html } from "./html.ts";

type Annotation = CheckRun["annotations"][number];

/** What checks say of lines: by path, and there by line. Taken out as they are shown. */
export class Annotations {
  readonly #left: Annotation[];

  constructor(pull: Pull) {
    this.#left = checkLines(pull).flatMap(({ run }) => run?.annotations ?? []);
  }

  /** Those of a line of a file. */
  at(path: string, line: number): readonly Html[] {
    return this.#take((each) => each.path === path && each.start_line === line).map(row);
  }

  /** Those of lines that the diff does not show. */
  rest(path: string): readonly Html[] {
    return this.#take((each) => each.path === path).map(row);
  }

  #take(isWanted: (annotation: Annotation) => boolean): readonly Annotation[] {
    const taken = this.#left.filter(isWanted);
    for (const each of taken) this.#left.splice(this.#left.indexOf(each), 1);
    return taken;
  }
}

function row({ annotation_level: level, title, message, start_line: line }: Annotation): Html {
  return html`<tr class="annotation ${level}"><td colspan="2"></td><td><p><strong>${title ?? level}</strong> <span class="muted">line ${line}</span></p><p>${message}</p></td></tr>`;
}
