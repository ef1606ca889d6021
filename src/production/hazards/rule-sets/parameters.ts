import type { Finding, HazardKind } from "../hazard.ts";
import type { ChangedPart } from "../reading/part.ts";
import { at, placesIn, type Tree, textOf } from "../reading/tree.ts";
import { changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

interface Parameter {
  readonly kind: HazardKind;
  readonly names: RegExp;
  readonly unsafe: RegExp;
  readonly why: string;
  /** A name with a safe and an unsafe value, to show what it is about and to test it. */
  readonly example: readonly [name: string, safe: string, unsafe: string];
}

const OFF = /^(?:0|off|false|no|disabled|none)$/i;
const ON = /^(?:1|on|true|yes|enabled)$/i;
const CLEAR = "what is sent to it can be read on the way";
const UNSEEN = "nobody sees what happens there any more";

/** Settings that are said as pairs of a name and a value: of databases, of their flags, of zones. */
const PARAMETERS: readonly Parameter[] = [
  {
    kind: "widening",
    names:
      /^(?:require_ssl|rds\.force_ssl|require_secure_transport|ssl|ssl_enforcement|tls|always_use_https)$/,
    unsafe: OFF,
    why: CLEAR,
    example: ["rds.force_ssl", "1", "0"],
  },
  {
    kind: "widening",
    names: /^(?:tls_version|min_tls_version|ssl_min_protocol_version)$/,
    unsafe: /^(?:TLSv?)?1(?:\.[01])?(?:,|$)/i,
    why: CLEAR,
    example: ["min_tls_version", "1.2", "1.0"],
  },
  {
    kind: "widening",
    names: /^(?:ssl)$/,
    unsafe: /^flexible$/i,
    why: CLEAR,
    example: ["ssl", "strict", "flexible"],
  },
  {
    kind: "widening",
    names:
      /^(?:waf|browser_check|email_obfuscation|cloudsql\.iam_authentication|cloudsql_iam_authentication|require_role)$/,
    unsafe: OFF,
    why: "requests that it stopped get through",
    example: ["waf", "on", "off"],
  },
  {
    kind: "widening",
    names: /^security_level$/,
    unsafe: /^(?:essentially_)?off$/i,
    why: "requests that it stopped get through",
    example: ["security_level", "high", "off"],
  },
  {
    kind: "widening",
    names:
      /^(?:local_infile|cross db ownership chaining|contained database authentication|external scripts enabled|remote access|log_bin_trust_function_creators|allow_system_table_mods|skip_show_database|xp_cmdshell|clr enabled)$/,
    unsafe: ON,
    why: "whoever signs in gets further",
    example: ["local_infile", "off", "on"],
  },
  {
    kind: "destructive",
    names:
      /^(?:log_connections|log_disconnections|log_checkpoints|pgaudit\.log|cloudsql\.enable_pgaudit|cloudsql_mysql_audit|audit_log_enabled|server_audit_logging|general_log|slow_query_log|enable_user_activity_logging|audit_logs|profiler)$/,
    unsafe: OFF,
    why: UNSEEN,
    example: ["enable_user_activity_logging", "true", "false"],
  },
  {
    kind: "destructive",
    names:
      /^(?:fsync|full_page_writes|innodb_doublewrite|innodb_flush_log_at_trx_commit|sync_binlog|appendonly)$/,
    unsafe: OFF,
    why: "what was just written can be lost",
    example: ["fsync", "on", "off"],
  },
];

const NAMES = ["name", "setting_id", "parameter_name", "key"];
const VALUES = ["value", "parameter_value"];

/** Every pair of a name and a value in a tree, by the name. */
function pairsIn(tree: Tree): ReadonlyMap<string, { readonly value: string; readonly line: number }> {
  const found = new Map<string, { value: string; line: number }>();
  const look = (within: Tree) => {
    const name = NAMES.map((key) => textOf(at(within, key))).find((text) => text !== "");
    const value = VALUES.map((key) => at(within, key)).find((each) => each !== undefined);
    if (name !== undefined && value !== undefined)
      found.set(name, { value: textOf(value), line: value.line });
  };
  look(tree);
  for (const { within } of placesIn(tree)) look(within);
  return found;
}

const HOLDS = /parameter|configuration|_setting|database_instance|sql|memorystore|redis/i;

function* weakened({ type, name, file, before, after }: ChangedPart, kind: HazardKind): Generator<Finding> {
  if (before === undefined || after === undefined || !HOLDS.test(type)) return;
  const had = pairsIn(before);
  for (const [key, { value, line }] of pairsIn(after)) {
    const known = PARAMETERS.find(
      (each) => each.kind === kind && each.names.test(key) && each.unsafe.test(value),
    );
    const was = had.get(key);
    if (known === undefined || was === undefined || known.unsafe.test(was.value)) continue;
    const why = `sets ${shown(key)} of ${shown(name)} to ${shown(value)}: ${known.why}`;
    yield { what: shown(name), file, line, side: "after", why };
  }
}

const parameter = (name: string, value: string) =>
  `resource "aws_db_parameter_group" "a" {\n  parameter {\n    name = "${name}"\n    value = "${value}"\n  }\n}\n`;

const reported = (kind: HazardKind): readonly Example[] =>
  PARAMETERS.filter((each) => each.kind === kind).map(({ why, example: [name, safe, unsafe] }) => [
    `sets \`${name}\` of \`aws_db_parameter_group.a\` to \`${unsafe}\`: ${why}`,
    changed("db.tf", parameter(name, safe), parameter(name, unsafe)),
  ]);

const safer: Example = [
  "it becomes safe",
  changed("db.tf", parameter("fsync", "off"), parameter("fsync", "on")),
];
const others: Example = [
  "another parameter",
  changed("db.tf", parameter("work_mem", "1"), parameter("work_mem", "0")),
];

const rule = (kind: HazardKind, id: string, when: string): Rule => ({
  id,
  kind,
  asks: "block",
  when,
  parts: { of: ["terraform"], find: (part) => weakened(part, kind) },
  reports: reported(kind),
  ignores: [safer, others],
});

export const PARAMETERS_SET: RuleSet = {
  name: "parameters",
  title: "Parameters of databases and zones, by their names",
  reads: ({ path, isLive }) => isLive && /\.(?:tf|tofu)$/.test(path),
  rules: [
    rule(
      "widening",
      "parameters/weakened",
      "a parameter of a database or a zone that kept something out is switched off",
    ),
    rule(
      "destructive",
      "parameters/at-risk",
      "a parameter that records what happens, or keeps what is written, is switched off",
    ),
  ],
};
