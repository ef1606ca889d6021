import { changed, type Rule } from "../../../rule.ts";
import { shown } from "../../../words.ts";
import { isGone, isResource, OF } from "../blocks.ts";
import { lossOf } from "../losses.ts";
import { onlyLooksUp } from "./modules.ts";

export const RESOURCE_RENAMED: Rule = {
  id: "terraform/resource-renamed",
  kind: "destructive",
  asks: "block",
  when: "a `resource` or `module` block gets another name without a `moved` block",
  parts: {
    of: OF,
    *find(part, all) {
      const canMove = part.type === "module" || (isResource(part) && lossOf(part.type) !== null);
      if (!canMove || part.before === undefined || !isGone(part, all)) return;
      if (part.type === "module" && onlyLooksUp(part)) return;
      const to = all.addedParts.sameContent(part);
      if (to?.after === undefined) return;
      const why = `renames ${shown(part.name)} to ${shown(to.name)} without a \`moved\` block: the old one is destroyed and a new one made`;
      yield {
        what: shown(part.name),
        file: to.file,
        line: to.after.line,
        side: "after",
        why,
        before: part.name,
        after: to.name,
      };
    },
  },
  reports: [
    [
      "renames `aws_db_instance.main` to `aws_db_instance.orders` without a `moved` block: the old one is destroyed and a new one made",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it only reads what others made",
      changed(
        "main.tf",
        'module "remote_vpc" {\n  source = "cloudposse/stack-config/yaml//modules/remote-state"\n}\n',
        'module "vpc" {\n  source = "cloudposse/stack-config/yaml//modules/remote-state"\n}\n',
      ),
    ],
    [
      "a `moved` block moves its state",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\nmoved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.orders\n}\n',
      ),
    ],
  ],
};
