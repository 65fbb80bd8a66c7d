import type { HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Request, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { tellMove } from './sentences.js';

const rowsPerPage = 8;

/**
 * Who did what and when, the oldest first, in words. Names are all it says of people; a reason is shown to whom it was
 * for.
 * @param back the button that leads to the request
 */
export async function storyCard(
  reader: Reader,
  { action, engagements }: Request,
  { viewer, page, back }: { viewer: Actor; page: number; back: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(viewer.lang);
  const history = await reader.list('history', 'byAction', action.id);
  const list = paginate(history, page, t, rowsPerPage);
  const employeeOf = ({ engagementId }: HistoryRow) =>
    engagements.find((e) => e.id === engagementId)?.employeeId;
  const name = await readNames(
    reader,
    list.items.flatMap((row) => [row.by, row.onBehalfOf, employeeOf(row)]),
    t,
  );
  const mayReadReason = (row: HistoryRow): boolean => {
    const employeeId = employeeOf(row);
    return (
      action.origin === 'offer' || employeeId === undefined || employeeId === viewer.id || viewer.coordinator
    );
  };
  return {
    template: 'story-card',
    lang: viewer.lang,
    summary: t('story.heading'),
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading: t('story.heading'),
      rows: list.items.map((row) => ({
        when: capitaliseFirst(t.dates.instant(row.at)),
        what: capitaliseFirst(tellMove(row, employeeOf(row), (id) => escapeMarkdown(name(id)), t)),
        reason: mayReadReason(row) ? remarkRun(row.why, t) : '',
      })),
      lead: history.length === 0 ? t('story.empty') : '',
      ...list.paging,
      backVerb: back,
    },
  };
}
