import type { Finding } from "../hazard.ts";
import { sidesOf } from "../reading/sides.ts";
import { at, entriesOf, isTrue, oneOrMore, type Tree, textOf } from "../reading/tree.ts";
import { changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

/** One way in to a function, and whether somebody is asked there. */
interface Way {
  readonly line: number;
  readonly isGuarded: boolean;
}

const KINDS = ["http", "httpApi", "websocket", "alb"];
const isNobody = (tree: Tree | undefined) => tree === undefined || /^(?:none|false|)$/i.test(textOf(tree));
const asks = (tree: Tree | undefined) => tree?.kind === "map" || tree?.kind === "list" || !isNobody(tree);

/** By function, kind, method and path, as the framework's reference for AWS lists them. */
function waysIn(tree: Tree | undefined): ReadonlyMap<string, Way> {
  const found = new Map<string, Way>();
  const provider = at(tree, "provider", "httpApi", "authorizer");
  for (const { key: name, value } of entriesOf(at(tree, "functions"))) {
    const url = at(value, "url");
    if (url !== undefined && !/^false$/i.test(textOf(url)))
      found.set(`${name} url`, { line: url.line, isGuarded: asks(at(url, "authorizer")) });
    for (const event of oneOrMore(at(value, "events")))
      for (const kind of KINDS) {
        const way = at(event, kind);
        if (way === undefined) continue;
        const place =
          way.kind === "map" ? `${textOf(at(way, "method"))} ${textOf(at(way, "path"))}` : textOf(way);
        const isGuarded =
          asks(at(way, "authorizer")) ||
          isTrue(at(way, "private")) ||
          (kind === "httpApi" && provider !== undefined);
        found.set(`${name} ${kind} ${place.trim().toLowerCase()}`, { line: way.line, isGuarded });
      }
  }
  return found;
}

const service = (lines: string) =>
  `service: shop\nfunctions:\n  orders:\n    handler: a.b\n    events:\n      - http:\n          path: orders\n          method: get\n${lines}`;

const AUTHORIZER_DROPPED: Rule = {
  id: "access/authorizer-dropped",
  kind: "widening",
  asks: "block",
  when: "a function of the Serverless Framework that asked who calls it asks nobody any more",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    const was = waysIn(before);
    for (const [way, { line, isGuarded }] of waysIn(after)) {
      if (isGuarded || was.get(way)?.isGuarded !== true) continue;
      const why = `lets anyone call ${shown(way)}: it asks nobody to sign in any more`;
      yield { what: shown(way), file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "lets anyone call `orders http get orders`: it asks nobody to sign in any more",
      changed("serverless.yml", service("          authorizer: aws_iam\n"), service("")),
    ],
    [
      "lets anyone call `orders http get orders`: it asks nobody to sign in any more",
      changed("serverless.yml", service("          private: true\n"), service("          private: false\n")),
    ],
  ],
  ignores: [
    [
      "another authorizer",
      changed(
        "serverless.yml",
        service("          authorizer: aws_iam\n"),
        service("          authorizer: {name: jwt}\n"),
      ),
    ],
    ["it never asked", changed("serverless.yml", service(""), service("          cors: true\n"))],
  ],
};

export const SERVERLESS: RuleSet = {
  name: "serverless",
  title: "Serverless Framework",
  reads: ({ path, isLive }) => isLive && /(?:^|\/)serverless(?:\.[\w-]+)?\.ya?ml$/.test(path),
  rules: [AUTHORIZER_DROPPED],
};
