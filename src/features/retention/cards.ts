import { eraseDay } from '../../domain/erasure/retention.js';
import type { Person } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { nameOf } from '../shared/people.js';
import type { Looked } from './look.js';

const rowsPerPage = 10;

/** Tells somebody that they are erased in a month unless they do something; nothing for whom has done something since. */
export function noticeCard(
  person: Person | undefined,
  lang: Card['lang'],
  services: Services,
): Card | undefined {
  if (!person?.expiry) return undefined;
  const { activeOn, expiry } = person;
  const t = services.textIn(lang);
  const heading = t('retention.notice.heading', { day: t.dates.long(expiry.eraseOn) });
  const count = services.convention.retentionYears;
  const lastActivity = t.dates.long(activeOn ?? dayAt(services.clock.now()));
  const texts = [t('erasure.erased'), t('erasure.kept'), t('retention.notice.how', { count })];
  return {
    template: 'retention-notice',
    lang,
    summary: heading,
    data: {
      heading,
      lead: t('retention.notice.lead', { count, day: lastActivity }),
      texts: texts.map((text) => ({ text })),
      note: t('retention.notice.note'),
    },
  };
}

/** Says until when somebody is kept who has just done something. */
export function keptCard(actor: Actor, { lastActivity }: Looked, services: Services): Card {
  const t = services.textIn(actor.lang);
  const day = t.dates.long(eraseDay(lastActivity, services.convention.retentionYears));
  const heading = t('retention.kept.heading');
  return {
    template: 'retention-kept',
    lang: actor.lang,
    summary: heading,
    data: { heading, lead: t('retention.kept.lead', { day }), note: t('retention.kept.note') },
  };
}

export interface Coming {
  /** Those who are shown, of whom the coordinators were told. */
  readonly people: readonly Person[];
  readonly page: number;
  /** How many there are in all, if the card is about some of them only. */
  readonly all?: number;
}

/** Tells coordinators who is erased soon without having been told. */
export function comingCard({ people, page, all = 0 }: Coming, lang: Card['lang'], services: Services): Card {
  const t = services.textIn(lang);
  const list = paginate(people, page, t, rowsPerPage);
  const isMessage = all > 0;
  const none = people.length === 0;
  const heading = none ? t('retention.coming.none') : t('retention.coming.heading', { count: people.length });
  const count = services.convention.retentionYears;
  return {
    template: 'retention-coming',
    lang,
    summary: heading,
    data: {
      heading,
      lead: none ? '' : t('retention.coming.lead', { count }),
      rows: list.items.map((person) => ({
        name: escapeMarkdown(nameOf(person, t)),
        when: t('retention.coming.on', { day: t.dates.long(person.expiry?.eraseOn ?? '') }),
      })),
      note: none ? '' : t('retention.coming.note', { count }),
      ...list.paging,
      more: !isMessage && list.paging.more,
      hasMore: isMessage && all > list.items.length,
    },
  };
}
