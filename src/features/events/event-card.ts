import type { Reader } from '../../ports.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { stateWord } from '../registers/words.js';
import { type Fault, faultData } from '../shared/form.js';
import { readNames } from '../shared/request-view.js';
import { startsOf } from './campaign.js';
import { readFigures } from './list.js';
import { type EventNow, findObstacle, isOver, requireEvent, todayOf } from './read.js';
import { campaignWord, certainty, markOf, whenOf } from './words.js';

interface EventView {
  /** What has just been done. */
  readonly note?: 'added' | 'edited' | 'unchanged' | 'done' | undefined;
  /** Why something is not possible. */
  readonly fault?: Fault | undefined;
}

/** An event: to coordinators with its campaign and its figures, to everybody else with the forms that it is for. */
export async function eventCard(
  actor: Actor,
  key: string,
  services: Services,
  { note, fault }: EventView = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { now, last } = await services.store.read(async (reader) => {
    const found = await requireEvent(reader, key, services);
    return { now: found, last: await tellLast(reader, found, actor.lang, services) };
  });
  const today = todayOf(services);
  const { event } = now;
  const over = isOver(event, today);
  const isOpen = !event.aside && !over;
  const obstacle = findObstacle(now, today);
  const figures = await readFigures(event, services);
  return {
    template: 'events-event',
    lang: actor.lang,
    summary: event.name,
    data: {
      id: now.key,
      eyebrow: t('events.eyebrow'),
      heading: escapeMarkdown(event.name),
      saved: [note ? t(`events.saved.${note}`) : '', note === 'added' && over ? t('events.addedOver') : '']
        .filter(Boolean)
        .join(' '),
      faults: faultData(['form'], fault ? { form: fault } : {}),
      lead: [whenOf(event, t), certainty(event, t)].filter(Boolean).join('. '),
      state: { mark: markOf(now, today), word: campaignWord(now, today, t), rest: '' },
      facts: [
        { title: t('events.fact.planned'), value: t('events.planned', { count: figures.planned }) },
        { title: t('events.fact.held'), value: t('events.held', { count: figures.actions }) },
        ...(now.entry
          ? [
              {
                title: t('events.fact.communication'),
                value: `${escapeMarkdown(now.entry.title)} · ${stateWord(now.entry, today, t)}`,
              },
            ]
          : []),
      ],
      why: obstacle && obstacle !== 'sent' && !fault ? t(`events.obstacle.${obstacle}`) : '',
      note: actor.coordinator ? last : t('agenda.eventNote'),
      coordinator: actor.coordinator,
      waits: actor.coordinator && obstacle === 'not-agreed',
      buttons: !actor.coordinator && isOpen ? startsOf(now, actor.lang, services) : [],
      moves: actor.coordinator
        ? movesOf(now, obstacle).map((move) => ({ move, title: t(`events.button.${move}`) }))
        : [],
    },
  };
}

export const moves = ['send', 'hold', 'release', 'aside', 'resume'] as const;
export type Move = (typeof moves)[number];

/** What a coordinator can do now with an event and its campaign. */
function movesOf({ event, record, sentAt }: EventNow, obstacle: ReturnType<typeof findObstacle>): Move[] {
  if (event.aside) return ['resume'];
  const waits = !sentAt && obstacle !== 'begun';
  return [
    ...(obstacle === undefined ? (['send'] as const) : []),
    ...(waits ? [record?.held ? ('release' as const) : ('hold' as const)] : []),
    'aside',
  ];
}

/** Who changed it last, and when; nothing as long as it is as in the data. */
export async function tellLast(
  reader: Reader,
  { record }: Pick<EventNow, 'record'>,
  lang: Actor['lang'],
  services: Services,
): Promise<string> {
  const last = record?.history.at(-1);
  if (!last) return '';
  const t = services.textIn(lang);
  const name = await readNames(reader, [last.by], t);
  return t(`events.told.${last.did}`, { who: escapeMarkdown(name(last.by)), when: t.dates.instant(last.at) });
}
