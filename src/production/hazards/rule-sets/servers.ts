import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import { sidesOf } from "../reading/sides.ts";
import { placesIn, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { KeepingLines, keyOf } from "./servers/keeping-lines.ts";
import { isOverruled } from "./servers/overruled.ts";
import { KEEPING, OPENING } from "./servers/settings.ts";

function* openings({ path, lines, before, after }: FileChange): Generator<Finding> {
  for (const { file, pattern, why } of OPENING) {
    if (!file.test(path)) continue;
    for (const { text, line } of lines.after)
      if (pattern.test(text) && !isOverruled(path, after, line))
        yield {
          what: shown(text),
          file: path,
          line,
          side: "after",
          why: `sets ${shown(text)} in ${shown(path)}: ${why}`,
          by: "diff",
        };
  }
  if (before === null) return;
  const opened = new Set(
    OPENING.filter(({ file }) => file.test(path)).flatMap(({ pattern }) =>
      lines.after.filter(({ text }) => pattern.test(text)).map(({ text }) => keyOf(text)),
    ),
  );
  for (const { file, pattern, why } of KEEPING) {
    if (!file.test(path)) continue;
    const came = new KeepingLines(lines.after.map(({ text }) => text).filter((text) => pattern.test(text)));
    for (const { text, line } of lines.before) {
      if (!pattern.test(text) || opened.has(keyOf(text)) || came.takePlaceOf(text)) continue;
      yield {
        what: shown(text),
        file: path,
        line,
        side: "before",
        why: `drops ${shown(text)} from ${shown(path)}: ${why}`,
        by: "diff",
      };
    }
  }
}

const SERVER_OPENED: Rule = {
  id: "servers/opened",
  kind: "widening",
  asks: "block",
  when: "settings of SSH, sudo, PostgreSQL, web servers, Redis and others let in whom they kept out",
  *file(file) {
    if (file.status !== "removed") yield* openings(file);
  },
  reports: [
    [
      "sets `PermitRootLogin yes` in `ssh/sshd_config`: root can sign in by SSH",
      changed(
        "ssh/sshd_config",
        "PermitRootLogin no\n",
        "PermitRootLogin no\nMatch Address 10.0.0.0/8\nPermitRootLogin yes\n",
      ),
    ],
    [
      "sets `host all all ::/0 md5` in `pg_hba.conf`: the database takes connections from everywhere",
      changed(
        "pg_hba.conf",
        "host all all 0.0.0.0/0 reject\n",
        "host all all 0.0.0.0/0 reject\nhost all all ::/0 md5\n",
      ),
    ],
    [
      "sets `PermitRootLogin yes` in `roles/ssh/files/sshd_config`: root can sign in by SSH",
      changed("roles/ssh/files/sshd_config", "PermitRootLogin no\n", "PermitRootLogin yes\n"),
    ],
    [
      "sets `app ALL=(ALL) NOPASSWD: ALL` in `files/sudoers.d/app`: it runs everything as root without a password",
      added("files/sudoers.d/app", "app ALL=(ALL) NOPASSWD: ALL\n"),
    ],
    [
      "drops `deny all;` from `nginx/admin.conf`: whoever asks is let in",
      changed("nginx/admin.conf", "location /admin {\n  deny all;\n}\n", "location /admin {\n}\n"),
    ],
    [
      "drops `deny all;` from `nginx/admin.conf`: whoever asks is let in",
      changed("nginx/admin.conf", "location /a {\n  deny all;\n}\n", "location /a {\n  deny 10.0.0.1;\n}\n"),
    ],
    [
      "drops `AllowUsers a` from `etc/ssh/sshd_config`: what it kept out gets in",
      changed("etc/ssh/sshd_config", "AllowUsers a\n", "AllowUsers a b\n"),
    ],
    [
      "drops `add_header X-Frame-Options DENY;` from `nginx/a.conf`: browsers no longer guard those who visit it",
      changed("nginx/a.conf", "add_header X-Frame-Options DENY;\n", "add_header X-Other DENY;\n"),
    ],
    [
      "sets `host all all 10.0.0.0/8 trust` in `pg_hba.conf`: the database lets in without a password, or takes it in the clear",
      changed("pg_hba.conf", "host all all 10.0.0.0/8 scram-sha-256\n", "host all all 10.0.0.0/8 trust\n"),
    ],
  ],
  ignores: [
    [
      "an earlier line decides",
      changed("ssh/sshd_config", "PermitRootLogin no\n", "PermitRootLogin no\nPermitRootLogin yes\n"),
    ],
    [
      "an earlier line refuses everybody",
      changed(
        "pg_hba.conf",
        "host all all 0.0.0.0/0 reject\n",
        "host all all 0.0.0.0/0 reject\nhost shop shop 0.0.0.0/0 scram-sha-256\n",
      ),
    ],
    ["fewer are let in", changed("etc/ssh/sshd_config", "AllowUsers a b\n", "AllowUsers a\n")],
    ["another text is asked with", changed("nginx/a.conf", "auth_basic 'a';\n", "auth_basic 'b';\n")],
    ["it is closed", changed("etc/ssh/sshd_config", "PermitRootLogin yes\n", "PermitRootLogin no\n")],
    [
      "one command without a password",
      added("sudoers.d/app", "app ALL=(ALL) NOPASSWD: /usr/bin/systemctl restart app\n"),
    ],
  ],
};

const NOWHERE = /^(?:null|none|devnull|dev-null|blackhole|black-hole|noop|silent)$/i;

const ALERTS_NOWHERE: Rule = {
  id: "watch/alerts-nowhere",
  kind: "destructive",
  asks: "block",
  when: "alerts of Alertmanager, Grafana or Prometheus go nowhere",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    const receivers = (tree: typeof before) =>
      [...placesIn(tree)]
        .filter(({ key }) => key === "receiver")
        .map(({ path, value, line }) => ({
          key: `${path.join(".")} ${textOf(value)}`,
          path: path.join("."),
          value,
          line,
        }));
    const [was, is] = [receivers(before), receivers(after)];
    const gone = gained(is, was).filter(({ value }) => !NOWHERE.test(textOf(value) || "null"));
    for (const { path, value, line } of gained(was, is)) {
      const old = gone.find((each) => each.path === path)?.value;
      if (!NOWHERE.test(textOf(value) || "null") || old === undefined) continue;
      const why = `sends alerts to ${shown(textOf(value) || "null")} and no longer to ${shown(textOf(old))}: nobody is called`;
      yield { what: "the receiver", file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "sends alerts to `null` and no longer to `oncall`: nobody is called",
      changed("monitoring/alertmanager.yml", "route:\n  receiver: oncall\n", 'route:\n  receiver: "null"\n'),
    ],
    [
      "sends alerts to `null` and no longer to `oncall`: nobody is called",
      changed(
        "alertmanager.yml",
        "route:\n  routes:\n    - receiver: oncall\n    - receiver: none\n",
        'route:\n  routes:\n    - receiver: "null"\n    - receiver: none\n',
      ),
    ],
  ],
  ignores: [
    [
      "somebody else",
      changed("alertmanager.yml", "route:\n  receiver: oncall\n", "route:\n  receiver: sre\n"),
    ],
  ],
};

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) =>
    isLive &&
    ([...OPENING, ...KEEPING].some(({ file }) => file.test(path)) ||
      /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/.test(
        path,
      )),
  rules: [SERVER_OPENED, ALERTS_NOWHERE],
};
