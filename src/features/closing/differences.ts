import type { Area } from '../../domain/report/area.js';
import type { LineDifference } from '../../domain/report/comparison.js';
import { isTypedSchool, type PlacedAction } from '../../domain/report/location.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { changesText } from '../report/changes.js';
import { readComparison } from '../report/compare.js';
import { type Explained, explain } from '../report/explain.js';
import { chooseArea } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { remarkRun } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { requireVersion } from './versions.js';

/** Every line by which a version differs from the next one, or from today: what has changed, by how much, and who did. */
export async function differencesCard(
  actor: Actor,
  id: string,
  { page, area }: { readonly page: number; readonly area: Area },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { year, closing, next } = await services.store.read((r) => requireVersion(r, id, services));
  const { differences, figures } = await readComparison(services, year, closing, next);
  const chosen = chooseArea(differences, placeOf, area, t, services);
  const list = paginate(chosen.items, page, t);
  const between = { year, from: closing, to: next };
  const explained = await services.store.read((r) =>
    explain(r, list.items, between, t, services, escapeMarkdown),
  );
  const count = chosen.items.length;
  const heading = next
    ? t('closing.differences.between', { count, of: String(closing.version), next: String(next.version) })
    : t('closing.differences.since', { count, of: String(closing.version) });
  const changes = changesText(figures, t);
  return {
    template: 'closing-differences',
    lang: actor.lang,
    summary: heading,
    data: {
      id,
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      lead: [
        changes ? t('closing.differences.lead', { changes }) : t('closing.differences.none'),
        chosen.line,
      ]
        .filter(Boolean)
        .join(' '),
      rows: explained.map((each, i) => rowData(each, i > 0, t)),
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

function rowData({ difference, line, what, details, moves }: Explained, separated: boolean, t: Text) {
  const { action } = line;
  const title = t('search.row', { number: String(action.number), what: t.at(`kind.${action.kind}`) });
  return {
    separated,
    mark: marks[what],
    title: t('closing.differences.row', { title, what: t(`report.late.${what}`) }),
    days: t.dates.range(action.firstDay, action.lastDay),
    details: details.join(' · '),
    changes: changesText(difference.figures, t),
    moves: (moves.length > 0 ? moves : [undefined]).map((move) => ({
      said: move
        ? t('report.late.move', { day: t.dates.instant(move.at), said: move.said })
        : t('report.late.noMove'),
      why: remarkRun(move?.why, t),
    })),
  };
}
