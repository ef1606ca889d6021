import type { Finding } from "../../hazard.ts";
import { withoutComments } from "../../reading/comments.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isApart } from "./apart.ts";
import { PLACEHOLDER } from "./find-tokens.ts";

const SETTINGS = /\.(?:ya?ml|properties|ini|toml|conf|cfg|cnf)$|(?:^|\/)(?:group|host)_vars\//;
/** Made to be filled in, or for one's own machine. */
const LOCAL = /example|sample|template|\bdev\b|development|local|\.dist$|\bci\b|\.github\/|test/i;
/** A name that ends with a password, and what stands behind it, with letters and digits mixed as nobody writes words. */
const WRITTEN_OUT =
  /^\s{0,60}(?:-\s{1,3})?["']?([\w.-]{0,60}(?:password|passwd|secret_key|secretkey|client_secret|private_key))["']?\s{0,20}[:=]\s{0,20}["']?([\w.!@#%^&*+-]{10,60})["']?\s*$/i;
/** Mixed for the eye of a person, which `i` above does not see. */
const MIXED = [/\d/, /[a-z]/, /[A-Z]/];

export const IN_SETTINGS: Rule = {
  id: "secrets/in-settings",
  kind: "widening",
  asks: "block",
  when: "a password is written out in a file of settings",
  *file(file): Generator<Finding> {
    if (!SETTINGS.test(file.path) || LOCAL.test(file.path) || isApart(file)) return;
    const gone = new Set(withoutComments(file, "before").map(({ text }) => text.trim()));
    for (const { text, line } of withoutComments(file, "after")) {
      const [, name = "", value = ""] = WRITTEN_OUT.exec(text.slice(0, 300)) ?? [];
      if (
        name === "" ||
        !MIXED.every((each) => each.test(value)) ||
        PLACEHOLDER.test(text) ||
        gone.has(text.trim())
      )
        continue;
      const why = `writes ${shown(name)} out: whoever can read the repository has it, for ever`;
      yield { what: shown(name), file: file.path, line, side: "after", why, by: "diff" };
    }
  },
  reports: [
    [
      "writes `db_password` out: whoever can read the repository has it, for ever",
      changed(
        "group_vars/prod.yml",
        'db_password: "{{ vault_db_password }}"\n',
        `db_password: "${"q8ZrKtVw"}7XyLm"\n`,
      ),
    ],
    [
      "writes `MYSQL_ROOT_PASSWORD` out: whoever can read the repository has it, for ever",
      added("docker-compose.yml", `      MYSQL_ROOT_PASSWORD: ${"q8ZrKtVw"}7XyLm\n`),
    ],
  ],
  ignores: [
    ["a reference", added("a.yml", "password: vault_db_password\n")],
    ["a name in another language", added("a.yml", "label_password: Passwort\n")],
    ["where one fills in", added("config.example.yml", `password: ${"q8ZrKtVw"}7XyLm\n`)],
  ],
};
