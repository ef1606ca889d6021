import { withoutIndex } from "../../../reading/parts.ts";
import { at, isFalse, textOf } from "../../../reading/tree.ts";
import { added, type Rule } from "../../../rule.ts";
import { shown } from "../../../words.ts";
import { OF } from "../blocks.ts";

export const DESTROYING_REMOVED: Rule = {
  id: "terraform/removed-destroys",
  kind: "destructive",
  asks: "block",
  when: "a `removed` block comes that does not say `destroy = false`",
  parts: {
    of: OF,
    *find({ type, before, after, file }, { changed }) {
      if (type !== "removed" || before !== undefined || after === undefined) return;
      if (isFalse(at(after, "lifecycle", "destroy"))) return;
      const address = textOf(at(after, "from"));
      const name = withoutIndex(address);
      if (changed.some((other) => other.name === name && other.after === undefined)) return;
      const why = `tells Terraform to forget ${shown(address)} without \`destroy = false\`: it is destroyed on apply`;
      yield { what: shown(address), file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      "tells Terraform to forget `aws_s3_bucket.old` without `destroy = false`: it is destroyed on apply",
      added("main.tf", "removed {\n  from = aws_s3_bucket.old\n}\n"),
    ],
  ],
  ignores: [
    [
      "it is only forgotten",
      added("main.tf", "removed {\n  from = aws_s3_bucket.old\n  lifecycle {\n    destroy = false\n  }\n}\n"),
    ],
  ],
};
