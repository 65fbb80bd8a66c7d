import type { HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Request, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { tellMove } from './sentences.js';

const rowsPerPage = 8;

/** Whose engagement a move is about: the id of an engagement ends with its employee's, see `engagementId`. */
export const employeeOf = ({ engagementId, actionId }: HistoryRow): string | undefined =>
  engagementId?.slice(actionId.length + 1);

interface StoryView {
  readonly viewer: Actor;
  readonly page: number;
  /** The button that leads to the request. */
  readonly back: string;
  /** Whether they read of everybody's moves. Who has a seat reads of their own and of what happened to the session. */
  readonly all: boolean;
}

/** Who did what and when, the oldest first, in words. Names are all it says of people. */
export async function storyCard(
  reader: Reader,
  { action }: Request,
  { viewer, page, back, all }: StoryView,
  services: Services,
): Promise<Card> {
  const t = services.textIn(viewer.lang);
  const history = (await reader.list('history', 'byAction', action.id)).filter(
    (row) => all || [undefined, viewer.id].includes(employeeOf(row)),
  );
  const list = paginate(history, page, t, rowsPerPage);
  const name = await readNames(
    reader,
    list.items.flatMap((row) => [row.by, row.onBehalfOf, employeeOf(row)]),
    t,
  );
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
        what: capitaliseFirst(tellMove(row, employeeOf(row) ?? row.by, (id) => escapeMarkdown(name(id)), t)),
        reason: remarkRun(row.why, t),
      })),
      lead: history.length === 0 ? t('story.empty') : '',
      ...list.paging,
      backVerb: back,
    },
  };
}
