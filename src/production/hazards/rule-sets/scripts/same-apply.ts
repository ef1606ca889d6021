import type { FileChange } from "../../reading/change.ts";

/** Ways to say to Terraform and Terragrunt that nobody is asked. One stack and all of them are not the same. */
const UNASKED = /(?:^|\s)(?:-{1,2}(?:terragrunt-)?non-interactive|-{1,2}auto-approve|run|--)(?=\s|$)/g;

const bare = (line: string) => line.replaceAll(UNASKED, " ").trim().replaceAll(/\s+/g, " ");

/** Whether as many lines went that did the same without asking, said otherwise. */
export function isSaidOtherwise({ input }: RegExpExecArray, { lines }: FileChange): boolean {
  const command = bare(input);
  const same = (side: "before" | "after") =>
    lines[side].filter(({ text }) => /auto-approve/.test(text) && bare(text) === command).length;
  return same("after") > 0 && same("before") >= same("after");
}
