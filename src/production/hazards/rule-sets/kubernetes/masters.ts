import { added, type Rule } from "../../rule.ts";

export const MASTERS_MAPPED: Rule = {
  id: "kubernetes/masters-mapped",
  kind: "widening",
  asks: "block",
  when: "an identity of the cloud, or somebody else, is put into `system:masters`, which may do everything",
  lines: [
    {
      side: "after",
      pattern: /(?:^|[\s[("',-])system:masters(?:$|[\s\])"',])/,
      what: () => "`system:masters`",
      why: () => "puts somebody into `system:masters`, which may do everything in the cluster",
    },
  ],
  reports: [
    [
      "puts somebody into `system:masters`, which may do everything in the cluster",
      added("k8s/aws-auth.yaml", "data:\n  mapRoles: |\n    - rolearn: a\n      groups: [system:masters]\n"),
    ],
  ],
  ignores: [
    ["another group", added("k8s/aws-auth.yaml", "data:\n  mapRoles: |\n    - groups: [system:nodes]\n")],
  ],
};
