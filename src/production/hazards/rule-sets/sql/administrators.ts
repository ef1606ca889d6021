import type { Example, Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { migration, statementRule } from "./statement-rule.ts";

/** Roles of SQL Server, Oracle, PostgreSQL, MySQL, Snowflake and their clouds that may do everything, or read it all. */
const ROLES =
  "sysadmin|securityadmin|serveradmin|db_owner|db_securityadmin|db_accessadmin|dba|sysdba|imp_full_database|exp_full_database|pg_(?:read_all_data|write_all_data|execute_server_program|read_server_files|write_server_files|monitor)|rds_superuser|cloudsqlsuperuser|azure_pg_admin|accountadmin|orgadmin|admin|root";

const says = (found: RegExpExecArray) => `gives a role more rights: ${shown(found[0])}`;

export const ADMINISTRATOR = statementRule({
  id: "sql/administrator",
  kind: "widening",
  asks: "block",
  when: "somebody becomes an administrator of the database, or may do something to every table of it",
  pattern: new RegExp(
    [
      `^ALTER (?:SERVER )?ROLE \\[?(?:${ROLES})\\]? ADD MEMBER .*$`,
      `^GRANT (?:ROLE )?"?(?:${ROLES})"?(?:,[\\w ,]*)? TO .*$`,
      "^GRANT (?:(?!TO)\\w+,? ){0,20}(?:SELECT|INSERT|UPDATE|DELETE|DROP|ALTER|CREATE|EXECUTE|BECOME|GRANT) ANY (?:(?!TO )\\w+ ){1,3}TO .*$",
      "^GRANT (?:SUPER|FILE|PROCESS|SYSTEM_USER|CREATE USER)\\b.* ON \\*\\.\\* TO .*$",
      "^GRANT (?:CONTROL|IMPERSONATE|TAKE OWNERSHIP|UNSAFE ASSEMBLY|OWNERSHIP)\\b.* TO .*$",
      "^GRANT .* TO .* WITH (?:GRANT|ADMIN) OPTION$",
      "^ALTER DATABASE .* SET TRUSTWORTHY ON$",
    ].join("|"),
  ),
  why: says,
  reports: [
    "ALTER SERVER ROLE sysadmin ADD MEMBER [ACME\\web]",
    "ALTER ROLE db_owner ADD MEMBER web",
    "GRANT DBA TO web",
    "GRANT ROLE ACCOUNTADMIN TO USER web",
    "GRANT pg_read_all_data TO web",
    "GRANT SELECT ANY TABLE TO web",
    "GRANT SUPER ON *.* TO web",
    "GRANT SELECT ON orders TO web WITH GRANT OPTION",
    "GRANT CONTROL ON SCHEMA shop TO web",
  ].map((text): Example => [`gives a role more rights: \`${text}\``, migration(`${text};\n`)]),
  ignores: [
    ["one right to one role", migration("GRANT SELECT ON orders TO web;\n")],
    ["one role of its own", migration("GRANT reader TO web;\n")],
    ["it is taken away", migration("ALTER SERVER ROLE sysadmin DROP MEMBER web;\nREVOKE DBA FROM web;\n")],
  ],
});

/** The text, because strings of statements are left out. */
const BY_PROCEDURE =
  /\bsp_add(?:srv)?rolemember\b[^;\n]{0,100}?['"](?:db_owner|db_securityadmin|db_accessadmin|db_ddladmin|sysadmin|securityadmin|serveradmin)['"]|\bsp_configure\s{1,5}['"](?:xp_cmdshell|clr enabled|Ole Automation Procedures)['"]\s{0,5},\s{0,5}1/i;

export const BY_PROCEDURES: Rule = {
  id: "sql/administrator-by-procedure",
  kind: "widening",
  asks: "block",
  when: "a procedure of SQL Server makes somebody an administrator, or lets the database run commands",
  lines: [
    {
      side: "after",
      pattern: BY_PROCEDURE,
      why: ([call = ""]) => `runs ${shown(call)}: whoever it is about may do everything in the database`,
    },
  ],
  reports: [
    [
      "runs `sp_addrolemember 'db_owner'`: whoever it is about may do everything in the database",
      migration("EXEC sp_addrolemember 'db_owner', 'web';\n"),
    ],
    [
      "runs `sp_configure 'xp_cmdshell', 1`: whoever it is about may do everything in the database",
      migration("EXEC sp_configure 'xp_cmdshell', 1;\n"),
    ],
  ],
  ignores: [
    ["it may only read", migration("EXEC sp_addrolemember 'db_datareader', 'web';\n")],
    ["it is switched off", migration("EXEC sp_configure 'xp_cmdshell', 0;\n")],
  ],
};
