/** What the person who makes a feature decides at first; the rest is in the files made. */
export interface NewFeature {
  /** Its folder, its part of the texts, and its English command. */
  readonly name: string;
  /** Its French command. */
  readonly command: string;
}

export const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the help says of it, until somebody writes something better. */
export const helpTexts = ({ name, command }: NewFeature) => ({
  fr: { title: capitalise(command), what: `Ce que fait « ${command} », en une phrase.` },
  en: { title: capitalise(name), what: `What “${name}” does, in one sentence.` },
});
