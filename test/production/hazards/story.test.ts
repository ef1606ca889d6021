import { expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { PRODUCTION_FILES, SHOP_FILES } from "../../story/story-files.ts";

test("the origin story: an agent deletes the production environment to rebuild it", () => {
  const files = PRODUCTION_FILES.map((path) => ({
    path,
    status: "removed" as const,
    before: SHOP_FILES[path] ?? "",
    after: null,
  }));

  expect(findHazards(files).map(({ id, file, line, why }) => `${file}:${line} ${id}: ${why}`)).toEqual([
    "infra/production/database.tf:1 terraform/resource-removed: removes `aws_db_instance.orders`: the database and its data are destroyed on apply",
    "infra/production/dns.tf:1 terraform/resource-removed: removes `aws_route53_record.shop`: it is destroyed on apply, and the name stops resolving",
    "infra/production/main.tf:12 terraform/module-removed: removes `module.cluster`: everything in the module is destroyed on apply",
    "infra/production/network.tf:1 terraform/resource-removed: removes `aws_vpc.shop`: it is destroyed on apply, and what is reached through it is cut off",
    "infra/production/network.tf:5 terraform/resource-removed: removes `aws_lb.front`: it is destroyed on apply, and what is reached through it is cut off",
  ]);
});
