import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import { sidesOf } from "../reading/sides.ts";
import { placesIn, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { KeepingLines, keyOf } from "./servers/keeping-lines.ts";

const SSHD =
  /(?:^|\/)sshd_config(?:\.[\w.]+)?$|(?:^|\/)sshd_config\.d\/|(?:^|\/)ssh(?:d)?[^/]*\.conf(?:\.j2)?$/;
const SUDOERS = /(?:^|\/)sudoers(?:[._-][\w.]+)?$|(?:^|\/)sudoers\.d\//;
const PG_HBA = /(?:^|\/)pg_hba[^/]*\.conf(?:\.\w+)?$/;
const WEB =
  /(?:^|\/)(?:nginx|apache2?|httpd|sites-(?:available|enabled)|conf\.d)\/|(?:nginx|httpd|apache)[^/]*\.conf|\.htaccess$|(?:^|\/)Caddyfile$/;

interface Setting {
  readonly file: RegExp;
  readonly pattern: RegExp;
  readonly why: string;
}

/** Lines by which a server lets in, one for each setting. */
const OPENING: readonly Setting[] = [
  { file: SSHD, pattern: /^\s*PermitRootLogin\s+yes\b/i, why: "root can sign in by SSH" },
  { file: SSHD, pattern: /^\s*PasswordAuthentication\s+yes\b/i, why: "a password opens the machine" },
  {
    file: SSHD,
    pattern: /^\s*PermitEmptyPasswords\s+yes\b/i,
    why: "accounts without a password open the machine",
  },
  {
    file: SSHD,
    pattern: /^\s*(?:StrictModes|PubkeyAuthentication|UsePAM)\s+no\b/i,
    why: "a check of those who sign in is off",
  },
  {
    file: SSHD,
    pattern: /^\s*(?:PermitUserEnvironment|HostbasedAuthentication|GatewayPorts)\s+yes\b/i,
    why: "whoever signs in gets further",
  },
  {
    file: SUDOERS,
    pattern: /^[^#]*\bNOPASSWD\s*:\s*ALL\b/,
    why: "it runs everything as root without a password",
  },
  {
    file: SUDOERS,
    pattern: /^\s*Defaults\b.*!(?:authenticate|requiretty)\b/,
    why: "nobody is asked for a password",
  },
  {
    file: PG_HBA,
    pattern: /^\s*(?:host\w*\s+\S+\s+\S+\s+\S+(?:\s+[\d.]+)?|local\s+\S+\s+\S+)\s+(?:trust|password)(?:\s|$)/,
    why: "the database lets in without a password, or takes it in the clear",
  },
  {
    file: PG_HBA,
    pattern: /^\s*host\w*\s+\S+\s+\S+\s+(?:0\.0\.0\.0\/0|::\/0|all)\s/,
    why: "the database takes connections from everywhere",
  },
  {
    file: WEB,
    pattern: /^\s*(?:autoindex\s+on|Options\s+.*(?<!-)Indexes)\b/i,
    why: "folders are listed to whoever asks",
  },
  {
    file: WEB,
    pattern: /^\s*ssl_protocols\s+.*\b(?:SSLv[23]|TLSv1(?:\.[01])?)(?:\s|;)/i,
    why: "old versions of TLS are taken",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:auth_basic\s+off|satisfy\s+any|Require\s+all\s+granted|Allow\s+from\s+all|proxy_ssl_verify\s+off)\b/i,
    why: "whoever asks is let in",
  },
  {
    file: /(?:^|\/)(?:redis|valkey)[^/]*\.conf$/,
    pattern: /^\s*(?:protected-mode\s+no|bind\s+(?:\*|0\.0\.0\.0))/,
    why: "the store takes connections from everywhere",
  },
  {
    file: /(?:^|\/)postgresql[^/]*\.conf$/,
    pattern: /^\s*(?:listen_addresses\s*=\s*'\*'|ssl\s*=\s*off|password_encryption\s*=\s*'?md5)/,
    why: "the database takes weaker connections",
  },
  {
    file: /(?:^|\/)(?:my|mysqld?)[^/]*\.cnf$/,
    pattern: /^\s*(?:skip-grant-tables|bind-address\s*=\s*(?:\*|0\.0\.0\.0))/,
    why: "the database takes connections that it did not",
  },
  {
    file: /(?:^|\/)mongod?[^/]*\.(?:conf|ya?ml)$/,
    pattern: /^\s*(?:bindIp(?:All)?:\s*(?:0\.0\.0\.0|true)|authorization:\s*disabled)/,
    why: "the database takes connections that it did not",
  },
  {
    file: /(?:^|\/)daemon\.json$/,
    pattern: /tcp:\/\/0\.0\.0\.0|"tlsverify"\s*:\s*false/,
    why: "whoever reaches it is root on the machine",
  },
  {
    file: /(?:^|\/)smb[^/]*\.conf$/,
    pattern: /^\s*(?:guest ok|public)\s*=\s*yes/,
    why: "the share lets in without a password",
  },
  {
    file: /(?:^|\/)elasticsearch\.ya?ml$|(?:^|\/)opensearch\.ya?ml$/,
    pattern: /^\s*xpack\.security\.enabled:\s*false|plugins\.security\.disabled:\s*true/,
    why: "whoever reaches it reads it",
  },
];

/** Lines that kept something out, and are gone. */
const KEEPING: readonly Setting[] = [
  {
    file: SSHD,
    pattern:
      /^\s*(?:PermitRootLogin\s+(?:no|prohibit-password)|PasswordAuthentication\s+no|AllowUsers\s+\S|AllowGroups\s+\S|DenyUsers\s+\S|MaxAuthTries\s+\d)/i,
    why: "what it kept out gets in",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:deny\s+(?:all|\S+)|Deny\s+from\s+\S+|Require\s+(?!all\s+granted)\S+|auth_basic\s+(?!off)\S|auth_request\s+\S|satisfy\s+all|ssl_verify_client\s+on|limit_req\s|modsecurity\s+on|proxy_ssl_verify\s+on)/i,
    why: "whoever asks is let in",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:add_header\s+(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options)|Header\s+(?:always\s+)?set\s+(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options))\b/i,
    why: "browsers no longer guard those who visit it",
  },
  { file: PG_HBA, pattern: /^\s*host\w*\s+.*\breject\b/, why: "the database lets in whom it refused" },
];

function* openings({ path, lines, before }: FileChange): Generator<Finding> {
  for (const { file, pattern, why } of OPENING) {
    if (!file.test(path)) continue;
    for (const { text, line } of lines.after)
      if (pattern.test(text))
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

const SCHEMA_MADE_AGAIN: LinePattern = {
  side: "after",
  pattern:
    /\b(?:ddl-auto|hbm2ddl\.auto)["']?\s*[:=]\s*["']?(create(?:-drop|-only)?|drop)\b|\b(?:synchronize|dropSchema)["']?\s*:\s*(true)\b|\bsync\(\s*\{\s*force\s*:\s*(true)|\bflyway\.clean(?:-on-validation-error|OnValidationError)["']?\s*[:=]\s*(true)|\bclean-disabled["']?\s*[:=]\s*(false)|\bspring\.sql\.init\.mode\s*=\s*(always)/,
  why: ([setting = ""]) =>
    `sets ${shown(setting)}: the tables are dropped or changed to fit the code when it starts`,
};

const SCHEMA_DROPPED: Rule = {
  id: "migrations/schema-made-again",
  kind: "destructive",
  asks: "block",
  when: "a framework drops or changes the tables by itself when it starts",
  lines: [SCHEMA_MADE_AGAIN],
  reports: [
    [
      "sets `ddl-auto=create-drop`: the tables are dropped or changed to fit the code when it starts",
      changed(
        "src/main/resources/application.properties",
        "spring.jpa.hibernate.ddl-auto=validate\n",
        "spring.jpa.hibernate.ddl-auto=create-drop\n",
      ),
    ],
  ],
  ignores: [["it only checks", added("application.properties", "spring.jpa.hibernate.ddl-auto=validate\n")]],
};

const MODEL = /^\s*model\s+(\w+)\s*\{/;
/** The models that a schema of Prisma declares, with their lines. */
function modelsIn(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").map((line, index) => [MODEL.exec(line)?.[1], index + 1] as const);
  return new Map(lines.flatMap(([name, line]) => (name === undefined ? [] : [[name, line] as const])));
}

const DECLARED_GONE: Rule = {
  id: "migrations/declared-removed",
  kind: "destructive",
  asks: "block",
  when: "a model leaves a declared schema (Prisma), which the next migration drops",
  *file({ path, before, after }): Generator<Finding> {
    if (!path.endsWith(".prisma") || typeof before !== "string" || typeof after !== "string") return;
    const now = modelsIn(after);
    for (const [name, line] of modelsIn(before)) {
      if (now.has(name)) continue;
      const why = `takes ${shown(name)} out of the schema: the next migration drops it with its data`;
      yield { what: shown(name), file: path, line, side: "before", why };
    }
  },
  reports: [
    [
      "takes `Order` out of the schema: the next migration drops it with its data",
      changed(
        "prisma/schema.prisma",
        "model User {\n  id Int @id\n}\nmodel Order {\n  id Int @id\n}\n",
        "model User {\n  id Int @id\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "a model comes",
      changed(
        "schema.prisma",
        "model A {\n  id Int @id\n}\n",
        "model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n",
      ),
    ],
  ],
};

export const SERVERS: RuleSet = {
  name: "servers",
  title: "Settings of servers",
  reads: ({ path, isLive }) =>
    isLive &&
    (OPENING.some(({ file }) => file.test(path)) ||
      /(?:^|\/)alertmanager[^/]*\.ya?ml$|(?:^|\/)(?:alerting|contact-?points|notification-policies)[^/]*\.ya?ml$/.test(
        path,
      )),
  rules: [SERVER_OPENED, ALERTS_NOWHERE],
};

export const SCHEMAS: RuleSet = {
  name: "schemas",
  title: "Declared schemas",
  reads: ({ path, isLive }) => isLive && /\.(?:prisma|properties|ya?ml|[cm]?[jt]s|json|java|kt)$/.test(path),
  rules: [SCHEMA_DROPPED, DECLARED_GONE],
};
