import { type Markup, markup } from "../../markup/markup.ts";
import type { Evidence, Provenance } from "../../provenance/evidence.ts";
import type { Links } from "../../signoff/report/links.ts";
import type { ToldVerdict } from "../../signoff/verdict.ts";
import { declaredSentence, liftedSentence } from "../../signoff/wording/sentences.ts";
import {
  contributorName,
  count,
  joinAnd,
  listFirst,
  mention,
  shortSha,
} from "../../signoff/wording/words.ts";
import { linked, list, sentence, value } from "../words.ts";

/** Who wrote the change, commit by commit, each with the evidence for it. */
export function writersList(verdict: ToldVerdict, links: Links): readonly Markup[] {
  const { provenance, liftedMarks = [] } = verdict;
  const { commits, evidence, declarations, writer } = provenance;
  const marked = commits.filter(({ provenance: own }) => own.writer !== "human" || own.evidence.length > 0);
  const plain = commits.length - marked.length;
  return list([
    ...liftedMarks.map((lifted) => sentence(liftedSentence(lifted), links.of)),
    ...declarations.map((one) => sentence(declaredSentence(one, writer), links.of)),
    ...(evidence.length === 0 ? [] : [markup`The pull request${evidenceList(evidence, links)}`]),
    ...marked.map(({ sha, subject, provenance: own }) => {
      const commit = linked(markup`<code>${shortSha(sha)}</code>`, links.commit(sha));
      return markup`${commit} ${value(subject)}: ${writerOf(own)}${evidenceList(own.evidence, links)}`;
    }),
    ...(plain === 0
      ? []
      : [markup`${count(plain, "commit")} by humans, with no evidence of AI or automation`]),
  ]);
}

/** Whoever took part cannot sign. */
export function contributorList({ contributors }: ToldVerdict, links: Links): readonly Markup[] {
  return list(
    contributors.map((one) => {
      const deeds = joinAnd(one.roles.map(({ because }) => because));
      return sentence(`${contributorName(one)} ${deeds}`, links.of);
    }),
  );
}

function writerOf({ writer, tools }: Provenance): string {
  if (writer !== "ai") return writer;
  return tools.length === 0 ? "AI, because nothing shows who wrote it" : `AI (${listFirst(tools)})`;
}

function evidenceList(evidence: readonly Evidence[], links: Links): readonly Markup[] {
  return list(evidence.map((one) => evidenceItem(one, links)));
}

/** The tool's name leads to the catalogue of tools. */
function evidenceItem({ tool, strength, text, where, writtenBy }: Evidence, links: Links): Markup {
  const catalogue = linked(tool, links.doc("provenance.md#the-tools"));
  const place = where.on === "commit" ? ` of ${shortSha(where.sha)}` : "";
  const by = writtenBy?.outsider ? `, written by ${mention(writtenBy)}, who has no write permission` : "";
  return markup`${catalogue}, ${strength}: ${where.field}${place} ${value(text)}${by}`;
}
