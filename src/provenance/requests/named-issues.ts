const NAME = /(^|[^a-z\d/#&.-])([a-z\d][\w.-]{0,99}\/[\w.-]{1,100})?#(\d{1,9})(?![a-z\d])/gi;
/** GitHub's other way to write the number alone ("Autolinked references and URLs"). */
const SHORT = /(?:^|[^a-z\d/#&.-])gh-(\d{1,9})(?![a-z\d])/gi;
const ADDRESS = /\/([\w.-]{1,100}\/[\w.-]{1,100})\/issues\/(\d{1,9})\b/g;

/** The numbers of issues and pull requests of a repository (`owner/name`) that a text names, each once, in order. */
export function numbersNamedIn(text: string, repository: string): readonly number[] {
  const names = [...text.matchAll(NAME)].map(([, , place, number]) => ({ place, number }));
  const short = [...text.matchAll(SHORT)].map(([, number]) => ({ place: undefined, number }));
  const addresses = [...text.matchAll(ADDRESS)].map(([, place, number]) => ({ place, number }));
  const own = [...names, ...short, ...addresses].filter(
    ({ place }) => place === undefined || place.toLowerCase() === repository.toLowerCase(),
  );
  return [...new Set(own.map(({ number }) => Number(number)).filter((number) => number > 0))];
}
