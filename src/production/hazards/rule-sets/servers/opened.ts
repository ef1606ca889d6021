import { added, changed, type Example, type Rule } from "../../rule.ts";
import { openingsIn } from "./openings.ts";

const place = (...lines: readonly string[]) => `location /admin {\n  ${lines.join("\n  ")}\n}\n`;
const needsAll = (...all: readonly string[]) =>
  `<Directory "/srv">\n<RequireAll>\n${all.map((each) => `Require all ${each}\n`).join("")}</RequireAll>\n</Directory>\n`;

export const SERVER_OPENED: Rule = {
  id: "servers/opened",
  kind: "widening",
  asks: "block",
  when: "settings of SSH, sudo, PostgreSQL, web servers, Redis and others let in whom they kept out",
  *file(file) {
    if (file.status !== "removed") yield* openingsIn(file);
  },
  reports: [
    [
      "sets `bind-address = 0.0.0.0` in `templates/my.cnf.j2`: the database takes connections that it did not",
      changed("templates/my.cnf.j2", "bind-address = 127.0.0.1\n", "bind-address = 0.0.0.0\n"),
    ],
    [
      "sets `http_access allow all` in `squid/squid.conf`: whoever reaches it is let in",
      changed("squid/squid.conf", "http_access deny all\n", "http_access allow all\nhttp_access deny all\n"),
    ],
    [
      "sets `allow all;` in `nginx/a.conf`: whoever asks is let in",
      changed("nginx/a.conf", place("deny all;"), place("allow all;", "deny all;")),
    ],
    [
      "sets `allow all;` in `nginx/a.conf`: whoever asks is let in",
      changed(
        "nginx/a.conf",
        `server {\n  deny all;\n${place("root /srv;")}}\n`,
        `server {\n  deny all;\n${place("allow all;")}}\n`,
      ),
    ],
    [
      "sets `SecRuleEngine DetectionOnly` in `nginx/modsecurity.conf`: requests that the web firewall stopped get through",
      changed("nginx/modsecurity.conf", "SecRuleEngine On\n", "SecRuleEngine DetectionOnly\n"),
    ],
    [
      "sets `Ciphers aes128-ctr,3des-cbc` in `sshd_config`: old and weak ways to encrypt are taken",
      changed("sshd_config", "Ciphers aes128-ctr\n", "Ciphers aes128-ctr,3des-cbc\n"),
    ],
    [
      "sets `PermitRootLogin yes` in `ssh/sshd_config`: root can sign in by SSH",
      changed(
        "ssh/sshd_config",
        "PermitRootLogin no\n",
        "PermitRootLogin no\nMatch Address 10.0.0.0/8\nPermitRootLogin yes\n",
      ),
    ],
    ...[
      "host replication all 0.0.0.0/0 md5",
      "host all all all md5",
      "host shop,replication all 0.0.0.0/0 md5",
    ].map(
      (line): Example => [
        `sets \`${line}\` in \`pg_hba.conf\`: the database takes connections from everywhere`,
        changed("pg_hba.conf", "host all all 0.0.0.0/0 reject\n", `host all all 0.0.0.0/0 reject\n${line}\n`),
      ],
    ),
    ...[
      ["PermitRootLogin no\nPermitRootLogin yes\n", "PermitRootLogin yes\nPermitRootLogin no\n"],
      ["Match User a\nPermitRootLogin yes\n", "PermitRootLogin yes\nMatch User a\n"],
    ].map(
      ([before = "", after = ""]): Example => [
        "sets `PermitRootLogin yes` in `sshd_config`: root can sign in by SSH",
        changed("sshd_config", before, after),
      ],
    ),
    [
      "drops `PermitRootLogin no` from `sshd_config`: what it kept out gets in",
      changed(
        "sshd_config",
        "PermitRootLogin no\nMatch User a\nX11Forwarding no\n",
        "Match User a\nX11Forwarding no\nPermitRootLogin no\n",
      ),
    ],
    ...[
      [
        "host all all 0.0.0.0/0 reject",
        "host a a 10.1.1.1/32 reject",
        "pg_hba.conf",
        "the database lets in whom it refused",
      ],
      ["http_access deny all", "http_access deny bad", "squid/squid.conf", "what it kept out gets in"],
      ["-A INPUT -j DROP", "-A INPUT -s 10.1.1.1 -j DROP", "rules.v4", "what it kept out gets in"],
    ].map(
      ([gone = "", come = "", path = "", why = ""]): Example => [
        `drops \`${gone}\` from \`${path}\`: ${why}`,
        changed(path, `${gone}\n`, `${come}\n`),
      ],
    ),
    [
      "drops `host all all 10.0.0.0/8 reject` from `pg_hba.conf`: the database lets in whom it refused",
      changed(
        "pg_hba.conf",
        "host all all 10.0.0.0/8 reject\nhost a a 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 reject\n",
        "host a a 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 reject\nhost b b 0.0.0.0/0 md5\n",
      ),
    ],
    [
      "sets `host all all 0.0.0.0/0 md5` in `pg_hba.conf`: the database takes connections from everywhere",
      changed(
        "pg_hba.conf",
        "host all all 0.0.0.0/0 reject\nhost all all 0.0.0.0/0 md5\n",
        "host all all 0.0.0.0/0 md5\nhost all all 0.0.0.0/0 reject\n",
      ),
    ],
    [
      "sets `host all all 0.0.0.0/0 md5` in `pg_hba.conf`: the database takes connections from everywhere",
      changed("pg_hba.conf", "a\n", "# a \\\nhost all all 0.0.0.0/0 reject\nhost all all 0.0.0.0/0 md5\n"),
    ],
    ...[
      ["nginx/a.conf", "location /a {", "deny all;", "}", "location /b {"],
      ["apache/a.conf", "<Location /a>", "Require valid-user", "</Location>", "<Location /b>"],
    ].map(
      ([path = "", one = "", line = "", end = "", other = ""]): Example => [
        `drops \`${line}\` from \`${path}\`: whoever asks is let in`,
        changed(
          path,
          `${one}\n  ${line}\n${end}\n${other}\n${end}\n`,
          `${one}\n${end}\n${other}\n  ${line}\n${end}\n`,
        ),
      ],
    ),
    [
      "sets `PermitRootLogin yes` in `ssh/sshd_config.j2`: root can sign in by SSH",
      changed(
        "ssh/sshd_config.j2",
        "{% if never %}\nPermitRootLogin no\n{% endif %}\n",
        "{% if never %}\nPermitRootLogin no\n{% endif %}\nPermitRootLogin yes\n",
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
      "all are refused before",
      changed("squid/squid.conf", "http_access deny all\n", "http_access deny all\nhttp_access allow all\n"),
    ],
    [
      "everybody is refused before",
      changed("nginx/a.conf", place("deny all;"), place("deny all;", "allow all;")),
    ],
    ["nobody was refused", changed("nginx/a.conf", place("root /srv;"), place("root /srv;", "allow all;"))],
    [
      "all have to let in, and one refuses",
      changed("apache/a.conf", needsAll("denied"), needsAll("denied", "granted")),
    ],
    ...[
      ["location /a {\n  deny all;\n}\n", "location /b {\n  deny all;\n}\n"],
      ["server {\n  deny all;\n}\n", "server {\n  location /x {\n  }\n\n    deny  all;\n}\n"],
      [
        "location /b {\n}\nlocation /a {\n  deny all;\n}\n",
        "location /a {\n  deny all;\n}\nlocation /b {\n}\n",
      ],
    ].map(
      ([before = "", after = ""]): Example => [
        "it stands in its block, or its block has another name",
        changed("nginx/a.conf", before, after),
      ],
    ),
    [
      "the order of those who are refused",
      changed(
        "squid/squid.conf",
        "http_access deny a\nhttp_access deny b\n",
        "http_access deny b\nhttp_access  deny a\n",
      ),
    ],
    [
      "a line that opens for some stays",
      changed(
        "sshd_config",
        "Match User a\nPermitRootLogin yes\n",
        "X11Forwarding no\nMatch User a\nPermitRootLogin yes\n",
      ),
    ],
    ["everybody is refused", changed("pg_hba.conf", "a\n", "a\nhost all all 0.0.0.0/0 reject\n")],
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
