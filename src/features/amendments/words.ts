import { type Amendment, type AmendmentChange, isInForce } from '../../domain/convention/amendments.js';
import type { Commitment, Convention } from '../../domain/convention/convention.js';
import type { Day } from '../../domain/days.js';
import type { Text } from '../../text/text.js';

/** An amendment as people see it: a signed one is in force, or will be. */
export type AmendmentStanding = 'drafted' | 'signed' | 'in-force' | 'dropped';

export const standingOf = (amendment: Amendment, today: Day): AmendmentStanding =>
  isInForce(amendment, today) ? 'in-force' : amendment.state;

export const standingMarks = {
  drafted: 'wait',
  signed: 'info',
  'in-force': 'good',
  dropped: 'off',
} as const satisfies Record<AmendmentStanding, string>;

/** "Avenant n° 1" */
export const amendmentTitle = ({ number }: Pick<Amendment, 'number'>, t: Text): string =>
  t('amendments.numbered', { number: String(number) });

/** "En vigueur depuis le 1er janvier 2027", "Projet, à partir du 1er janvier 2027" */
export const describeStanding = (amendment: Amendment, today: Day, t: Text): string =>
  t(`amendments.standing.${standingOf(amendment, today)}`, { day: t.dates.short(amendment.from) });

/** "Article 2, personnes mobilisées par an" */
export const commitmentTitle = ({ article, measure }: Commitment, t: Text): string =>
  t(`amendments.commitment.${measure}`, { article: String(article) });

/** What an amendment changes, in words: nothing for one that changes nothing that is counted. */
export function describeChange(
  change: AmendmentChange | undefined,
  { commitments }: Pick<Convention, 'commitments'>,
  t: Text,
): string {
  const commitment = commitments.find(({ id }) => id === change?.commitment);
  if (!change || !commitment) return '';
  const { target, kinds } = change;
  return [
    commitmentTitle(commitment, t),
    ...(target === undefined ? [] : [t('amendments.target', { target: t.number(target) })]),
    ...(kinds ? [t('amendments.kinds', { kinds: t.list(kinds.map((kind) => t.at(`kind.${kind}`))) })] : []),
  ].join(' · ');
}
