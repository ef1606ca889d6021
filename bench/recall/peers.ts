import { basename, dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { Fixture } from "./fixture.ts";
import { documentsOf, filesBelow, textOf } from "./read.ts";
import { familyOf } from "./scope.ts";

type Reader = (folder: string) => readonly Fixture[];

const TF = "infra/prod/main.tf";
const STACK = "infra/prod/stack.yaml";
const K8S = "deploy/prod/app.yaml";

/** Examples stand in the metadata of each check, good and bad. */
const trivy: Reader = (folder) =>
  filesBelow(join(folder, "checks/cloud"), /\.yaml$/).flatMap((file) => {
    const rule = file.slice(folder.length + "/checks/cloud/".length, -".yaml".length);
    const family = familyOf(rule);
    const meta = asRecord(parse(textOf(file)));
    if (family === null) return [];
    return [["terraform", TF] as const, ["cloudformation", STACK] as const].flatMap(([key, path]) => {
      const { good, bad } = asRecord(asRecord(meta)[key]);
      const [counterpart] = strings(good);
      return strings(bad).map((text) => ({
        peer: "trivy",
        family,
        rule: `${rule} (${key})`,
        path,
        text,
        ...(counterpart === undefined ? {} : { good: counterpart }),
      }));
    });
  });

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** The resources that a test of checkov expects to fail, beside the files of its example. */
const checkov: Reader = (folder) =>
  ["terraform", "cloudformation"].flatMap((tool) =>
    filesBelow(
      join(folder, `tests/${tool}/checks/resource`),
      /^(?:aws|azure|gcp|github|gitlab|digitalocean)\/test_[^/]+\.py$/,
    ).flatMap((file) => {
      const rule = basename(file).slice("test_".length, -".py".length);
      const family = familyOf(rule);
      const text = textOf(file);
      const example = /["'/]*(example_\w+)["']/.exec(text)?.[1] ?? `example_${rule}`;
      const failing = /failing_resources\s*=\s*[{[(]([^}\])]*)/.exec(text)?.[1] ?? "";
      const names = [...failing.matchAll(/["']([^"']+)["']/g)].map(([, name = ""]) => name);
      if (family === null) return [];
      const sources = filesBelow(
        join(dirname(file), example),
        tool === "terraform" ? /\.tf$/ : /\.(?:ya?ml|json)$/,
      );
      return names.flatMap((name) => {
        const resource = tool === "terraform" ? name : (name.split(".").at(-1) ?? name);
        const source = sources.find((each) => declares(textOf(each), resource));
        if (source === undefined) return [];
        const path = tool === "terraform" ? TF : source.endsWith(".json") ? "infra/prod/stack.json" : STACK;
        return [
          {
            peer: `checkov ${tool}`,
            family,
            rule,
            path,
            text: textOf(source),
            resource: resource.replace(/\[.*/, ""),
          },
        ];
      });
    }),
  );

function declares(text: string, resource: string): boolean {
  const [type = "", name = ""] = resource.replace(/\[.*/, "").split(".");
  if (name !== "") return new RegExp(`"?${type}"?\\s+"?${name}"?\\s*\\{`).test(text);
  return new RegExp(`^\\s*"?${type}"?\\s*:`, "m").test(text);
}

const CLUSTER = /Role|Rbac|RBAC|Impersonat|ServiceAccount|Binding/;

const checkovCluster: Reader = (folder) =>
  filesBelow(
    join(folder, "tests/kubernetes/checks"),
    /example_(?:AllowPrivilegeEscalation|AllowedCapabilities|AllowedCapabilitiesSysAdmin|PrivilegedContainers|ShareHost\w*|HostPort|RootContainers|DockerSocketVolume|RunAsNonRoot|Rbac\w+|WildcardRoles|NoDefaultServiceAccount)\/.*FAILED.*\.ya?ml$/,
  ).map((file) => {
    const rule = basename(dirname(file)).slice("example_".length);
    return {
      peer: "checkov kubernetes",
      family: CLUSTER.test(rule) ? "RBAC" : "pods",
      rule,
      path: K8S,
      text: textOf(file),
    };
  });

const IN_SCOPE_CLUSTER =
  /privileg|capabilit|host-|hostpath|host_|proc-mount|run-as|runasnonroot|docker-?sock|rbac|role|cluster-?admin|bind|secret-role|wildcard|escalat|anonymous|access-to|sysctl|users|endpoint|nodes-?proxy|unsafe/i;
const OF_RBAC =
  /rbac|role|admin|bind|wildcard-(?:verbs|resources)|escalation-verbs|anonymous|access-to|endpoint|nodes-?proxy/i;

const kyverno: Reader = (folder) =>
  filesBelow(folder, /\.kyverno-test\/kyverno-test\.yaml$/).flatMap((file) => {
    const rule = basename(dirname(dirname(file)));
    if (!IN_SCOPE_CLUSTER.test(rule) || /-(?:cel|vpol|gpol|mpol)\//.test(file)) return [];
    const test = asRecord(parse(textOf(file)));
    const failing = new Set(
      records(test.results)
        .filter((each) => each.result === "fail")
        .flatMap((each) => [...strings(each.resources), ...strings([each.resource])])
        .map((name) => name.split("/").at(-1) ?? name),
    );
    const documents = strings(test.resources).flatMap((each) =>
      filesBelow(
        join(dirname(file), dirname(each)),
        new RegExp(`^${basename(each).replaceAll(".", "\\.")}$`),
      ).flatMap((path) => documentsOf(textOf(path))),
    );
    return documents
      .filter((text) => failing.has(nameIn(text)))
      .map((text) => ({
        peer: "kyverno",
        family: OF_RBAC.test(rule) ? "RBAC" : "pods",
        rule,
        path: K8S,
        text,
      }));
  });

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function nameIn(text: string): string {
  const [document] = parseAllDocuments(text);
  return document === undefined || !("toJS" in document)
    ? ""
    : String(asRecord(asRecord(document.toJS()).metadata).name ?? "");
}

const gatekeeper: Reader = (folder) =>
  filesBelow(join(folder, "library"), /samples\/.*(?:disallowed|bad)[^/]*\.ya?ml$/)
    .map((file) => ({ file, rule: /library\/\w[\w-]*\/([\w-]+)\//.exec(file)?.[1] ?? "" }))
    .filter(
      ({ rule }) =>
        /privileg|capabilit|host|proc|allow-privilege|users|flexvolume|anonymous|cluster-?admin|endpoint|externalip|nodeport|loadbalancer/.test(
          rule,
        ) && !/seccomp|selinux|apparmor|fsgroup|read-only/.test(rule),
    )
    .map(({ file, rule }) => ({
      peer: "gatekeeper",
      family: /anonymous|endpoint/.test(rule)
        ? "RBAC"
        : /externalip|nodeport|loadbalancer/.test(rule)
          ? "networks"
          : "pods",
      rule,
      path: K8S,
      text: textOf(file),
    }));

const kubeLinter: Reader = (folder) =>
  filesBelow(join(folder, "tests/checks"), /\.ya?ml$/)
    .map((file) => ({ file, rule: basename(file).replace(/\.ya?ml$/, "") }))
    .filter(({ rule }) => IN_SCOPE_CLUSTER.test(rule) && !/read-?only|read-secret/.test(rule))
    .flatMap(({ file, rule }) =>
      documentsOf(textOf(file))
        .filter(
          (text) =>
            !/dont-fire|dont_fire/.test(text) &&
            /name:\s*\S*fire|name:\s*app\b|kind:\s*(?:Cluster)?Role\b/.test(text),
        )
        .map((text) => ({
          peer: "kube-linter",
          family: OF_RBAC.test(rule) ? "RBAC" : "pods",
          rule,
          path: K8S,
          text,
        })),
    );

/** The folders of Semgrep's rules that are about what changes destroy or let in. */
const SEMGREP: readonly (readonly [folder: RegExp, family: string | null])[] = [
  [/allows-public-ingress|allows-all-ports/, null],
  [/terraform\/.*(?:logging|cmk|rotation|backup-vault|imported)|detected-aws-appsync/, null],
  [
    /detected-(?:aws-account-id|generic|bcrypt|etc-shadow|username|sauce|codeclimate|snyk|softlayer|heroku|hockeyapp|facebook-access|outlook|onfido|kolide|google-oauth|google-cloud|artifactory-(?:token|password)|picatic|npm-registry|sonarqube|ssh-password|aws-session|facebook-oauth)|sslcertificatetrust/,
    null,
  ],
  [/generic\/secrets\/.*detected-/, "secrets"],
  [/terraform\//, "terraform"],
  [/yaml\/docker-compose\/.*(?:privileged|docker-socket)/, "compose"],
  [
    /yaml\/kubernetes\/.*(?:privileged|hostipc|hostnetwork|hostpid|docker-socket|allow-privilege|run-as-non-root|skip-tls)/,
    "pods",
  ],
  [/yaml\/kubernetes\/.*(?:legacy-api-clusterrole|rbac)/, "RBAC"],
  [/yaml\/github-actions\//, "workflows"],
  [/bash\/curl\//, "scripts"],
  [/dockerfile\/security\/last-user-is-root/, "images"],
  [
    /(?:bypass-tls|disabled-cert|ssl-verifypeer|unverified-ssl|no-verify|insecure-(?:hostname|trust)|host-key|sslcertificatetrust|disable-tls|tls-with-insecure|ssl-mode)/,
    "TLS checks in code",
  ],
  [/(?:cors)(?!.*sri)/, "any origin"],
  [
    /(?:csrf-(?:exempt|disabled)|wtf-csrf|jwt-(?:parse-unverified|none-alg|decode-without-verify|simple-noverify)|unverified-jwt|missing-or-broken-authorization)/,
    "auth skipped",
  ],
];

const EXTENSIONS: Readonly<Record<string, string>> = {
  secrets: "config/production.env",
  compose: "deploy/docker-compose.yml",
  pods: K8S,
  RBAC: K8S,
  workflows: ".github/workflows/release.yml",
  scripts: "scripts/setup.sh",
  images: "Dockerfile",
};

const semgrep: Reader = (folder) =>
  filesBelow(folder, /\.(?:tf|ya?ml|sh|py|js|ts|go|java|php|rb|cs|kt|dockerfile|txt|json|env)$/).flatMap(
    (file) => {
      if (/\.fixed\.\w+$/.test(file)) return [];
      if (/\.test\.ya?ml$/.test(file) === false && /\.ya?ml$/.test(file) && /^rules:/m.test(textOf(file)))
        return [];
      const family = SEMGREP.find(([pattern]) => pattern.test(file))?.[1] ?? null;
      if (family === null) return [];
      const lines = textOf(file).split("\n");
      const marks = lines.flatMap((line, index) =>
        /(?:ruleid|ok|todoruleid|todook)\s*:/.test(line) ? [index] : [],
      );
      return marks.flatMap((index, place) => {
        const rule = /(?<!todo)ruleid\s*:\s*([\w-]+)/.exec(lines[index] ?? "")?.[1];
        if (rule === undefined) return [];
        const own = family === "terraform" ? familyOf(rule) : family;
        if (own === null) return [];
        const next = marks.slice(place + 1).find((each) => each > index + 1) ?? lines.length;
        const path =
          family === "terraform" ? TF : (EXTENSIONS[own] ?? `src/${basename(file).replace(/[._-]test/, "")}`);
        return [
          {
            peer: "semgrep",
            family: own,
            rule,
            path,
            text: lines.join("\n"),
            lines: [index + 1, next] as const,
          },
        ];
      });
    },
  );

const NAG_SCOPE =
  /Wildcard|NotAction|NotPrincipal|NotResource|Principal|Admin|PassRole|Public|OpenToWorld|AllPorts|Encrypt|Password|Ingress|Privilege|Secret/;

const cfnNag: Reader = (folder) =>
  filesBelow(join(folder, "spec/custom_rules"), /_spec\.rb$/).flatMap((file) => {
    const rule = basename(file).replace("_spec.rb", "");
    const family = NAG_SCOPE.test(rule) && !/Egress|KmsKeyId|Rotation/.test(rule) ? familyOf(rule) : null;
    if (family === null) return [];
    return textOf(file)
      .split(/^\s*it\s/m)
      .flatMap((test) => {
        const template = /read_test_template\(?\s*["']([^"']+)["']/.exec(test)?.[1];
        const expected = /expected_logical_resource_ids\s*=\s*%w\[([^\]]*)\]/.exec(test)?.[1]?.trim() ?? "";
        const [source] =
          template === undefined
            ? []
            : filesBelow(
                join(folder, "spec/test_templates", dirname(template)),
                new RegExp(`^${basename(template).replaceAll(".", "\\.")}$`),
              );
        if (template === undefined || expected === "" || source === undefined) return [];
        const path = template.endsWith(".json") ? "infra/prod/stack.json" : STACK;
        return [{ peer: "cfn_nag", family, rule, path, text: textOf(source) }];
      });
  });

const squawk: Reader = (folder) =>
  filesBelow(
    join(folder, "crates/squawk_linter/src/rules"),
    /^(?:ban_drop_(?:column|table|database)|ban_truncate_cascade|changing_column_type|renaming_(?:column|table)|require_concurrent_partition_detach)\.rs$/,
  ).flatMap((file) =>
    textOf(file)
      .split(/#\[test\]/)
      .slice(1)
      .flatMap((test) => {
        const sql = /r#"([\s\S]*?)"#/.exec(test)?.[1];
        if (sql === undefined || !/lint_errors/.test(test)) return [];
        return [
          { peer: "squawk", family: "SQL", rule: basename(file), path: "db/migrations/V9__a.sql", text: sql },
        ];
      }),
  );

const strongMigrations: Reader = (folder) => {
  const unsafe = new Set(
    filesBelow(join(folder, "test"), /^(?:change_column|misc|remove_column)_test\.rb$/).flatMap((file) =>
      [...textOf(file).matchAll(/assert_unsafe (\w+)/g)].map(([, name = ""]) => name),
    ),
  );
  return filesBelow(join(folder, "test/migrations"), /^(?:change_column|misc|remove_column)\.rb$/).flatMap(
    (file) =>
      textOf(file)
        .split(/^(?=class )/m)
        .filter(
          (text) =>
            unsafe.has(/^class (\w+)/.exec(text)?.[1] ?? "") &&
            /remove_column|change_column\b|rename_|force:|drop_table|execute/.test(text),
        )
        .map((text) => ({
          peer: "strong_migrations",
          family: "migrations",
          rule: /^class (\w+)/.exec(text)?.[1] ?? "",
          path: "db/migrate/20260101000000_x.rb",
          text,
        })),
  );
};

const ZIZMOR =
  /^(?:dangerous-triggers|excessive-permissions|self-hosted|template-injection|unpinned-uses|secrets-inherit)/;

const zizmor: Reader = (folder) =>
  filesBelow(join(folder, "crates/zizmor/tests/integration/test-data"), /\.ya?ml$/)
    .map((file) => ({ file, rule: file.slice(file.indexOf("/test-data/") + "/test-data/".length) }))
    .filter(
      ({ rule, file }) =>
        ZIZMOR.test(rule) &&
        !/false-positive|static|read-all|empty-perms|explicit|dependabot|action\.ya?ml/.test(rule) &&
        /^\s*jobs:/m.test(textOf(file)),
    )
    .map(({ file, rule }) => ({
      peer: "zizmor",
      family: "workflows",
      rule,
      path: ".github/workflows/release.yml",
      text: textOf(file),
    }));

/** What manuals print as an example is no secret here, and on purpose. */
export function isExcluded({ family, text, lines }: Fixture): boolean {
  const own =
    lines === undefined
      ? text
      : text
          .split("\n")
          .slice(lines[0] - 1, lines[1])
          .join("\n");
  return family === "secrets" && /EXAMPLE|example[-_]?key|1234567890|abcdef|xxxx/i.test(own);
}

/** The scanners whose fixtures are judged, by the names of their folders. */
export const PEERS: Readonly<Record<string, Reader>> = {
  "trivy-checks": trivy,
  checkov: (folder) => [...checkov(folder), ...checkovCluster(folder)],
  policies: kyverno,
  "gatekeeper-library": gatekeeper,
  "kube-linter": kubeLinter,
  "semgrep-rules": semgrep,
  cfn_nag: cfnNag,
  squawk,
  strong_migrations: strongMigrations,
  zizmor,
};
