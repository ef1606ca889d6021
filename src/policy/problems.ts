/** What a kind of problem is, in general, and what to do about it. A problem itself says it of one file or place. */
interface Explanation {
  readonly sentence: string;
  readonly remedy: string;
}

/** Every problem that Countersign reports, by its code. `docs/problems.md` is made from it. */
export const PROBLEMS = {
  "config/syntax": {
    sentence: "The config is not plain YAML.",
    remedy:
      "Fix the line that is named; patterns that begin with `*` and owners that begin with `@` need quotes.",
  },
  "config/unknown-key": {
    sentence: "The config has a key, or a hazard rule, that does not exist.",
    remedy: "Use the key that is suggested, or one from [config.md](config.md).",
  },
  "config/invalid-value": {
    sentence: "A value in the config is not allowed there.",
    remedy: "Write what the message says is allowed.",
  },
  "config/invalid-pattern": {
    sentence: "A path, branch or regular expression in the config is invalid or can never match.",
    remedy: "Write the pattern that is suggested; paths are written as in CODEOWNERS, without alternatives.",
  },
  "config/invalid-owner": {
    sentence: "An owner in the config is not a user, a team or an e-mail address.",
    remedy: "Write `@user`, `@org/team` or an e-mail address, in quotes.",
  },
  "config/duplicate-area": {
    sentence: "Two areas have the same name.",
    remedy: "Rename one of them, or combine their paths in one area.",
  },
  "config/too-large": {
    sentence: "The config, a list or a text in it is longer than allowed.",
    remedy: "Shorten it; the pattern of a folder covers everything below it.",
  },
  "config/more-problems": {
    sentence: "The config has more problems than are listed.",
    remedy: "Fix the listed ones first.",
  },
  "config/unreadable": {
    sentence: "The config exists but could not be read.",
    remedy: "Make it a regular text file that the App may read. Until then nothing passes.",
  },
  "config/floor-not-visible": {
    sentence:
      "The organization's config was seen before, and its `.github` repository can no longer be seen.",
    remedy:
      "Give the App access to the organization's `.github` repository. To do without a floor, keep that repository visible and delete the file from its default branch. Until then nothing passes.",
  },
  "config/misplaced": {
    sentence: "A file looks like the config, but its name or folder is one that is never read.",
    remedy: "Rename it to `.github/countersign.yml`.",
  },
  "config/lookalike-letter": {
    sentence:
      "A path in the config holds a letter of another script among Latin ones, which looks like one of them.",
    remedy: "Type the word again, unless the file is really called so.",
  },
  "config/similar-area": {
    sentence: "An area's name is nearly that of a built-in area, which keeps its own rule.",
    remedy: "Use the built-in name if you mean that area; otherwise choose a name that is less similar.",
  },
  "config/empty-area": {
    sentence: "An area matches no file of the repository.",
    remedy: "Check its patterns: the folder, the case, and whether they begin at the root.",
  },
  "config/unknown-area": {
    sentence: "A freeze names an area that does not exist, so it stops nothing.",
    remedy: "Write the name of an area that the config or the organization's file has, or `all`.",
  },
  "config/weaker-than-organization": {
    sentence:
      "A value in the repository's config asks for less than the organization's floor, so it is ignored.",
    remedy: "Remove it, or change the organization's file.",
  },
  "config/fix": {
    sentence: "The config on the default branch is invalid, and this pull request only fixes it.",
    remedy: "Have an owner of the config countersign it. Everything else is blocked until it is merged.",
  },
  "codeowners/invalid-pattern": {
    sentence: "A line of CODEOWNERS has a pattern that GitHub skips.",
    remedy: "Write the pattern that is suggested, or remove the line.",
  },
  "codeowners/invalid-owner": {
    sentence: "A line of CODEOWNERS names something that cannot own files, so GitHub skips the line.",
    remedy: "Write `@user`, `@org/team` or an e-mail address.",
  },
  "codeowners/unknown-owner": {
    sentence: "An owner in CODEOWNERS does not exist, is not visible, or cannot write to the repository.",
    remedy: "Check the spelling and the owner's access.",
  },
  "codeowners/file-too-large": {
    sentence: "CODEOWNERS is 3 MB or larger, so GitHub does not load it and no path has a known owner.",
    remedy: "Name folders instead of files.",
  },
  "codeowners/unclear": {
    sentence: "GitHub may read a line of CODEOWNERS differently than it was meant.",
    remedy: "Rewrite the line as suggested. Until then the paths it may concern have no known owner.",
  },
  "codeowners/control-file-unowned": {
    sentence: "Nobody owns the config or CODEOWNERS, so nobody could countersign a change to it.",
    remedy: "Give the file an owner in CODEOWNERS, or set `unowned` in the config.",
  },
  "codeowners/differs-from-github": {
    sentence: "Countersign and GitHub disagree on whether a line of CODEOWNERS is valid.",
    remedy: "Write the line in a simpler way, and report the difference.",
  },
  "evidence/not-judged": {
    sentence: "Judging the change took more time or memory than there is, two times.",
    remedy: "Split the pull request into smaller ones.",
  },
  "codeowners/too-costly": {
    sentence: "CODEOWNERS takes too long to match against the changed files.",
    remedy: "Write fewer or simpler patterns with wildcards.",
  },
  "codeowners/unreadable": {
    sentence: "CODEOWNERS of the base branch exists but could not be read.",
    remedy: "Make it a regular UTF-8 text file of less than 3 MB.",
  },
  "evidence/too-many-files": {
    sentence: "The pull request changes more files than GitHub shows.",
    remedy: "Split it into smaller pull requests.",
  },
  "evidence/merge-base-unknown": {
    sentence: "GitHub does not show the commit from which the merge would start.",
    remedy: "No action needed; Countersign will retry. If it persists, update the branch from its base.",
  },
  "evidence/links-not-read": {
    sentence: "The base branch has more files than could be searched for symbolic links so far.",
    remedy:
      "Wait for the next attempts; each gets further. Divide a folder with more entries than GitHub lists.",
  },
  "evidence/range-too-long": {
    sentence: "More came into a branch without a pull request than is judged at once.",
    remedy: "Look through it yourself.",
  },
  "evidence/range-unknown": {
    sentence: "GitHub does not tell what came into a branch without a pull request.",
    remedy: "Look through it yourself.",
  },
  "evidence/files-incomplete": {
    sentence: "GitHub lists fewer changed files than it counts.",
    remedy: "Push again; if the problem persists, split the pull request.",
  },
  "evidence/files-repeated": {
    sentence: "GitHub lists a changed file twice, so another one may be missing.",
    remedy: "Push again; if the problem persists, split the pull request.",
  },
  "evidence/file-without-content": {
    sentence: "GitHub does not say what a changed file contains, so no approval can cover it.",
    remedy: "Push again; if the problem persists, take the file out of the pull request.",
  },
  "evidence/file-without-mode": {
    sentence: "GitHub does not say whether a changed file is a file, a link or a submodule.",
    remedy: "Wait for the next attempt; if the problem persists, give the file a name in plain UTF-8.",
  },
  "evidence/rename-without-source": {
    sentence: "GitHub says that a file was moved, but not from where.",
    remedy: "Remove the old file in one pull request and add the new one in another.",
  },
  "evidence/commits-incomplete": {
    sentence: "GitHub lists fewer commits than it counts.",
    remedy: "Push again; if the problem persists, split the pull request.",
  },
  "evidence/authors-incomplete": {
    sentence: "A commit names more co-authors than can be read.",
    remedy: "Rewrite the commit with fewer `Co-authored-by` lines.",
  },
  "evidence/too-many-picks": {
    sentence:
      "A commit, or all commits of a pull request, say that they were picked from more commits than are looked up.",
    remedy:
      "Pick fewer commits into one, split the pull request, or take the `cherry picked from` lines out of the messages.",
  },
  "evidence/too-many-reverts": {
    sentence: "The commits of a pull request undo and bring back more others than are looked up.",
    remedy: "Split the pull request, or take `This reverts commit` lines out of its commits.",
  },
  "evidence/too-many-issues": {
    sentence:
      "An AI took part in the change, and it names more issues than are looked at for who asked for it.",
    remedy: "Name fewer issues in the title, the text and the commits of the pull request, or split it.",
  },
  "evidence/issues-too-long": {
    sentence:
      "An AI took part in the change, and more is written in the issues that it names than is read at once to find who asked for it.",
    remedy:
      "Wait some minutes: of comments, the App reads on. Of more events than are read, or to wait no longer, name a shorter issue in the title, the text and the commits of the pull request.",
  },
  "evidence/pushes-unknown": {
    sentence:
      "Nobody told the App of the push of a commit, and GitHub's record of pushes is too long or not there to say whose it was.",
    remedy: "Rebase the branch and push it, so that all of its commits are new.",
  },
  "evidence/commit-not-kept": {
    sentence:
      "It is not known who wrote a commit: an account without write permission made more than is kept for one account, or what was merged into the commit names more authors than GitHub tells.",
    remedy:
      "Amend the commit, so that it has another id, and push again the next day; somebody with write permission can do so at once.",
  },
  "evidence/pull-request-not-kept": {
    sentence:
      "A pull request of an account without write permission told more of its writers than is kept for one account.",
    remedy: "Close it, and open a new one the next day; somebody with write permission can do so at once.",
  },
  "evidence/head-missing": {
    sentence: "The head commit is not among the commits of the pull request.",
    remedy: "Push again, so that GitHub lists the commits again.",
  },
  "evidence/unreadable-commit": {
    sentence: "A commit could not be read, so its authors are not known.",
    remedy: "Rewrite the commit and push again.",
  },
  "evidence/attestation-unreadable": {
    sentence: "A record of who wrote the change is present but could not be read, so it does not count.",
    remedy: "Write the record again with the tool that made it, or remove it.",
  },
  "evidence/no-governing-branch": {
    sentence: "The branch whose CODEOWNERS decides does not exist.",
    remedy: "Point the pull request, or the stack it belongs to, at a branch that exists.",
  },
  "evidence/merge-group": {
    sentence: "It could not be determined which pull requests are in a merge group.",
    remedy: "Take them out of the merge queue and add them again.",
  },
  "evidence/partial": {
    sentence: "GitHub answered only in part.",
    remedy: "No action needed; Countersign retries. If the problem persists, report it.",
  },
  "evidence/contradictory": {
    sentence:
      "Two answers of GitHub about the pull request do not agree, for example in how many files it changes.",
    remedy: "No action needed; Countersign retries. If the problem persists, push again.",
  },
  "evidence/unexpected": {
    sentence: "GitHub's answer is not as documented.",
    remedy: "No action needed; Countersign retries. If the problem persists, report it.",
  },
  "github/too-old": {
    sentence: "This GitHub Enterprise Server lacks a field that has to be read.",
    remedy: "Upgrade to a supported release.",
  },
  "github/share-used-up": {
    sentence:
      "Accounts without write permission, or the bots of a repository, have used up their share of what may be asked of GitHub in an hour.",
    remedy:
      "No action needed: it goes on at the time that is named. Whatever somebody with write permission does on the pull request has it judged at once.",
  },
  "github/permission": {
    sentence: "The App lacks a permission.",
    remedy: "Give the App the permission that is named, and have an owner accept it for the installation.",
  },
  "github/archived": {
    sentence: "The repository is archived, so nothing can be written to it.",
    remedy: "Unarchive it, or leave it.",
  },
  "github/commit-gone": {
    sentence: "GitHub does not know the commit that the check is for.",
    remedy: "No action needed: Countersign tries again for an hour, as GitHub may only be late.",
  },
  "github/rejected": {
    sentence: "GitHub rejected a request.",
    remedy: "Report it with the message; the request should not have been made.",
  },
  "what-if/no-such-branch": {
    sentence: "The branch that a simulation should judge against does not exist.",
    remedy: "Name a branch of the repository that the pull request is for.",
  },
} as const satisfies Readonly<Record<string, Explanation>>;

export type CataloguedCode = keyof typeof PROBLEMS;

/** Prefixes the code of a problem of the config as a pull request would leave it. */
export type ProblemCode = CataloguedCode | `proposed/${CataloguedCode}`;
