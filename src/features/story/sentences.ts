import type { HistoryRow } from '../../domain/action.js';
import type { Text } from '../../text/text.js';

/** What can be told, each by a text `story.move.<name>`: the moves of the history, and what some of them come to. */
export const storyMoves = [
  'offer',
  'correct',
  'approve',
  'decline',
  'askChanges',
  'withdraw',
  'publish',
  'join',
  'hold',
  'notHeld',
  'attend',
  'miss',
  'agreements',
  'wait',
  'promote',
  'unseat',
  'askToConfirm',
  'confirm',
  'lapse',
  'edit',
  'close',
  'reopen',
  'cancel',
  'contradict',
  'settle',
  'correctNumber',
  'correctPlaces',
  'correctHeld',
  'correctNotHeld',
  'retract',
  'places',
  'prepare-tutor',
  'prepare-programme',
  'prepare-school',
  'invite',
  'accept',
  'refuse',
  'postpone',
  'expire',
  'fixDay',
  'moveDay',
  'proposeDay',
  'recheck',
  'noLongerPossible',
  'import',
  'claim',
  'other',
] as const;
type StoryMove = (typeof storyMoves)[number];

/** A move of the history as it is told. */
export function toStoryMove({ move, engagementId, to }: HistoryRow): StoryMove {
  if (move === 'miss' && !engagementId) return 'notHeld';
  if (move === 'recheck' && to === 'refused') return 'noLongerPossible';
  return storyMoves.find((m) => m === move) ?? 'other';
}

/**
 * One move in words: "Hugo Témoin a approuvé l’offre."
 * @param employeeId whose engagement moved; who moved, if none did
 * @param name the names of people, ready for the place where the sentence stands
 */
export function tellMove(row: HistoryRow, employeeId: string, name: (id: string) => string, t: Text): string {
  const { by, onBehalfOf, from, to } = row;
  const author = name(by);
  const who = onBehalfOf ? t('story.onBehalf', { name: author, other: name(onBehalfOf) }) : author;
  // Somebody else says whether a person took part.
  const source = employeeId === by ? '' : t('story.source', { name: author });
  return t(`story.move.${toStoryMove(row)}`, { who, whom: name(employeeId), source, from, to });
}
