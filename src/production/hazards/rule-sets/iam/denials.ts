import { likelyFormer } from "../../reading/parts.ts";
import { denialsIn } from "../../reading/statements.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./each-statement.ts";
import { grantsOf, newGrants } from "./grants.ts";
import { json } from "./samples.ts";

const DENIES = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::a/*" };

export const DENIAL_DROPPED: Rule = {
  id: "iam/denial-dropped",
  kind: "widening",
  asks: "block",
  when: "a policy that stays no longer denies something",
  parts: {
    of: OF,
    *find(part, all) {
      const before = likelyFormer(part, all);
      if (part.after === undefined || before === undefined) return;
      const kept = denialsIn(part.after)
        .filter(({ isAllActionsBut }) => !isAllActionsBut)
        .flatMap(grantsOf);
      for (const denial of denialsIn(before)) {
        if (denial.isAllActionsBut) continue;
        const [lost] = newGrants(kept, grantsOf(denial));
        if (lost === undefined) continue;
        const why = `no longer denies ${shown(lost.action)} by ${shown(part.name)}`;
        yield { what: shown(part.name), file: part.file, line: denial.line, side: "before", why };
      }
    },
  },
  reports: [
    [
      "no longer denies `s3:DeleteObject` by `policy.json`",
      changed(
        "policy.json",
        JSON.stringify({ Statement: [DENIES, { Effect: "Allow", Action: "s3:GetObject", Resource: "a" }] }),
        json({ Action: "s3:GetObject", Resource: "a" }),
      ),
    ],
  ],
  ignores: [
    [
      "more is denied",
      changed("policy.json", json(DENIES), json({ ...DENIES, Action: ["s3:DeleteObject", "s3:PutObject"] })),
    ],
    ["all of it is denied", changed("policy.json", json(DENIES), json({ ...DENIES, Action: "s3:*" }))],
  ],
};
