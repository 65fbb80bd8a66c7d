import type { Cause, ComparedCommitment, RuleChange } from '../../domain/report/compared-commitments.js';
import type { CommitmentResult } from '../../domain/report/figures.js';
import type { Text } from '../../text/text.js';
import { amendmentTitle, commitmentTitle } from '../amendments/words.js';
import { signed } from './changes.js';

/** "2 sur 10", "3" for a commitment without a number; a dash where it is no commitment. */
export const metText = (result: CommitmentResult | undefined, t: Text): string =>
  result
    ? t.number(result.achieved) +
      (result.target === undefined ? '' : t('report.commitment.of', { target: result.target }))
    : '–';

/** "1 sur 5 au lieu de 2 sur 10", with what is planned if that differs; empty if all is as before. */
export function metInsteadText({ before, after }: ComparedCommitment, t: Text): string {
  const isPlannedOther = before?.planned !== after?.planned;
  const [was, now] = [before, after].map((result) => {
    const planned = (isPlannedOther && result?.planned) || 0;
    return metText(result, t) + (planned > 0 ? t('report.commitment.planned', { count: planned }) : '');
  });
  return was === now ? '' : t('report.late.insteadOf', { was: was ?? '', now: now ?? '' });
}

/** "Article 2, personnes mobilisées par an : 1 sur 5 au lieu de 2 sur 10.", for each commitment that is met otherwise. */
export const metInsteadTexts = (results: readonly ComparedCommitment[], t: Text): string[] =>
  results.flatMap((result) => {
    const instead = metInsteadText(result, t);
    return instead
      ? [t('report.late.commitment', { what: commitmentTitle(result.commitment, t), instead })]
      : [];
  });

/** "Article 2, personnes mobilisées par an : −1" */
export const commitmentChange = ({ commitment }: ComparedCommitment, n: number, t: Text): string =>
  n === 0 ? '' : t('report.change', { what: commitmentTitle(commitment, t), n: signed(n, t) });

/** "Avenant n° 1 : objectif 5 au lieu de 10" */
export function ruleText(rule: RuleChange, t: Text): string {
  if (rule.what === 'added') return t('report.late.rule.added');
  if (rule.what === 'removed') return t('report.late.rule.removed');
  const cause = causeText(rule.cause, t);
  if (rule.what === 'kinds')
    return t('report.late.rule.kinds', {
      cause,
      day: t.dates.short(rule.from),
      kinds: t.list(rule.now.map((kind) => t.at(`kind.${kind}`))),
    });
  const [was, now] = [rule.was, rule.now].map((n) => (n === undefined ? t('report.noTarget') : t.number(n)));
  return t('report.late.rule.target', { cause, was: was ?? '', now: now ?? '' });
}

function causeText({ amendment, withdrawn }: Cause, t: Text): string {
  if (amendment === undefined) return t('report.late.rule.convention');
  const title = amendmentTitle({ number: amendment }, t);
  return withdrawn ? t('report.late.rule.withdrawn', { title }) : title;
}
