import { type Area, everywhere } from '../../domain/report/area.js';
import type { ComparedCommitment } from '../../domain/report/compared-commitments.js';
import type { LineDifference } from '../../domain/report/comparison.js';
import { isTypedSchool, type PlacedAction } from '../../domain/report/location.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { commitmentTitle } from '../amendments/words.js';
import type { Actor, Card, Services } from '../feature.js';
import { changesText } from '../report/changes.js';
import { commitmentChange, metInsteadText, metInsteadTexts, ruleText } from '../report/commitment-words.js';
import { haveRulesChanged, readComparison } from '../report/compare.js';
import { type Explained, explain } from '../report/explain.js';
import { chooseArea } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { remarkRun } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { requireVersion } from './versions.js';

/**
 * Every line by which a version differs from the next one, or from today: what has changed, by how much, and who did;
 * and before them the commitments that have changed themselves, with the amendment that did it.
 */
export async function differencesCard(
  actor: Actor,
  id: string,
  { page, area }: { readonly page: number; readonly area: Area },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { year, closing, next } = await services.store.read((r) => requireVersion(r, id, services));
  const comparison = await readComparison(services, year, closing, next);
  const { differences, figures, results } = comparison;
  const chosen = chooseArea(differences, placeOf, area, t, services);
  const list = paginate(chosen.items, page, t);
  const between = { year, from: closing, to: next };
  const explained = await services.store.read((r) =>
    explain(r, list.items, between, t, services, escapeMarkdown),
  );
  const count = chosen.items.length;
  const versions = { of: String(closing.version), next: String(next?.version ?? '') };
  const heading =
    differences.length === 0 && haveRulesChanged(comparison)
      ? t(next ? 'closing.differences.rulesBetween' : 'closing.differences.rulesSince', versions)
      : t(next ? 'closing.differences.between' : 'closing.differences.since', { count, ...versions });
  const changes = changesText(figures, t);
  const met = metInsteadTexts(results, t);
  // The commitments are those of the whole company.
  const rules = area === everywhere && page === 0 ? results.filter((result) => result.rules.length > 0) : [];
  return {
    template: 'closing-differences',
    lang: actor.lang,
    summary: heading,
    data: {
      id,
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      lead: [
        [changes && t('closing.differences.lead', { changes }), chosen.line].filter(Boolean).join(' '),
        ...(changes || met.length > 0 ? met : [t('closing.differences.none')]),
      ]
        .filter(Boolean)
        .join('\n\n'),
      rows: [
        ...rules.map((each, i) => rulesRow(each, i > 0, t)),
        ...explained.map((each, i) => rowData(each, i + rules.length > 0, results, t)),
      ],
      note: count > 0 ? t('closing.differences.note') : '',
      ...list.paging,
      ...chosen.data,
    },
  };
}

/** Where a line was counted and is counted: what is kept of a closed one are its schools, and the académie of its cut. */
function placeOf({ before, after }: LineDifference): PlacedAction {
  const lines = [before, after].filter((line) => line !== undefined);
  return {
    schools: lines.flatMap(({ schools }) => schools.filter((school) => !isTypedSchool(school))),
    academies: lines.flatMap(({ keys }) => keys.academie),
  };
}

const marks = { added: 'good', removed: 'off', changed: 'info' } as const;

/** A commitment that has changed itself: how far it is met, by what, and how much of that no line explains. */
const rulesRow = (result: ComparedCommitment, separated: boolean, t: Text) => ({
  separated,
  mark: marks.changed,
  title: commitmentTitle(result.commitment, t),
  days: metInsteadText(result, t),
  details: result.rules.map((rule) => ruleText(rule, t)).join('\n\n'),
  changes: commitmentChange(result, result.byRules.achieved, t),
  moves: [],
});

function rowData(
  { difference, line, what, details, moves }: Explained,
  separated: boolean,
  results: readonly ComparedCommitment[],
  t: Text,
) {
  const { action } = line;
  const title = t('search.row', { number: String(action.number), what: t.at(`kind.${action.kind}`) });
  return {
    separated,
    mark: marks[what],
    title: t('closing.differences.row', { title, what: t(`report.late.${what}`) }),
    days: t.dates.range(action.firstDay, action.lastDay),
    details: details.join(' · '),
    changes: [
      changesText(difference.figures, t),
      ...difference.commitments.map(({ achieved }, i) => {
        const result = results[i];
        return result ? commitmentChange(result, achieved, t) : '';
      }),
    ]
      .filter(Boolean)
      .join(' · '),
    moves: (moves.length > 0 ? moves : [undefined]).map((move) => ({
      said: move
        ? t('report.late.move', { day: t.dates.instant(move.at), said: move.said })
        : t('report.late.noMove'),
      why: remarkRun(move?.why, t),
    })),
  };
}
